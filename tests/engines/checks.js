// Gives the faults of the page that is open, as a list of sentences; in the JavaScript of 2009, so that each engine can run it.
(function () {
  var faults = [];
  function each(selector, look) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), look);
  }
  function words(element) {
    return "\"" + element.textContent.trim().slice(0, 40) + "\"";
  }

  var width = document.documentElement.scrollWidth;
  if (width > window.innerWidth) faults.push("the page is " + width + " pixels wide in a window of " + window.innerWidth);

  each(".visually-hidden, .skip-link", function (label) {
    var box = label.getBoundingClientRect();
    var isCut = getComputedStyle(label).overflow === "hidden";
    if (box.width > 1 || box.height > 1 || !isCut) faults.push("the hidden label " + words(label) + " is seen");
  });

  // The circles and check marks stand in the space before the text of their item.
  each(".callout-stages > .callout-body > * > li, .callout-do li, .callout-dont li, .callout-questions li", function (item) {
    var start = getComputedStyle(item).direction === "rtl" ? "Right" : "Left";
    var mark = getComputedStyle(item, "::before");
    var space = parseFloat(getComputedStyle(item)["padding" + start]);
    // A mark without a place of its own stands where the text begins, but for its margin.
    var place = parseFloat(mark[start.toLowerCase()]);
    var end = (isNaN(place) ? space : place) + parseFloat(mark["margin" + start]) + parseFloat(mark.width);
    if (!(parseFloat(mark.width) > 0)) faults.push("the item " + words(item) + " has no mark");
    else if (end > space) faults.push("the mark of " + words(item) + " covers its text");
  });

  var exit = document.getElementById("sd-exit");
  if (exit) {
    window.scrollTo(0, 900);
    var box = exit.getBoundingClientRect();
    var top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (window.pageYOffset < 100) faults.push("the page does not scroll, so the exit button was not tried");
    else if (!top || !exit.contains(top)) faults.push("the exit button is out of sight after scrolling");
    window.scrollTo(0, 0);
  }

  var term = document.querySelector("a.term");
  if (term) {
    term.click();
    if (!document.querySelector(".term-note")) faults.push("the word " + words(term) + " is not explained on the spot");
    term.click();
  }
  return faults.join("\n");
})();
