/* The search box and the results. What a person writes stays in the field and in `history.state`: never in an address, a title or a
   request. Words are only ever put in as text. */
(function () {
  "use strict";
  const stepdown = window.stepdown;
  if (stepdown.box) return;
  const page = document.documentElement;
  const search = document.getElementById("sd-search");
  const form = document.getElementById("sd-search-form");
  const field = document.getElementById("sd-search-field");
  const failed = search.querySelector(".search-failed");
  const main = document.getElementById("sd-main");
  const KINDS = { crisis: "emergency", care: "urgent", refusal: "important", nothing: "note" };
  const STEP = 10;
  const MOST = 50;

  const say = (name) => search.getAttribute("data-" + name) || "";

  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }
  const apart = (text) => make("bdi", "", text);

  function put(element, ...children) {
    element.textContent = "";
    element.append(...children);
  }

  /* Gives an interface text with its values */
  const filled = (name, values) => say(name).split(/\{(\w+)\}/).map((piece, at) => (at % 2 ? values[piece] : piece));

  function button(name, act, ...children) {
    const element = make("button", name, ...children);
    element.type = "button";
    element.addEventListener("click", act);
    return element;
  }

  /* Fixed answers, and words that no page has */
  function pieces(list) {
    return list.map((piece) => {
      if (typeof piece === "string") return piece;
      const link = make("a", "", piece[0]);
      link.href = /^(tel|sms|mailto|https?):/.test(piece[1]) ? piece[1] : stepdown.engine.root + piece[1];
      return link;
    });
  }

  function card(answer, isWhole) {
    const prefix = make("span", "visually-hidden", say(answer.kind) + " ");
    prefix.lang = page.lang;
    const title = make(isWhole ? "h2" : "p", "callout-title", prefix, ...pieces(answer.title));
    const text = isWhole ? answer.text : answer.text.slice(0, 1);
    const body = make("div", "callout-body", ...text.map((paragraph) => make("p", "", ...pieces(paragraph))));
    const element = make("section", "search-answer callout callout-" + (KINDS[answer.kind] || "note"), title, body);
    if (answer.language && answer.language !== page.lang) {
      const other = document.querySelector(`.languages [lang="${answer.language}"]`);
      element.lang = answer.language;
      if (other) element.dir = other.dir;
    }
    return element;
  }

  function notes(outcome, words) {
    const quiet = (...children) => make("p", "search-note", ...children);
    const missing = outcome.missing.map((word) => quiet(...filled("missing", { word: apart(word) })));
    const others = outcome.corrections.map(({ from, to, applied }) => {
      const texts = { word: apart(from), meant: apart(to[0]) };
      if (applied) return quiet(...filled("corrected", texts));
      const exchange = (word) => words.replace(stepdown.engine.WRITTEN, (written) => (stepdown.engine.fold(written).includes(from) ? word : written));
      const choices = to.map((word) =>
        button("search-meant", () => {
          field.value = exchange(word);
          submit();
        }, apart(word)),
      );
      return quiet(...filled("meant", texts), " ", ...choices);
    });
    return missing.concat(others);
  }

  /* Gives the title of a result with its heading */
  const named = (result) => [apart(result.title)].concat(result.heading ? [" – ", apart(result.heading)] : []);

  /* Asks the engine, and says so if that takes long */
  async function find(words, limit, isSlow) {
    const timer = setTimeout(isSlow, 300);
    try {
      return await stepdown.engine.find(page.lang, words, limit);
    } finally {
      clearTimeout(timer);
    }
  }

  function fail(place) {
    place.append(failed);
    failed.hidden = false;
  }

  /* Suggestions while a person writes */
  const voice = make("p", "visually-hidden");
  voice.setAttribute("role", "status");
  const above = make("div", "search-above");
  const list = make("ul", "search-options");
  list.id = "sd-search-options";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("results"));
  const panel = make("div", "search-panel", above, list);
  panel.hidden = list.hidden = true;
  form.append(panel, voice);
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id };
  for (const name in attributes) field.setAttribute(name, attributes[name]);
  let results = [];
  let active = -1;
  let turn = 0;
  let pause = 0;
  let speech = 0;

  function speak(text, isShown) {
    clearTimeout(speech);
    voice.className = isShown ? "search-note" : "visually-hidden";
    voice.textContent = "";
    if (text) speech = setTimeout(() => put(voice, ...text), isShown ? 0 : 700);
  }

  function choose(number) {
    if (active >= 0 && list.children[active]) list.children[active].setAttribute("aria-selected", "false");
    active = number;
    const option = list.children[number];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function closeList() {
    choose(-1);
    list.hidden = true;
    field.setAttribute("aria-expanded", "false");
  }

  function close() {
    clearTimeout(pause);
    turn++;
    closeList();
    panel.hidden = true;
    speak("");
  }

  function option(result, number) {
    const path = result.path ? [" ", make("span", "option-path", apart(result.path))] : [];
    const element = make("li", "", make("span", "option-title", ...named(result)), ...path);
    element.id = "sd-search-option-" + number;
    element.setAttribute("role", "option");
    element.setAttribute("aria-selected", "false");
    element.addEventListener("click", () => go(results[number]));
    return element;
  }

  async function suggest() {
    const mine = ++turn;
    const words = field.value;
    const isCurrent = () => mine === turn && form.contains(document.activeElement);
    try {
      const outcome = await find(words, 6, () => {
        if (!isCurrent()) return;
        closeList();
        if (!above.querySelector(".search-answer")) put(above, make("p", "search-note", say("busy")));
        panel.hidden = false;
      });
      if (!isCurrent()) return;
      closeList();
      results = outcome.results;
      put(above, ...outcome.answers.slice(0, 1).map((answer) => card(answer, false)), ...notes(outcome, words));
      put(list, ...results.map(option));
      list.hidden = !results.length;
      field.setAttribute("aria-expanded", String(results.length > 0));
      panel.hidden = !results.length && !above.firstChild;
      speak(counted(outcome));
    } catch (error) {
      if (!isCurrent()) return;
      close();
      fail(form);
    }
  }

  const counted = (outcome) => (outcome.total ? filled("count", { count: String(outcome.total) }) : [say("none")]);

  function type() {
    clearTimeout(pause);
    failed.hidden = true;
    if (field.value.trim()) pause = setTimeout(suggest, 120);
    else close();
  }

  field.addEventListener("input", (event) => {
    if (!event.isComposing) type();
  });
  field.addEventListener("compositionend", type);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const count = list.hidden ? 0 : results.length;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!count) return field.value.trim() && suggest();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(results[active]);
    } else if (event.key === "Escape") {
      if (panel.hidden && !field.value) return;
      event.preventDefault();
      if (panel.hidden) field.value = "";
      close();
    } else if (event.key === "Tab") {
      if (above.querySelector("a, button")) closeList();
      else close();
    } else if (event.key !== "Enter" && event.key !== "Shift") choose(-1);
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    field.focus();
    close();
  });
  /* A click in the panel leaves the focus in the field, so that the panel stays until the click has come through */
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) close();
  });

  /* Results, in place of the page */
  let view = null;
  const entry = () => (history.state && typeof history.state.stepdownSearch === "string" ? history.state : null);
  const note = (more) => history.replaceState(Object.assign({}, history.state, more), "");

  function openView() {
    const title = make("h1", "", say("results"));
    title.id = "sd-results-title";
    title.tabIndex = -1;
    const status = make("p", "search-count");
    status.setAttribute("role", "status");
    const section = make("section", "search-results");
    section.setAttribute("aria-labelledby", title.id);
    const back = button("search-back", () => history.back(), say("back"));
    view = { section, title, status, wordsOf: make("p", "search-words"), answers: make("div"), found: make("div"), pageTitle: document.title, turn: 0 };
    view.hidden = Array.from(main.children).filter((child) => !child.hidden);
    view.hidden.forEach((child) => (child.hidden = true));
    section.append(back, title, view.answers, view.wordsOf, status, view.found);
    main.append(section);
    document.title = say("title");
  }

  function closeView() {
    form.append(failed);
    view.section.remove();
    view.hidden.forEach((child) => (child.hidden = false));
    document.title = view.pageTitle;
    view = null;
  }

  function shownWords(words) {
    const letters = Array.from(words.trim());
    return letters.length > 200 ? letters.slice(0, 200).join("") + "…" : letters.join("");
  }

  function item(result, words) {
    const link = make("a", "", ...named(result));
    link.href = stepdown.engine.root + result.url;
    const parts = [make("h2", "", link)];
    if (result.path) parts.push(make("p", "result-path", apart(result.path)));
    if (result.lead) parts.push(make("p", "result-lead", make("bdi", "", ...marked(result.lead, words))));
    return make("li", "", ...parts);
  }

  function marked(text, words) {
    const known = new Set(words.filter((word) => !/^[a-z]{1,2}$/.test(word)));
    const parts = [];
    let from = 0;
    text.replace(stepdown.engine.WRITTEN, (written, at) => {
      if (!stepdown.engine.fold(written).some((word) => known.has(word))) return written;
      parts.push(text.slice(from, at), make("mark", "", written));
      from = at + written.length;
      return written;
    });
    return parts.concat(text.slice(from));
  }

  async function show({ stepdownSearch: words, stepdownShown: count, stepdownScroll: scroll }, isAsked) {
    if (!view) openView();
    const now = view;
    const mine = ++now.turn;
    const isCurrent = () => view === now && mine === now.turn;
    Object.assign(now, { words, count });
    failed.hidden = true;
    put(now.wordsOf, ...filled("words", { words: apart(shownWords(words)) }));
    put(now.status);
    put(now.answers);
    put(now.found);
    if (document.activeElement !== field) field.value = words;
    if (isAsked) {
      now.title.focus();
      window.scrollTo(0, 0);
    }
    try {
      const outcome = await find(words, count, () => isCurrent() && put(now.status, say("busy")));
      if (!isCurrent()) return;
      const items = make("ol", "search-list", ...outcome.results.map((result) => item(result, outcome.words)));
      const more = button("search-more", () => showMore(items, more), say("more"));
      more.hidden = !canShowMore(outcome);
      const nowhere = outcome.total ? null : failed.querySelector("a");
      put(now.status, ...counted(outcome));
      put(now.answers, ...outcome.answers.map((answer) => card(answer, true)));
      put(now.found, ...notes(outcome, words));
      if (outcome.results.length) now.found.append(items, more);
      if (nowhere) now.found.append(make("p", "", nowhere.cloneNode(true)));
      if (!isAsked) window.scrollTo(0, scroll || 0);
    } catch (error) {
      if (!isCurrent()) return;
      now.words = null;
      put(now.status);
      fail(now.section);
    }
  }

  const canShowMore = (outcome) => outcome.results.length < Math.min(outcome.total, MOST);

  async function showMore(items, more) {
    const now = view;
    const mine = now.turn;
    try {
      const had = items.children.length;
      const outcome = await find(now.words, had + STEP, () => {});
      if (view !== now || mine !== now.turn) return;
      items.append(...outcome.results.slice(had).map((result) => item(result, outcome.words)));
      more.hidden = !canShowMore(outcome);
      now.count = outcome.results.length;
      note({ stepdownShown: now.count });
      if (items.children[had]) items.children[had].querySelector("a").focus();
    } catch (error) {
      if (view === now) fail(now.section);
    }
  }

  function submit() {
    const words = field.value;
    close();
    if (!words.trim()) return speak([say("empty")], true);
    const state = { stepdownSearch: words, stepdownShown: STEP };
    if (entry()) history.replaceState(state, "");
    else {
      note({ stepdownScroll: window.scrollY });
      history.pushState(state, "");
    }
    show(state, true);
  }

  /* Shows what the entry of the history says: results, or the page as it was */
  function sync() {
    const state = entry();
    if (state) {
      if (!view || view.words !== state.stepdownSearch || view.count !== state.stepdownShown) show(state, false);
      return;
    }
    if (!view) return;
    closeView();
    const place = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const scroll = history.state && history.state.stepdownScroll;
    main.focus({ preventScroll: true });
    if (place && typeof scroll !== "number") place.scrollIntoView();
    else window.scrollTo(0, scroll || 0);
  }

  const isHere = (address) => address.split("#")[0] === location.href.split("#")[0];

  /* A result on this very page is not loaded anew, and the results stay one step back */
  function openHere(address) {
    history.pushState(null, "", address.includes("#") ? "#" + address.split("#")[1] : location.href);
    sync();
  }

  document.addEventListener("click", (event) => {
    const link = view && event.target.closest("a");
    if (!link) return;
    if (link.matches(".skip-link")) {
      event.preventDefault();
      view.title.focus();
      return;
    }
    note({ stepdownScroll: window.scrollY });
    if (!isHere(link.href) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    openHere(link.href);
  });

  function go(result) {
    const address = stepdown.engine.root + result.url;
    close();
    if (view) note({ stepdownScroll: window.scrollY });
    if (view && isHere(address)) openHere(address);
    else location.href = address;
  }

  stepdown.box = { type, submit, sync };
})();
