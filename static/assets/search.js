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
  const NUMBER = "[href^='tel:'], [href^='sms:']";

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

  /* Where only the beginning is shown, the title is also the name of the group, so that a number that gets the focus is heard with it */
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
    if (!isWhole) {
      title.id = "sd-search-answer";
      element.setAttribute("role", "group");
      element.setAttribute("aria-labelledby", title.id);
    }
    return element;
  }

  function notes(outcome, words) {
    const quiet = (...children) => make("p", "search-note", ...children);
    const missing = outcome.missing.map((word) => quiet(...filled("missing", { word: apart(word) })));
    const others = outcome.corrections.map(({ from, to, applied }) => {
      if (applied) return quiet(...filled("corrected", { word: apart(from), meant: apart(to[0]) }));
      const exchange = (word) => words.replace(stepdown.engine.WRITTEN, (written) => (stepdown.engine.fold(written).includes(from) ? word : written));
      const choices = to.map((word) =>
        button("search-meant", () => {
          field.value = exchange(word);
          submit();
        }, apart(word)),
      );
      const meant = make("span", "search-choices", choices[0]);
      choices.slice(1).forEach((choice) => meant.append(" ", choice));
      return quiet(...filled("meant", { word: apart(from), meant }));
    });
    return missing.concat(others);
  }

  /* What is told before the pages: help, then notes, then how many there are. That none was found is said once: by its card, if there is
     one, and after what may have been meant */
  function told(outcome, words, isWhole) {
    const cards = outcome.answers.slice(0, isWhole ? undefined : 1).map((answer) => card(answer, isWhole));
    if (outcome.answers.some((answer) => answer.kind === "nothing")) return { help: [], notes: notes(outcome, words).concat(cards), count: [] };
    const count = outcome.total ? filled("count", { count: String(outcome.total) }) : [say("none")];
    return { help: cards, notes: notes(outcome, words), count: [make("p", "search-count", ...count)] };
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

  /* The voice stands outside of what can be hidden. It waits until somebody pauses, so that the next letter does not cut it off; so there
     is nothing to gain from breaking into what is being read, not even with a card. What still stands is not said again */
  const voice = make("div", "visually-hidden");
  voice.setAttribute("role", "status");
  document.body.append(voice);
  let said = [];
  let speech = 0;

  /* Gives the words of a note or a count; of a card its title and the first number, in its sentence */
  function spoken(element) {
    const title = element.querySelector(".callout-title");
    if (!title) return [element];
    const number = element.querySelector(NUMBER);
    const sentence = number ? number.closest("p, h2") : title;
    return sentence === title ? [title] : [title, sentence];
  }

  function speak(elements) {
    clearTimeout(speech);
    const parts = [].concat(...elements.map(spoken)).map((element) => {
      const part = make("p", "", element.textContent);
      part.lang = element.closest("[lang]") ? element.closest("[lang]").lang : page.lang;
      return part;
    });
    speech = setTimeout(() => {
      const fresh = parts.filter((part) => !said.includes(part.textContent));
      said = parts.map((part) => part.textContent);
      put(voice, ...fresh);
      speech = setTimeout(() => put(voice), 10000);
    }, 700);
  }

  function hush() {
    clearTimeout(speech);
    said = [];
    put(voice);
  }

  /* Suggestions while a person writes. They are no values for the field but numbers to call, choices and links to pages, so they stand in a
     dialog and not in a listbox, and the arrow keys move the focus itself */
  const hint = make("p", "search-note", say("empty"));
  const above = make("div", "search-above");
  const list = make("ul", "search-options");
  const panel = make("div", "search-panel", above, list);
  panel.id = "sd-search-panel";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", say("results"));
  panel.hidden = hint.hidden = true;
  form.append(panel, hint);
  const attributes = { role: "combobox", "aria-haspopup": "dialog", "aria-expanded": "false", "aria-controls": panel.id };
  for (const name in attributes) field.setAttribute(name, attributes[name]);
  /* The words whose outcome the panel shows */
  let shown = null;
  let turn = 0;
  let pause = 0;

  function unfold(isOpen) {
    panel.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
  }

  /* Drops what has been asked and not been answered */
  function drop() {
    clearTimeout(pause);
    clearTimeout(speech);
    turn++;
  }

  function close() {
    drop();
    hush();
    shown = null;
    hint.hidden = true;
    unfold(false);
  }

  function option(result) {
    const link = make("a", "", make("span", "option-title", ...named(result)));
    link.href = stepdown.engine.root + result.url;
    if (result.path) link.append(" ", make("span", "option-path", apart(result.path)));
    return make("li", "", link);
  }

  async function suggest() {
    drop();
    const mine = turn;
    const words = field.value;
    const isCurrent = () => mine === turn && form.contains(document.activeElement);
    try {
      const outcome = await find(words, 6, () => {
        if (!isCurrent()) return;
        put(list);
        if (!above.querySelector(".search-answer")) put(above, make("p", "search-note", say("busy")));
        unfold(true);
      });
      if (!isCurrent()) return;
      const { help, notes, count } = told(outcome, words, false);
      shown = words;
      put(above, ...help, ...notes);
      put(list, ...outcome.results.map(option));
      unfold(Boolean(above.firstChild || list.firstChild));
      speak(help.concat(notes, count));
    } catch (error) {
      if (!isCurrent()) return;
      close();
      fail(form);
    }
  }

  function type() {
    clearTimeout(pause);
    hint.hidden = failed.hidden = true;
    if (field.value.trim()) pause = setTimeout(suggest, 120);
    else close();
  }

  const stops = () => Array.from(panel.querySelectorAll("a, button"));

  /* The field and what can be pressed in the panel are a ring */
  function move(from, step) {
    drop();
    const ring = [field].concat(stops());
    ring[(ring.indexOf(from) + step + ring.length) % ring.length].focus();
  }

  /* Whoever is faster than the search goes to what is found for the words as they are now */
  async function enter(step) {
    if (!field.value.trim()) return;
    if (shown !== field.value) await suggest();
    if (shown === field.value && document.activeElement === field) move(field, step);
  }

  const STEPS = { ArrowDown: 1, ArrowUp: -1 };

  field.addEventListener("input", (event) => {
    if (!event.isComposing) type();
  });
  field.addEventListener("compositionend", type);
  form.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    if (key === "Escape") {
      if (panel.hidden && (target !== field || !field.value)) return;
      event.preventDefault();
      if (panel.hidden) field.value = "";
      if (panel.contains(target)) field.focus();
      close();
    } else if (target === field) {
      if (!STEPS[key]) return;
      event.preventDefault();
      enter(STEPS[key]);
    } else if (panel.contains(target)) {
      if (STEPS[key]) move(target, STEPS[key]);
      else if (key === "Home") stops()[0].focus();
      else if (key === "End") stops().pop().focus();
      else {
        /* What is written goes into the field */
        if (/^(\S|Backspace|Delete|ArrowLeft|ArrowRight)$/u.test(key)) field.focus();
        return;
      }
      event.preventDefault();
    }
  });
  /* A click in the panel leaves the focus in the field, so that the panel stays until the click has come through */
  panel.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    if (event.target.closest("a") && !isNewTab(event)) close();
  });
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
    const section = make("section", "search-results");
    section.setAttribute("aria-labelledby", title.id);
    const back = button("search-back", () => history.back(), say("back"));
    view = { section, title, wordsOf: make("p", "search-words"), answers: make("div"), found: make("div", "search-found"), pageTitle: document.title, turn: 0 };
    view.hidden = Array.from(main.children).filter((child) => !child.hidden);
    view.hidden.forEach((child) => (child.hidden = true));
    section.append(back, title, view.answers, view.wordsOf, view.found);
    main.append(section);
    document.title = say("title");
  }

  function closeView() {
    form.append(failed);
    hush();
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
    put(now.answers);
    put(now.found);
    hush();
    if (document.activeElement !== field) field.value = words;
    if (isAsked) {
      now.title.focus();
      window.scrollTo(0, 0);
    }
    try {
      const outcome = await find(words, count, () => {
        if (!isCurrent()) return;
        put(now.found, make("p", "search-count", say("busy")));
        speak([now.found]);
      });
      if (!isCurrent()) return;
      const items = make("ol", "search-list", ...outcome.results.map((result) => item(result, outcome.words)));
      const more = button("search-more", () => showMore(items, more), say("more"));
      more.hidden = !canShowMore(outcome);
      const nowhere = outcome.total ? null : failed.querySelector("a");
      const { help, notes, count: pages } = told(outcome, words, true);
      put(now.answers, ...help);
      put(now.found, ...notes, ...pages);
      speak(help.concat(notes, pages));
      if (outcome.results.length) now.found.append(items, more);
      if (nowhere) now.found.append(make("p", "", nowhere.cloneNode(true)));
      if (!isAsked) window.scrollTo(0, scroll || 0);
    } catch (error) {
      if (!isCurrent()) return;
      now.words = null;
      put(now.found);
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
    if (!words.trim()) {
      hint.hidden = false;
      return speak([hint]);
    }
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

  const isNewTab = (event) => event.ctrlKey || event.metaKey || event.shiftKey;
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
    if (!isHere(link.href) || isNewTab(event)) return;
    event.preventDefault();
    openHere(link.href);
  });

  stepdown.box = { type, submit, sync };
})();
