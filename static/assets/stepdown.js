/* What a page does by itself: it explains words on the spot, searches, prints, and is left quickly. Without it everything can be read.
   Nothing is stored or sent; the scripts of the search are loaded when somebody first looks for something. */
(function () {
  "use strict";
  var page = document.documentElement;

  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }

  /* What is said to those who listen: browsers read only what changes in a part that was there before */
  var voice = document.createElement("p");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);

  /* Words: the meaning stands at the end of the page, and opens beside the word */
  var open = null;

  function closeNote() {
    if (!open) return;
    open.note.remove();
    voice.textContent = "";
    open.term.setAttribute("aria-expanded", "false");
    open.term.removeAttribute("aria-controls");
    open = null;
  }

  function openNote(term, meaning) {
    closeNote();
    var note = document.createElement("div");
    note.className = "term-note";
    note.id = "sd-term-note";
    var block = term.closest("p, li, dd, td, th, figcaption, .callout-body, main");
    if (block.tagName === "P") block.after(note);
    else block.append(note);
    term.setAttribute("aria-expanded", "true");
    term.setAttribute("aria-controls", note.id);
    var words = document.createElement("div");
    Array.prototype.forEach.call(meaning.childNodes, function (child) {
      words.append(child.cloneNode(true));
    });
    var close = document.createElement("button");
    close.type = "button";
    close.textContent = document.getElementById("sd-main").getAttribute("data-close");
    close.addEventListener("click", function () {
      closeNote();
      term.focus();
    });
    note.append(words, close);
    open = { term: term, note: note };
    voice.textContent = words.textContent;
  }

  each("a.term", function (term) {
    var word = document.getElementById(term.hash.slice(1));
    var meaning = word && word.nextElementSibling;
    if (!meaning) return;
    term.setAttribute("role", "button");
    term.setAttribute("aria-expanded", "false");
    term.addEventListener("click", function (event) {
      event.preventDefault();
      if (open && open.term === term) closeNote();
      else openNote(term, meaning);
    });
    term.addEventListener("keydown", function (event) {
      if (event.key !== " ") return;
      event.preventDefault();
      term.click();
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape" || event.defaultPrevented || !open) return;
    var term = open.term;
    closeNote();
    term.focus();
  });

  /* Tables: only a box that can be moved sideways is a region with a name, and a stop of the Tab key */
  var boxes = [];
  each(".table-scroll", function (box) {
    var given = Array.prototype.slice.call(box.attributes);
    boxes.push({ box: box, given: given.filter(function (attribute) { return attribute.name !== "class"; }) });
  });
  function markBoxes() {
    boxes.forEach(function (one) {
      /* In a folded part it has no width */
      if (!one.box.clientWidth) return;
      var scrolls = one.box.scrollWidth > one.box.clientWidth;
      one.box.classList.toggle("fits", !scrolls);
      one.given.forEach(function (attribute) {
        if (scrolls) one.box.setAttribute(attribute.name, attribute.value);
        else one.box.removeAttribute(attribute.name);
      });
      /* Browsers make a stop of what could be moved by parts of a pixel */
      if (!scrolls) one.box.setAttribute("tabindex", "-1");
    });
  }
  markBoxes();
  ["load", "resize", "toggle"].forEach(function (event) {
    window.addEventListener(event, markBoxes, true);
  });

  /* Paper: folded parts open, and close again afterwards */
  var unfolded = [];
  window.addEventListener("beforeprint", function () {
    each("details:not([open])", function (part) {
      part.open = true;
      unfolded.push(part);
    });
  });
  window.addEventListener("afterprint", function () {
    unfolded.splice(0).forEach(function (part) {
      part.open = false;
    });
  });
  each(".print-button", function (button) {
    button.addEventListener("click", function () {
      window.print();
    });
  });

  /* Search */
  var stepdown = (window.stepdown = window.stepdown || {});
  var assets = document.currentScript.src.replace(/[^/]*$/, "");
  var loading = {};

  /* Gives what a script of the search defines. A script that is missing, cut or slow can be asked for again */
  function load(file, name) {
    if (stepdown[name]) return Promise.resolve(stepdown[name]);
    if (!loading[file]) {
      loading[file] = new Promise(function (resolve, reject) {
        var script = document.createElement("script");
        var timer = setTimeout(end, 20000);
        function end() {
          clearTimeout(timer);
          script.remove();
          delete loading[file];
          if (stepdown[name]) resolve(stepdown[name]);
          else reject(new Error(file + " could not be loaded"));
        }
        script.onload = script.onerror = end;
        script.src = assets + file;
        document.head.append(script);
      });
    }
    return loading[file];
  }

  stepdown.search = function (query, options) {
    var wish = options || {};
    var language = wish.language || page.lang;
    var isKnown = language === page.lang;
    each(".languages [lang]", function (other) {
      isKnown = isKnown || other.lang === language;
    });
    if (!isKnown) return Promise.reject(new Error("this site has no language \"" + language + "\""));
    return load("search-engine.js", "engine").then(function (engine) {
      return engine.find(language, String(query), wish.limit === undefined ? 10 : wish.limit).then(function (outcome) {
        var results = outcome.results.map(function (result) {
          return { url: engine.root + result.url, title: result.title, heading: result.heading, lead: result.lead, score: result.score };
        });
        ["answers", "corrections", "missing", "total"].forEach(function (name) {
          results[name] = outcome[name];
        });
        return results;
      });
    });
  };

  var search = document.getElementById("sd-search");
  if (search) startSearch();

  function startSearch() {
    var field = document.getElementById("sd-search-field");
    var failed = search.querySelector(".search-failed");
    var opener = document.querySelector(".search-open");
    var last = "type";

    function unfold(isOpen) {
      opener.setAttribute("aria-expanded", isOpen);
    }

    /* Does what search.js offers, once it is there. The index comes while the first word is written; a failure is said when something is asked */
    function want(act) {
      last = act;
      failed.hidden = true;
      Promise.all([load("search-engine.js", "engine"), load("search.js", "box")]).then(
        function (parts) {
          parts[0].find(page.lang, "", 1).catch(function () {});
          parts[1][act]();
        },
        function () {
          unfold(true);
          failed.hidden = false;
        }
      );
    }

    function sync() {
      if (stepdown.box || (history.state && typeof history.state.stepdownSearch === "string")) want("sync");
    }

    opener.addEventListener("click", function () {
      unfold(opener.getAttribute("aria-expanded") === "false");
      field.focus();
    });
    search.addEventListener("focusin", function () {
      if (!stepdown.box && failed.hidden) want("type");
    });
    search.addEventListener("submit", function (event) {
      event.preventDefault();
      want("submit");
    });
    search.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || event.defaultPrevented || !opener.offsetParent) return;
      event.preventDefault();
      unfold(false);
      opener.focus();
    });
    search.querySelector(".search-again").addEventListener("click", function () {
      want(last);
    });
    window.addEventListener("popstate", sync);
    window.addEventListener("pageshow", sync);
  }

  /* Leaving quickly: a click, or Shift three times with at most five seconds between */
  var exit = document.getElementById("sd-exit");
  if (!exit) return;
  var presses = 0;
  var isShiftAlone = false;
  var pause = 0;
  var cover = null;
  var title = "";

  function count(number) {
    presses = number;
    exit.setAttribute("data-presses", number);
    clearTimeout(pause);
  }

  function leave() {
    count(0);
    cover = document.createElement("div");
    cover.className = "exit-overlay";
    cover.setAttribute("role", "alert");
    document.body.append(cover);
    page.classList.add("leaving");
    title = document.title;
    document.title = cover.textContent = exit.getAttribute("data-leaving");
    window.location.replace(exit.href);
  }

  function press() {
    count(presses + 1);
    if (presses === 3) return leave();
    voice.textContent = exit.getAttribute(presses === 1 ? "data-two" : "data-one");
    pause = setTimeout(function () {
      count(0);
      voice.textContent = exit.getAttribute("data-stopped");
    }, 5000);
  }

  exit.addEventListener("click", function (event) {
    event.preventDefault();
    leave();
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Shift") {
      if (!event.repeat) isShiftAlone = true;
      return;
    }
    isShiftAlone = false;
    if (presses) count(0);
  });
  document.addEventListener("keyup", function (event) {
    if (event.key !== "Shift" || !isShiftAlone) return;
    isShiftAlone = false;
    press();
  });
  window.addEventListener("pageshow", function () {
    if (!cover) return;
    cover.remove();
    cover = null;
    document.title = title;
    page.classList.remove("leaving");
  });
})();
