// Gives the elements that cut off what they hold.
(() => {
  const cuts = (value) => value === "hidden" || value === "clip";
  return [...document.body.querySelectorAll("*")].filter((element) => {
    if (element.closest("svg")) return false;
    const style = getComputedStyle(element);
    // What is hidden from the eye in this way is meant to be.
    if (style.position === "absolute" && style.clipPath === "inset(50%)" && element.clientWidth <= 1) return false;
    return (cuts(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
      || (cuts(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
  }).map((element) => `${name(element)} cuts off its text: ${element.scrollWidth} × ${element.scrollHeight} in ${element.clientWidth} × ${element.clientHeight} px`);
})()
