// Writes down what the page says by itself: in `heard` the role and the parts of each region that speaks, whenever its words change.
(() => {
  window.heard = [];
  window.pauses = [];
  window.written = window.spoken = 0;
  const last = new Map();
  document.addEventListener("input", () => (window.written = performance.now()), true);
  const look = () => {
    for (const region of document.querySelectorAll("[role=status], [role=alert], [role=log], [aria-live]")) {
      const parts = Array.from(region.children, (part) => part.textContent);
      const words = region.checkVisibility() ? parts.join(" | ") || region.textContent : "";
      if ((last.get(region) || "") === words) continue;
      last.set(region, words);
      if (!words) continue;
      window.spoken = performance.now();
      window.heard.push(`${region.getAttribute("role") || region.getAttribute("aria-live")}: ${words}`);
      window.pauses.push(window.spoken - window.written);
    }
  };
  look();
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
})();
