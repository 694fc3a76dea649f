// Notes whether the page is marked before it has a body, and how much it moves while it loads.
(() => {
  window.moved = [];
  new PerformanceObserver((list) => {
    for (const shift of list.getEntries()) {
      const parts = shift.sources.map(({ node, previousRect: from, currentRect: to }) =>
        `${node?.nodeName} ${node?.className ?? ""} from ${from.x},${from.y} ${from.width} × ${from.height} to ${to.x},${to.y} ${to.width} × ${to.height}`);
      window.moved.push(`${shift.value.toFixed(4)}: ${parts.join("; ")}`);
    }
  }).observe({ type: "layout-shift", buffered: true });
  new MutationObserver(() => {
    const page = document.documentElement;
    if (window.markedBeforeBody === undefined && page?.classList.contains("past-due")) window.markedBeforeBody = !document.body;
  }).observe(document, { attributes: true, subtree: true, childList: true });
})();
