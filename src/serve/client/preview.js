/* Keeps a page of the preview up to date, and brings the reader back to the same place. The server adds this script, with panel.js before
   it, at the very end of each page; no published file has it. The page may fetch nothing by its own policy, so worker.js does. */
(function () {
  "use strict";
  const script = document.currentScript;
  const own = new URL(script.src).searchParams;
  const session = own.get("session");
  const tag = own.get("tag");
  const isOfServer = own.has("own");
  let version = Number(own.get("version"));
  /* A hidden text can stand at the address of another page */
  const isHidden = new URLSearchParams(location.search).get("stepdown") === "hidden";
  script.remove();

  /* The elements as they came from the server: this runs before the scripts of the page */
  const listed = (page) => Array.from(page.querySelectorAll("body *:not(noscript *)"));
  const elements = listed(document);

  /* The tab's own notes, which outlive a reload; a browser can refuse them */
  function storage(act) {
    try {
      return act(window.sessionStorage);
    } catch (error) {
      return null;
    }
  }
  const remember = (name, value) => storage((store) => store.setItem("stepdown-" + name, JSON.stringify(value)));
  const recall = (name) => storage((store) => JSON.parse(store.getItem("stepdown-" + name)));

  const panel = window.stepdownPanel({ elements, listed, remember, recall, get, lendFocus, isHidden, isOfServer });
  delete window.stepdownPanel;

  /* The link to the server: a worker for all tabs, or one for this tab while it is seen */
  const waiting = new Map();
  let worker = null;
  let port = null;
  let asked = 0;

  function connect() {
    const file = "/.stepdown/worker.js?session=" + session;
    try {
      worker = new SharedWorker(file);
      port = worker.port;
    } catch (error) {
      port = worker = new Worker(file);
    }
    worker.onerror = () => {
      panel.showLoss(true);
      disconnect();
      setTimeout(attend, 2000);
    };
    port.onmessage = ({ data }) => hear(data);
    port.postMessage({ isHere: true });
  }

  function disconnect() {
    if (!port) return;
    port.postMessage({ isLeaving: true });
    if (worker.terminate) worker.terminate();
    port = worker = null;
    waiting.forEach((answer) => answer({ status: 0 }));
    waiting.clear();
  }

  /* A page that is seen has a link; a link that is not shared ends when the page is not seen */
  function attend() {
    if (!document.hidden && !port) connect();
    if (document.hidden && !window.SharedWorker) disconnect();
  }

  /* Gives the answer of the server; its status is 0 where none came */
  function get(method, address, tag) {
    if (!port) return Promise.resolve({ status: 0 });
    return new Promise((answer) => {
      waiting.set(++asked, answer);
      port.postMessage({ id: asked, method, address, tag });
    });
  }

  function hear(data) {
    if (data.id) {
      const answer = waiting.get(data.id);
      waiting.delete(data.id);
      if (answer) answer(data);
    } else if (data.state) {
      newest = data.state;
      catchUp();
    } else panel.showLoss(data.isLost);
  }

  /* Keeping up to date: of several states in a row only the newest counts */
  let newest = null;
  let reached = null;
  let isCatchingUp = false;
  let findings = null;

  async function catchUp() {
    if (isCatchingUp) return;
    isCatchingUp = true;
    while (reached !== newest) {
      const state = newest;
      try {
        if (await follow(state)) reached = state;
        else await new Promise((later) => setTimeout(later, 2000));
      } catch (error) {
        /* A fault of this script must not keep the page from the next state */
        console.error(error);
        reached = state;
      }
    }
    isCatchingUp = false;
  }

  /* Brings the page to a state of the site; gives false where the server did not answer */
  async function follow(state) {
    const isRestarted = state.session !== session;
    if (isRestarted || Math.max(state.pages, state.files) > version) {
      const answer = await get("HEAD", location.pathname + location.search, tag);
      const isAnswered = [200, 304, 404, 500].includes(answer.status);
      panel.showLoss(!isAnswered);
      if (!isAnswered) return false;
      const isSame = !answer.isMoved && (answer.status === 304 || (answer.tag || "").includes(`"${tag}"`));
      /* Which pictures changed while the server was away, nobody knows */
      if (isRestarted || state.files > version || !isSame) return reload();
    }
    if (state.styles > version && !(await swapStyles(state.styles))) return reload();
    version = Math.max(version, state.version);
    return state.findings === findings || showFindings(state.findings);
  }

  /* The address of a renamed page leads on to its new one, with what stands behind # */
  function reload() {
    keepPlace();
    location.reload();
    return new Promise(() => {});
  }

  /* Puts each style sheet anew beside the old one, which goes when the new one is there */
  async function swapStyles(number) {
    const links = Array.from(document.querySelectorAll("link[rel~='stylesheet']"));
    const swaps = links.map((old) => {
      const file = new URL(old.href);
      if (file.origin !== location.origin || old.disabled) return true;
      file.searchParams.set("v", number);
      const fresh = old.cloneNode();
      return new Promise((done) => {
        fresh.onload = () => done(true);
        fresh.onerror = () => done(false);
        fresh.href = file.href;
        old.after(fresh);
      }).then((isLoaded) => {
        old.remove();
        return isLoaded;
      });
    });
    const results = await Promise.all(swaps);
    return results.length > 0 && results.every(Boolean);
  }

  async function showFindings(number) {
    let page = location.pathname.slice(1);
    try {
      page = decodeURIComponent(page);
    } catch (error) {
      /* Such an address leads to no page of a site */
    }
    const hidden = isHidden ? "&stepdown=hidden" : "";
    const answer = await get("GET", "/.stepdown/findings.json?page=" + encodeURIComponent(page) + hidden);
    if (answer.status !== 200) return false;
    await panel.show(JSON.parse(answer.text));
    findings = number;
    return true;
  }

  /* Coming back to the same place. An element is known again by its id or its words, the nearest to where it stood */
  const words = (element) => (element.id ? "#" + element.id : (element.getAttribute("href") || "") + element.textContent.slice(0, 80));
  const track = (element) => [elements.indexOf(element), element.localName, words(element)];

  function find([number, name, sought]) {
    const same = elements.filter((element) => element.localName === name && words(element) === sought);
    const distance = (element) => Math.abs(elements.indexOf(element) - number);
    return same.sort((one, other) => distance(one) - distance(other))[0];
  }

  /* A page of the server's own, which stands in for a page for a while, leaves alone what is kept for that page */
  const note = isOfServer ? "own place" : "place";

  function keepPlace() {
    const focused = document.activeElement;
    const changed = elements.filter((field) => typeof field.defaultValue === "string" && field.value !== field.defaultValue);
    remember(note, {
      left: window.scrollX,
      top: window.scrollY,
      folds: elements.filter((part) => part.localName === "details").map((part) => [track(part), part.open]),
      fields: changed.map((field) => [track(field), field.value]),
      focus: elements.includes(focused) ? track(focused) : null,
      selection: typeof focused.selectionStart === "number" ? [focused.selectionStart, focused.selectionEnd] : null,
      panel: panel.keep(),
    });
  }

  function comeBack() {
    const place = recall(note);
    const [visit] = performance.getEntriesByType("navigation");
    const isReload = visit && visit.type === "reload";
    remember(note, null);
    if (!isReload) remember("place", null);
    if (!isReload || !place) return;
    place.folds.forEach(([track, isOpen]) => {
      const part = find(track);
      if (part) part.open = isOpen;
    });
    place.fields.forEach(([track, value]) => {
      const field = find(track);
      if (field) field.value = value;
    });
    const scroll = () => window.scrollTo({ left: place.left, top: place.top, behavior: "instant" });
    scroll();
    /* The browser itself would go where the page before it was, which may have been the server's own */
    const restoration = history.scrollRestoration;
    history.scrollRestoration = "manual";
    window.addEventListener("load", () => setTimeout(() => (history.scrollRestoration = restoration)), { once: true });
    /* The scripts of the page may change its height until a while after they run; what the reader does ends this */
    const heights = new ResizeObserver(scroll);
    const end = () => heights.disconnect();
    heights.observe(document.body);
    setTimeout(end, 2000);
    ["wheel", "touchstart", "pointerdown", "keydown"].forEach((name) => window.addEventListener(name, end, { once: true, passive: true }));
    /* They look at the focus too, so they come first */
    document.addEventListener("DOMContentLoaded", () => {
      const element = place.focus && find(place.focus);
      if (!element) return;
      lendFocus(element);
      if (place.selection) element.setSelectionRange(...place.selection);
    });
    panel.comeBack(place.panel);
  }

  /* Gives the focus to an element, also if it takes none by itself; Escape there leads back to where it came from */
  function lendFocus(element, origin) {
    const isBorrowed = element.tabIndex < 0 && !element.hasAttribute("tabindex");
    if (isBorrowed) element.tabIndex = -1;
    element.focus({ preventScroll: true });
    const escape = (event) => {
      if (event.key !== "Escape" || event.defaultPrevented || !origin) return;
      event.preventDefault();
      origin.focus();
    };
    const end = () => {
      element.removeEventListener("keydown", escape);
      if (isBorrowed) element.removeAttribute("tabindex");
    };
    element.addEventListener("keydown", escape);
    element.addEventListener("blur", end, { once: true });
  }

  comeBack();
  if (window.SharedWorker) connect();
  else attend();
  document.addEventListener("visibilitychange", attend);
  window.addEventListener("pagehide", disconnect);
  window.addEventListener("pageshow", attend);
})();
