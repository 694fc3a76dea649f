/* What the checks found, in the page: outlines at the elements, a badge in the corner, and a panel that lists all. Everything stands
   in a shadow after the body, so that no style of the site reaches it and it reaches none. Words of files are only ever put in as text;
   explanations come from the program as HTML. preview.js, which follows in the same file, calls `stepdownPanel` with what both need. */
window.stepdownPanel = function (preview) {
  "use strict";
  const { elements, listed, remember, recall, get, lendFocus, isHidden, isOfServer } = preview;
  const GROUPS = {
    "could hurt someone": { name: "hurt", shape: "M8 1 15.5 15H.5Z", outline: "5px double #c2473d" },
    broken: { name: "broken", shape: "M2 2h12v12H2Z", outline: "3px solid #97711f" },
    "could be clearer": { name: "clearer", shape: "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z", outline: "3px dotted #3f7fa6" },
  };
  const WELL = "M1 8.6 2.8 6.8 6.2 10.2 13.2 3 15 4.8 6.2 13.8Z";
  const LABELS = {
    draft: ["Draft", ": not in the published site"],
    unreviewed: ["Hidden", ": not yet reviewed"],
    translation: ["Hidden", ": translation not yet checked"],
  };
  const MARK = "data-stepdown-finding";
  const here = location.pathname;
  const places = new Map();
  const unfolded = new Set(recall("unfolded"));
  let was = "";

  /* Names a finding so that it is known again when the lines before it have changed */
  const nameOf = ({ rule, path, message }) => `${rule} ${path} ${message}`;

  function make(tag, attributes, ...children) {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  }

  function button(name, act, ...children) {
    const element = make("button", { type: "button", class: name }, ...children);
    element.addEventListener("click", act);
    return element;
  }

  function shape(name, path) {
    const [drawing, line] = ["svg", "path"].map((tag) => document.createElementNS("http://www.w3.org/2000/svg", tag));
    drawing.setAttribute("class", name);
    drawing.setAttribute("viewBox", "0 0 16 16");
    drawing.setAttribute("aria-hidden", "true");
    line.setAttribute("d", path);
    drawing.append(line);
    return drawing;
  }
  const shapeOf = (group) => shape(GROUPS[group].name, GROUPS[group].shape);
  const span = (name, ...children) => make("span", { class: name }, ...children);
  const text = (name, words) => make("p", { class: name }, words);
  const link = (address, ...children) => make("a", { href: address }, ...children);

  /* Outlines */
  const outlines = new CSSStyleSheet();
  const rules = Object.values(GROUPS).map(({ name, outline }) => `[${MARK}="${name}"]:not(:focus) { outline: ${outline}; outline-offset: 2px; }`);
  outlines.replaceSync(`@media screen { ${rules.join(" ")} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, outlines];

  /* The marked page has the same elements, with the places in the sources that they came from; each finding belongs to the smallest */
  async function mark(findings) {
    places.clear();
    elements.forEach((element) => element.removeAttribute(MARK));
    if (!findings.length || isOfServer) return;
    const answer = await get("GET", here + (isHidden ? "?stepdown=hidden-marked" : "?stepdown=marked"));
    if (!answer.text) return;
    const marked = listed(new DOMParser().parseFromString(answer.text, "text/html"));
    if (marked.length !== elements.length) return;
    const ranges = [];
    marked.forEach((element, at) => {
      const [, path, start, end] = /^(.*):(\d+)-(\d+)$/.exec(element.getAttribute("data-sd")) || [];
      if (path) ranges.push({ path, start: Number(start), end: Number(end), element: elements[at] });
    });
    findings.forEach((finding) => {
      const around = ranges.filter(({ path, start, end }) => path === finding.path && start <= finding.start && finding.start < end);
      if (!around.length) return;
      const { element } = around.reduce((best, range) => {
        const gain = best.end - best.start - (range.end - range.start);
        return gain > 0 || (gain === 0 && best.element.contains(range.element)) ? range : best;
      });
      const group = Object.keys(GROUPS).find((group) => group === finding.group || GROUPS[group].name === element.getAttribute(MARK));
      element.setAttribute(MARK, GROUPS[group].name);
      places.set(finding, element);
    });
  }

  /* Shows an element, also in a folded part; or what stands around it, if it cannot be seen */
  function showPlace(element, origin) {
    let shown = element;
    for (let part = element; part; part = part.parentElement) if (part.localName === "details") part.open = true;
    while (!shown.getClientRects().length) shown = shown.parentElement;
    if (window.innerWidth < 640) close();
    shown.scrollIntoView({ block: "center", behavior: "instant" });
    lendFocus(shown, panel.hidden ? opener : origin);
  }

  /* The badge */
  const host = document.createElement("stepdown-preview");
  const root = host.attachShadow({ mode: "open" });
  const notice = make("p", { class: "notice", role: "status", dir: "ltr" });
  const label = span("label");
  const opener = button("opener", () => {
    fold(false);
    if (panel.hidden) open(true);
    else close();
  });
  const folder = button("folder", () => {
    close();
    fold(true);
    opener.focus();
  }, "–");
  folder.setAttribute("aria-label", "Make this small");
  const badge = make("div", { class: "badge", dir: "ltr" }, label, opener, folder);
  const panel = make("div", { class: "panel", role: "dialog", "aria-label": "Preview", tabindex: "-1", dir: "ltr", hidden: "" });
  root.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || panel.hidden) return;
    event.preventDefault();
    leave();
  });

  function fold(isSmall) {
    badge.classList.toggle("small", isSmall);
    remember("small", isSmall);
  }

  function showLoss(isLost) {
    notice.textContent = isLost ? "Stepdown is not running. This page may be old." : "";
  }

  function showBadge(data) {
    const counts = data.counts.map((count) => [count.group, count.errors + count.warnings + count.notes]).filter(([, number]) => number);
    const parts = counts.map(([group, number]) => span("count", shapeOf(group), String(number), span("long", " " + group)));
    if (data.stopped) parts.unshift(span("count", parts.length ? "Cannot be built" : "Cannot be shown"));
    if (data.here.length) parts.push(span("count", `${data.here.length} here`));
    if (!data.complete) parts.push(span("count", "checking…"));
    else if (!parts.length) parts.push(span("count", shape("well", WELL), "Nothing found"));
    if (data.hidden_pages) parts.push(span("count", `${data.hidden_pages} hidden`));
    opener.replaceChildren(...parts);
    const [short, rest] = (data.page && LABELS[data.page.label]) || [];
    label.replaceChildren(...(short ? [short, span("long", rest)] : []));
  }

  /* The panel */
  function open(takesFocus) {
    panel.hidden = false;
    opener.setAttribute("aria-expanded", "true");
    if (takesFocus) panel.focus();
  }

  function close() {
    panel.hidden = true;
    opener.setAttribute("aria-expanded", "false");
  }

  function leave() {
    close();
    opener.focus();
  }

  /* Sets what stands between backticks as code; a backtick without another is one of the words */
  function written(words) {
    const pieces = words.split("`");
    return pieces.length % 2 ? pieces.map((piece, at) => (at % 2 ? make("code", {}, piece) : piece)) : [words];
  }

  /* Gives the line around a place, cut where it is long */
  function excerpt({ text, from, to }) {
    const end = Math.max(to, from + 1);
    const before = (from > 60 ? "…" : "") + text.slice(Math.max(0, from - 60), from);
    const after = text.slice(end, end + 80) + (text.length > end + 80 ? "…" : "");
    return make("p", { class: "excerpt", lang: "", dir: "auto" }, before, make("u", {}, text.slice(from, end)), after);
  }

  /* Folds the explanation of a finding's rule; what was unfolded stays so, also after a reload */
  function folded(finding, explanation) {
    const key = nameOf(finding);
    const part = make("details", {}, make("summary", {}, "Why it matters and how to mend it"));
    part.append(...new DOMParser().parseFromString(explanation, "text/html").body.childNodes);
    part.open = unfolded.has(key);
    part.addEventListener("toggle", () => {
      unfolded[part.open ? "add" : "delete"](key);
      remember("unfolded", Array.from(unfolded));
    });
    return part;
  }

  function item(finding, explanation) {
    const element = places.get(finding);
    const severity = finding.severity[0].toUpperCase() + finding.severity.slice(1);
    const place = ["", finding.line, finding.column].filter((part) => part !== null).join(":");
    const acts = [];
    if (element) acts.push(button("", (event) => showPlace(element, event.currentTarget), "Show in page"));
    if (finding.open) acts.push(link(finding.open, "Open in editor"));
    if (finding.page && finding.page !== here) acts.push(link(finding.page, "Go to its page"));
    const parts = [make("p", {}, shapeOf(finding.group), make("strong", {}, `${severity}, ${finding.group}: `), ...written(finding.message))];
    if (finding.help) parts.push(make("p", {}, "What to do: ", ...written(finding.help)));
    if (finding.excerpt) parts.push(excerpt(finding.excerpt));
    if (finding.path) parts.push(make("p", { class: "quiet" }, finding.path, span("whole", place)));
    if (acts.length) parts.push(make("p", { class: "acts" }, ...acts));
    parts.push(folded(finding, explanation));
    return make("li", {}, ...parts);
  }

  const labelled = (name) => LABELS[name].join("");

  function contents(data) {
    const { page, here, elsewhere, explanations, hidden, editions } = data;
    const items = (findings) => findings.map((finding) => item(finding, explanations[finding.rule]));
    const parts = [make("div", { class: "head" }, make("h2", {}, "Preview"), button("", leave, "Close"))];
    const add = (...more) => parts.push(...more);
    const addList = (items) => items.length && add(make("ul", {}, ...items));
    const addPart = (title, items) => items.length && add(make("h3", {}, title), make("ul", {}, ...items));
    const isFound = here.length + elsewhere.length > 0;
    if (data.stopped && isFound) add(text("strong", "The site cannot be built until its errors are mended."));
    if (data.stopped && !isFound) add(text("strong", "The site cannot be shown. The page behind this says why."));
    /* An address without a page has no findings of its own */
    if (page) {
      if (page.label) add(text("quiet", labelled(page.label) + "."));
      add(make("h3", {}, "On this page"));
      addList(items(here));
      if (!here.length) add(text("quiet", "Nothing found."));
      if (page.open) add(make("p", { class: "acts" }, link(page.open, "Open this page in the editor")));
    }
    addPart(page ? "Elsewhere" : "On the pages of the site", items(elsewhere));
    if (data.more) add(text("quiet", `And ${data.more} more.`));
    if (!data.complete) add(text("quiet", "The other pages are still being checked…"));
    if (isFound) add(make("p", { class: "acts" }, link(data.all, "List of all findings")));
    if (data.hidden_lines.length) add(make("h3", {}, "Hidden pages"), ...data.hidden_lines.map((line) => make("p", {}, ...written(line))));
    addList(hidden.map(({ title, url, label }) => make("li", {}, link(url, make("bdi", { lang: "" }, title)), ` (${labelled(label)})`)));
    addPart("Other editions", editions.map(({ file, url }) => make("li", {}, link(url, file))));
    add(text("quiet", `This is version ${data.version} since Stepdown was started.`));
    return parts;
  }

  /* Fills the panel anew; a person who reads in it stays where they are */
  function fill(data) {
    const controls = () => Array.from(panel.querySelectorAll("a, button, summary"));
    const focused = controls().indexOf(root.activeElement);
    const top = panel.scrollTop;
    panel.replaceChildren(...contents(data));
    panel.scrollTop = top;
    if (focused >= 0) (controls()[focused] || panel).focus({ preventScroll: true });
  }

  /* Opens the panel by itself where the errors of this page are new; where a page of the server's own stood in for it, they are */
  function openForErrors(findings) {
    const errors = findings.filter(({ severity }) => severity === "error").map(nameOf).join("\n");
    if (errors && !isOfServer && errors !== recall("errors " + here)) open(false);
    remember("errors " + here, isOfServer ? "" : errors);
  }

  async function show(data) {
    await mark(data.here);
    showBadge(data);
    fill(data);
    openForErrors(data.here);
    if (was) open(was === "focused" && document.activeElement === document.body);
    was = "";
  }

  /* Tells whether the panel is open, for the way back after a reload */
  function keep() {
    if (panel.hidden) return was;
    return document.activeElement === host ? "focused" : "open";
  }

  function comeBack(state) {
    was = state;
  }

  /* Everything is shown when its style is there, or cannot come */
  const style = make("link", { rel: "stylesheet", href: "/.stepdown/preview.css" });
  const section = make("section", { lang: "en", "aria-label": "Preview", hidden: "" }, notice, panel, badge);
  style.onload = style.onerror = () => (section.hidden = false);
  root.append(style, section);
  opener.append("checking…");
  close();
  fold(recall("small") === true);
  document.documentElement.append(host);
  return { show, showLoss, keep, comeBack };
};
