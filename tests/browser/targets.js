// Gives the links and buttons that are too small to touch.
(() => {
  const large = ".site-header a, .breadcrumb a, .footer-links a, .languages a, .letters a, .strip a, .choices a, .choice a, .none-reviewed a, .next a,"
    + " .callout-emergency a[href^='tel:'], .callout-urgent a[href^='tel:'], .callout-nonurgent a[href^='tel:'],"
    + " .helpline a[href^='tel:'], summary, button";
  const boxes = (element) => [...element.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
  const targets = [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && boxes(element).length)
    // A skip link that is not focused is not shown.
    .filter((element) => getComputedStyle(element).clipPath === "none")
    .map((element) => {
      // A link that goes over two lines is as high as its lower line, and as wide as its wider one.
      const own = boxes(element);
      const label = element.matches("input") ? element.closest("label") : null;
      const box = (label ?? element).getBoundingClientRect();
      return {
        element, box,
        width: label ? box.width : Math.max(...own.map((one) => one.width)),
        height: label ? box.height : Math.min(...own.map((one) => one.height)),
      };
    });
  // In tables and citations the exception for links within sentences is not taken: there lines are short and hands miss.
  const tight = ".citation a, table a";
  const small = (target, size) => target.width < size - 0.05 || target.height < size - 0.05;
  const size = (target) => `${target.width.toFixed(1)} × ${target.height.toFixed(1)} px`;
  const kind = (element) => `${element.tagName.toLowerCase()} in ${element.parentElement.closest("[class]")?.className ?? "the page"}`;
  const found = [];
  // Words beside the links make a sentence; its line height decides.
  const inSentence = (element) => {
    let block = element.parentElement;
    while (getComputedStyle(block).display.startsWith("inline")) block = block.parentElement;
    const copy = block.cloneNode(true);
    for (const one of copy.querySelectorAll("a, button, ul, ol, table, .visually-hidden")) one.remove();
    return /\p{L}/u.test(copy.textContent);
  };
  const overlap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 1
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 1;
  const center = (target) => ({ x: target.box.x + target.box.width / 2, y: target.box.y + target.box.height / 2 });
  const gap = (point, box) => Math.hypot(
    Math.max(box.left - point.x, 0, point.x - box.right), Math.max(box.top - point.y, 0, point.y - box.bottom));
  for (const target of targets) {
    if (target.element.matches(large)) {
      if (small(target, 44)) found.push(`${kind(target.element)} is smaller than 44 px | ${name(target.element)} is ${size(target)}`);
      continue;
    }
    if (target.element.matches(tight)) {
      if (small(target, 24)) found.push(`${kind(target.element)} is smaller than 24 px | ${name(target.element)} is ${size(target)}`);
      const over = targets.find((other) => other !== target && other.element.matches(tight)
        && boxes(other.element).some((one) => boxes(target.element).some((own) => overlap(one, own))));
      if (over) found.push(`${kind(target.element)} lies over another | ${name(target.element)} over ${name(over.element)}`);
      continue;
    }
    if (!small(target, 24) || inSentence(target.element)) continue;
    const here = center(target);
    const near = targets.find((other) => {
      if (other === target) return false;
      const there = center(other);
      return small(other, 24) ? Math.hypot(here.x - there.x, here.y - there.y) < 24 : gap(here, other.box) < 12;
    });
    if (near) found.push(`${kind(target.element)} is smaller than 24 px and near to another | ${name(target.element)} is ${size(target)}, beside ${name(near.element)}`);
  }
  return found;
})()
