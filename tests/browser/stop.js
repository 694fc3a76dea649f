// Looks at the element that has the focus: which stop it is, and what is wrong with it.
(() => {
  const element = document.activeElement;
  if (!element || element === document.body) return { at: null, faults: [] };
  const faults = [];
  const style = getComputedStyle(element);
  const numbers = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = numbers(color).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
  const ground = (from) => {
    for (let one = from; one; one = one.parentElement) {
      const color = getComputedStyle(one).backgroundColor;
      if ((numbers(color)[3] ?? 1) > 0.99) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const width = parseFloat(style.outlineWidth);
  const inside = parseFloat(style.outlineOffset) < 0;
  const around = ground(inside ? element : element.parentElement);
  if (style.outlineStyle === "none" || width < 2) faults.push(`has no outline (${style.outline})`);
  else if (contrast(style.outlineColor, around) < 3) faults.push(`has an outline ${style.outlineColor} that hardly shows on ${around}`);
  // A link may go over several lines. What must show of it is the part within its outline.
  const ring = Math.min(0, parseFloat(style.outlineOffset) + width);
  let frame = element.parentElement;
  while (frame !== document.documentElement && getComputedStyle(frame).overflowX === "visible") frame = frame.parentElement;
  const shown = [...element.getClientRects()].map((box) => ({
    left: Math.max(box.left, 0), right: Math.min(box.right, innerWidth),
    top: Math.max(box.top, 0), bottom: Math.min(box.bottom, innerHeight),
    cut: (box.top - ring < -1 || box.bottom + ring > innerHeight + 1) && box.height < innerHeight / 2
      || (box.left - ring < -1 || box.right + ring > innerWidth + 1) && box.width < frame.clientWidth / 2,
  })).filter((box) => box.right - box.left >= 1 && box.bottom - box.top >= 1);
  if (!shown.length) faults.push("is not on the screen");
  else {
    // What is large, such as a table that scrolls, may go beyond the edge.
    if (shown.some((box) => box.cut)) faults.push("is only partly on the screen");
    const hits = shown.flatMap((box) => [0.1, 0.5, 0.9].map((part) =>
      document.elementFromPoint(box.left + part * (box.right - box.left), (box.top + box.bottom) / 2)));
    if (!hits.some((hit) => element.contains(hit) || element.closest("label")?.contains(hit))) faults.push(`is covered by ${hits[0] ? name(hits[0]) : "nothing"}`);
  }
  return { at: window.stops.indexOf(element), faults: faults.map((fault) => `${name(element)} ${fault}`) };
})()
