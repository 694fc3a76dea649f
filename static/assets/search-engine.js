/* Finds pages on the reader's own device, as `stepdown search` does. No word of a question leaves the page. */
(function () {
  "use strict";
  const stepdown = (window.stepdown = window.stepdown || {});
  const root = document.currentScript.src.replace(/assets\/[^/]*$/, "");

  const LETTERS = "\\p{L}\\p{N}\\p{M}";
  const JOINERS = "\\u00ad\\u200c-\\u200f\\u202a-\\u202e\\u2060-\\u2069\\ufeff";
  const ACCENTS = "\\u0300-\\u036f\\u0591-\\u05c7\\u064b-\\u065f\\u0670\\u06d6-\\u06ed\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\u3099\\u309a\\ufe00-\\ufe0f\\ufe20-\\ufe2f";
  const APOSTROPHES = "'’‘ʼ´`＇";
  const NO_SPACES = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3041-\\u312f\\u31a0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const all = (pattern) => new RegExp(pattern, "gu");
  const WRITTEN = all(`[${LETTERS}][${LETTERS}${JOINERS}]*(?:[${APOSTROPHES}]\\p{L}{1,2}(?![${LETTERS}${JOINERS}]))?`);
  const APOSTROPHE = all(`[${APOSTROPHES}]`);
  const UNHEARD = all(`[${ACCENTS}${JOINERS}]`);
  const PIECE = all(`[${LETTERS}]+`);
  const RUN = all(`[${NO_SPACES}]+|[^${NO_SPACES}]+`);
  const ONE_SCRIPT = new RegExp(`^[${NO_SPACES}]+$`, "u");
  const SAME = new Map("ßss æae œoe øo łl đd ıi ςσ ةه ىي یي کك ـ".split(" ").map((pair) => [pair[0], pair.slice(1)]));

  /* Limits and weights, from the index */
  let numbers = {};

  function fold(written) {
    const words = [];
    const plain = written.replace(APOSTROPHE, "").normalize("NFKD").replace(UNHEARD, "").toLowerCase();
    for (const piece of plain.replace(/./gu, (letter) => (SAME.has(letter) ? SAME.get(letter) : letter)).match(PIECE) || []) {
      for (const run of piece.match(RUN)) {
        const letters = Array.from(run);
        if (letters.length > 1 && ONE_SCRIPT.test(run)) {
          for (let at = 1; at < letters.length; at++) words.push(letters[at - 1] + letters[at]);
        } else words.push(letters.slice(0, numbers.letters).join(""));
      }
    }
    return words;
  }
  const tokens = (text) => [].concat(...(text.match(WRITTEN) || []).map(fold));

  let parts = {};
  let waiting = {};
  let again = "";

  stepdown.add = function (name, layout, content) {
    parts[name] = { layout, content };
  };

  function load(language, name) {
    const key = language + "/" + name;
    const manifest = parts[language + "/index"];
    const isMixed = () => parts[key] && (manifest ? parts[key].layout !== manifest.layout : !parts[key].content.numbers);
    if (parts[key] && !isMixed()) return Promise.resolve(parts[key]);
    const start = (resolve, reject) => {
      const script = document.createElement("script");
      const end = () => {
        clearTimeout(timer);
        delete waiting[key];
        if (parts[key] && !isMixed()) resolve(parts[key]);
        else reject(Object.assign(new Error(key), { isMixed: isMixed() }));
      };
      const timer = setTimeout(end, 20000);
      script.onload = script.onerror = end;
      script.src = root + "search/" + key + ".js" + (name === "index" ? again : "?" + manifest.content.build);
      document.head.append(script);
    };
    return waiting[key] || (waiting[key] = new Promise(start));
  }

  const list = (text) => new Set(text ? text.split(" ") : []);

  async function open(language) {
    const part = await load(language, "index");
    numbers = part.content.numbers;
    if (!part.reader) part.reader = new Reader(language, part.content);
    return part.reader;
  }

  const parse = (pattern) => pattern.split("+").map((part) => part.split(" ").map((place) => (place === "…" ? place : place.split("|"))));
  const questions = (answer) => ({ when: answer.when.map(parse), unless: answer.unless.map(parse) });

  const partOf = (starts, form) => Math.max(starts.filter((start) => start <= form).length - 1, 0);

  class Reader {
    constructor(language, manifest) {
      this.language = language;
      this.manifest = manifest;
      this.common = list(manifest.common);
      this.openers = list(manifest.openers);
      this.spoken = list(manifest.spoken);
      this.medicines = new Set();
      this.sets = {};
      this.add(manifest);
      this.answers = manifest.answers.map((answer) => ({ ...answer, ...questions(answer) }));
    }
    add(part) {
      list(part.medicines).forEach((name) => this.medicines.add(name));
      for (const name in part.sets) this.sets["{" + name + "}"] = part.sets[name].split("|");
    }
    async others() {
      const { content } = await load(this.language, "o");
      if (this.foreign) return;
      this.add(content);
      this.foreign = content.answers.map(questions);
    }
    async lines(name) {
      const part = await load(this.language, name);
      if (part.forms) return part;
      part.forms = new Map();
      part.all = part.content.split("\n").map((text) => {
        const isKey = text[0] === "!";
        const end = text.indexOf("=");
        const [base, ends] = text.slice(isKey ? 1 : 0, end).split("~");
        const forms = ends === undefined ? [base] : ends.split(",").map((end) => base + end);
        const line = { forms, isKey, postings: text.slice(end + 1) };
        forms.forEach((form) => part.forms.set(form, line));
        return line;
      });
      return part;
    }
    async find(form) {
      const part = await this.lines(this.common.has(form) ? "s" : "t" + partOf(this.manifest.terms, form));
      return part.forms.get(form);
    }
    async known(number) {
      const isSmall = !this.manifest.known.length;
      const part = await this.lines(isSmall ? "t0" : "v" + number);
      if (part.words) return part.words;
      const written = new Map(Array.from(list(this.manifest.written), (one) => [tokens(one).join(""), one]));
      part.words = [];
      for (const line of part.all) {
        let count = 0;
        if (isSmall) postings(line.postings, () => count++);
        const share = isSmall ? 1 + Math.floor(Math.log2(count)) : Number(line.postings);
        for (const form of line.forms) {
          if (size(form) >= numbers.short && !/[ \d]/.test(form)) part.words.push({ share, isKey: line.isKey, token: tokens(form).join(""), written: written.get(form) || form });
        }
      }
      return part.words;
    }
    async longer(word) {
      const count = size(word);
      if (count < numbers.start && !(count === 1 && ONE_SCRIPT.test(word))) return [];
      const part = await this.lines("t" + partOf(this.manifest.terms, word));
      return part.all.filter((line) => line.forms.some((form) => form !== word && form.startsWith(word))).slice(0, numbers.lines);
    }
  }

  /* The lowest digit comes first; the second half of the digits say that more follow */
  function postings(text, give) {
    let slot = 0;
    let number = 0;
    let worth = 1;
    for (const letter of text) {
      const digit = numbers.digits.indexOf(letter);
      number += (digit % numbers.base) * worth;
      worth *= numbers.base;
      if (digit >= numbers.base) continue;
      const place = Math.floor(number / numbers.levels);
      slot += Math.floor(place / numbers.sections);
      give(slot, place % numbers.sections, (number % numbers.levels) + 1);
      number = 0;
      worth = 1;
    }
  }

  function distance(left, right) {
    const [a, b] = [Array.from(left), Array.from(right)];
    const rows = [[...b.keys(), b.length]];
    a.forEach((letter, i) => {
      const row = [i + 1];
      b.forEach((other, j) => {
        row.push(Math.min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (letter === other ? 0 : 1)));
        if (i && j && letter === b[j - 1] && a[i - 1] === other) row[j + 1] = Math.min(row[j + 1], rows[i - 1][j - 1] + 1);
      });
      rows.push(row);
    });
    return rows[a.length][b.length];
  }
  const size = (word) => Array.from(word).length;
  const allowed = (word) => (size(word) < numbers.long ? 1 : numbers.errors);
  const firstOf = (word) => word.codePointAt(0);

  function compare({ rank: left }, { rank: right }) {
    const at = left.findIndex((part, at) => part !== right[at]);
    return left[at] < right[at] ? -1 : 1;
  }
  const first = (ranked) => ranked.sort(compare)[0];

  function best(word, known) {
    const [length, most] = [size(word), allowed(word)];
    const found = [];
    for (const one of known) {
      const other = size(one.token);
      const hasFirst = firstOf(one.token) === firstOf(word);
      const isLikely = one.isKey || length >= numbers.long || (hasFirst && length >= numbers.any);
      if (!isLikely || Math.max(other, length) === numbers.short) continue;
      const errors = distance(word, one.token);
      const rank = [errors, hasFirst ? 0 : 1, -one.share, one.token];
      if (errors <= most) found.push({ rank, errors, written: one.written });
    }
    return first(found);
  }

  async function candidate(reader, word) {
    const starts = reader.manifest.known;
    const own = partOf(starts, word);
    const found = best(word, await reader.known(own));
    if (found || starts.length > numbers.known) return found;
    return best(word, [].concat(...(await Promise.all(starts.map((_, number) => reader.known(number))))));
  }

  async function otherForm(reader, word) {
    const letters = Array.from(word);
    const part = await reader.lines("t" + partOf(reader.manifest.terms, word));
    const found = [];
    for (const form of part.forms.keys()) {
      const other = Array.from(form);
      let shared = 0;
      while (shared < letters.length && letters[shared] === other[shared]) shared++;
      const others = Math.max(letters.length, other.length) - shared;
      if (shared < numbers.shared || others > numbers.others || form.includes(" ") || reader.medicines.has(form)) continue;
      found.push({ rank: [-shared, other.length, form], errors: numbers.errors, written: form });
    }
    return first(found);
  }

  /* A medicine is never silently taken for another */
  async function correct(reader, word) {
    const names = Array.from(reader.medicines, (name) => ({ name, errors: distance(word, name) })).filter((one) => one.errors <= numbers.errors);
    const found = (await candidate(reader, word)) || (await otherForm(reader, word));
    if (!found) return null;
    const token = tokens(found.written).join("");
    const isName = reader.medicines.has(token);
    const applied = isName ? found.errors === 1 && names.every((one) => one.name === token) : names.every((one) => one.errors > Math.min(allowed(word), found.errors));
    const to = [found.written];
    if (!applied) {
      for (const one of names.sort((left, right) => (left.name < right.name ? -1 : 1))) {
        if (!to.some((other) => tokens(other).join("") === one.name) && (await reader.find(one.name))) to.push(one.name);
      }
    }
    return { from: word, to, applied };
  }

  function isSlip(word, expected) {
    const isLong = Math.min(size(word), size(expected)) >= numbers.slip;
    return isLong && firstOf(word) === firstOf(expected) && distance(word, expected) <= allowed(expected);
  }
  const is = (asked, expected) => asked.word === expected || asked.corrected === expected || (!asked.isKnown && isSlip(asked.word, expected));

  function begins(asked, start) {
    if (asked.word.startsWith(start) || (asked.corrected || "").startsWith(start)) return true;
    if (asked.isKnown) return false;
    const letters = Array.from(asked.word);
    return [-1, 0, 1].some((more) => isSlip(letters.slice(0, size(start) + more).join(""), start));
  }

  function ends(reader, choices, words, at) {
    const word = words[at];
    let found = [];
    if (!word) return found;
    for (const choice of choices) {
      if (choice === "{medicine}" ? word.isMedicine : choice === "{number}" ? /^\d/.test(word.word) : choice.endsWith("*") && begins(word, choice.slice(0, -1))) {
        found.push(at + 1);
      } else if (reader.sets[choice]) found = found.concat(ends(reader, reader.sets[choice], words, at));
      else {
        const sequence = choice.split("_");
        if (sequence.every((expected, step) => words[at + step] && is(words[at + step], expected))) found.push(at + sequence.length);
      }
    }
    return found;
  }

  function fits(reader, part, words, at) {
    if (!part.length) return true;
    const rest = part.slice(1);
    const gap = [...words.keys(), words.length].slice(at, at + numbers.gap + 1);
    const next = part[0] === "…" ? gap : ends(reader, part[0], words, at);
    return next.some((place) => fits(reader, rest, words, place));
  }

  function answersOf(reader, words) {
    const has = (patterns) => patterns.some((pattern) => pattern.every((part) => words.some((_, at) => fits(reader, part, words, at))));
    const gets = (answer) => has(answer.when) && !has(answer.unless);
    return reader.answers.filter((answer, at) => gets(answer) || (reader.foreign && gets(reader.foreign[at]))).slice(0, numbers.answers);
  }

  function score(terms) {
    const hits = new Map();
    for (const term of terms) {
      const most = new Map();
      for (const { line, weight } of term) {
        postings(line.postings, (slot, section, impact) => {
          const worth = impact * weight;
          if (!most.has(slot) || worth > most.get(slot).worth) most.set(slot, { worth, section });
        });
      }
      most.forEach(({ worth, section }, slot) => {
        if (!hits.has(slot)) hits.set(slot, { slot, score: 0, sections: Array(numbers.sections).fill(0) });
        hits.get(slot).score += worth;
        hits.get(slot).sections[section] += worth;
      });
    }
    return Array.from(hits.values()).sort((left, right) => right.score - left.score || left.slot - right.slot);
  }

  async function ask(reader, word, mayGoOn, outcome) {
    const asked = { word, corrected: null, isKnown: true, isMedicine: reader.medicines.has(word) };
    if (reader.common.has(word) || reader.spoken.has(word) || (await reader.find(word))) return asked;
    await reader.others();
    asked.isMedicine = reader.medicines.has(word);
    if (asked.isMedicine) {
      if (!outcome.missing.includes(word)) outcome.missing.push(word);
      return asked;
    }
    asked.isKnown = false;
    asked.isMedicine = size(word) >= numbers.slip && Array.from(reader.medicines).some((name) => distance(word, name) <= allowed(word));
    if (mayGoOn && (await reader.longer(word)).length) return asked;
    if (size(word) < numbers.short || /\d/.test(word)) return asked;
    const done = outcome.corrections.find((other) => other.from === word);
    const correction = done || (await correct(reader, word));
    if (correction && !done) outcome.corrections.push(correction);
    if (correction && correction.applied) asked.corrected = tokens(correction.to[0]).join("");
    return asked;
  }

  async function phrase(reader, asked) {
    const words = asked.slice(0, numbers.phrase).map((one) => one.corrected || one.word);
    if (reader.common.has(words[0]) && !reader.openers.has(words[0])) return null;
    for (let length = words.length; length > 1; length--) {
      const line = await reader.find(words.slice(0, length).join(" "));
      if (line) return { length, line };
    }
    return null;
  }

  async function search(language, question, limit) {
    const reader = await open(language);
    const outcome = { answers: [], corrections: [], missing: [], total: 0, results: [], words: [] };
    const words = tokens(question).slice(0, numbers.words);
    const isOpen = words.length > 0 && question.endsWith((question.match(WRITTEN) || []).pop());
    const asked = [];
    words.forEach((word) => reader.common.has(word) || reader.find(word).catch(() => null));
    for (const word of words) asked.push(await ask(reader, word, isOpen && asked.length + 1 === words.length, outcome));
    let terms = [];
    const commons = [];
    async function term(one) {
      const line = await reader.find(one.corrected || one.word);
      if (!line) return [];
      outcome.words.push(...line.forms);
      return [{ line, weight: one.corrected ? numbers.corrected[Math.min(distance(one.word, one.corrected), numbers.errors)] : numbers.whole }];
    }
    for (let at = 0; at < asked.length && terms.length < numbers.terms; ) {
      const found = await phrase(reader, asked.slice(at));
      if (found) {
        terms.push([{ line: found.line, weight: numbers.whole }]);
        outcome.words.push(...asked.slice(at, at + found.length).map((one) => one.corrected || one.word));
        at += found.length;
        continue;
      }
      const one = asked[at++];
      if (reader.common.has(one.corrected || one.word)) {
        commons.push(one);
        continue;
      }
      const lines = await term(one);
      if (isOpen && at === asked.length && !one.corrected) {
        const own = lines[0] && lines[0].line;
        for (const line of await reader.longer(one.word)) {
          if (line !== own) lines.push({ line, weight: own ? numbers.longer : numbers.open });
          outcome.words.push(...line.forms.filter((form) => form.startsWith(one.word)));
        }
      }
      if (lines.length) terms.push(lines);
    }
    if (!terms.length) for (const one of commons.slice(0, numbers.terms)) terms.push(await term(one));
    if (reader.manifest.isForeignHeard) await reader.others();
    outcome.answers = answersOf(reader, asked);
    let hits = score(terms);
    const pinned = [].concat(...outcome.answers.map((answer) => answer.slots)).filter((slot, at, all) => all.indexOf(slot) === at);
    const highest = hits.length ? hits[0].score : 1;
    hits = pinned.map((slot) => ({ slot, sections: [1], score: highest })).concat(hits.filter((hit) => !pinned.includes(hit.slot)));
    const seen = new Set();
    hits = hits.filter((hit) => {
      if (hit.score * numbers.worth < highest) return false;
      const long = reader.manifest.long.find(([first, count]) => hit.slot >= first && hit.slot < first + count);
      const page = long ? long[0] : hit.slot;
      return !seen.has(page) && seen.add(page);
    });
    if (!hits.length && !outcome.answers.length && words.length) {
      outcome.answers = reader.answers.filter((answer) => answer.kind === "nothing").slice(0, 1);
    }
    outcome.total = hits.length;
    outcome.results = await Promise.all(
      hits.slice(0, limit).map(async (hit) => {
        const count = reader.manifest.slotsOfPart;
        const { content } = await load(language, "d" + Math.floor(hit.slot / count));
        const [address, title, path, sections] = content[hit.slot % count];
        const [anchor, heading, lead] = sections[hit.sections.indexOf(Math.max(...hit.sections))];
        return { url: address + (anchor ? "#" + anchor : ""), title, heading, path, lead: lead || sections[0][2], score: hit.score };
      }),
    );
    return outcome;
  }

  stepdown.engine = {
    root,
    tokens,
    WRITTEN,
    fold,
    find(language, question, limit) {
      return search(language, question, limit).catch(function (error) {
        if (!error.isMixed || again) throw error;
        again = "?" + Date.now();
        parts = {};
        return search(language, question, limit);
      });
    },
  };
})();
