// Gives what makes the page scroll sideways.
(() => {
  const root = document.scrollingElement;
  const width = root.clientWidth;
  if (root.scrollWidth <= width) return [];
  const scrolls = (element) => element && element !== root && element !== document.body
    && (getComputedStyle(element).overflowX !== "visible" || scrolls(element.parentElement));
  const wide = [...document.body.querySelectorAll("*")].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && (box.right > width + 0.5 || box.left < -0.5) && !scrolls(element.parentElement);
  });
  const names = wide.map((element) => `${name(element)} (${Math.round(element.getBoundingClientRect().left)} to ${Math.round(element.getBoundingClientRect().right)})`);
  return [`scrolls to ${root.scrollWidth} of ${width} px: ${names.slice(-3).join(", ")}`];
})()
