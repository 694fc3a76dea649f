// Lists what the Tab key should reach, in order, as `window.stops`; gives what it cannot reach.
(() => {
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const reachable = "a[href], button:not([disabled]), summary, input:not([type=hidden]):not([disabled]), select, textarea, [tabindex='0']";
  window.stops = [...document.querySelectorAll(reachable)].filter(shown);
  const scrolls = (element) => ["auto", "scroll"].includes(getComputedStyle(element).overflowX)
    && element.scrollWidth > element.clientWidth;
  return [...document.body.querySelectorAll("*")]
    .filter((element) => shown(element) && scrolls(element) && !element.matches("[tabindex='0']"))
    .map((element) => `${name(element)} scrolls, and the Tab key does not stop at it`);
})()
