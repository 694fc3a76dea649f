// Names what is newer than the floor of docs/look.md in the scripts that it is given: `node floor.js FILE…`, one line for each fault.
"use strict";
const { readFileSync } = require("fs");
const { basename } = require("path");
const { Linter } = require("eslint");
const es = require("eslint-plugin-es-x");

// The scripts of the search are asked for when somebody searches, and may be newer; all others run in every page.
const OF_SEARCH = ["search.js", "search-engine.js"];

// What browsers offer beside the language, and got later than Chrome 69, Firefox 78 and Safari 12.1.
const NEWER_GLOBALS = [
  "AggregateError", "CompressionStream", "DecompressionStream", "FinalizationRegistry", "globalThis", "navigation", "queueMicrotask",
  "ResizeObserver", "scheduler", "structuredClone", "trustedTypes", "WeakRef",
];
const NEWER_METHODS = [
  "checkVisibility", "getHTML", "hidePopover", "replaceChildren", "requestIdleCallback", "requestSubmit", "scrollend", "setHTMLUnsafe",
  "showPicker", "showPopover", "startViewTransition", "toggleAttribute", "togglePopover",
];

function rulesFor(edition) {
  return {
    ...es.configs[`flat/restrict-to-es${edition}`].rules,
    "no-restricted-globals": ["error", ...NEWER_GLOBALS],
    "no-restricted-properties": [
      "error",
      ...[...NEWER_GLOBALS, ...NEWER_METHODS].map((property) => ({ property })),
    ],
  };
}

function faultsOf(file) {
  const edition = OF_SEARCH.includes(basename(file)) ? 2018 : 2015;
  const found = new Linter().verify(
    readFileSync(file, "utf8"),
    {
      plugins: { "es-x": es },
      // The newest syntax is read, so that a rule can name it.
      languageOptions: { ecmaVersion: "latest", sourceType: "script" },
      linterOptions: { noInlineConfig: true },
      // Methods are known by their names alone, whatever they are called on.
      settings: { "es-x": { aggressive: true } },
      rules: rulesFor(edition),
    },
    { filename: basename(file) },
  );
  return found.map((fault) => `${file}:${fault.line}: ${fault.message}`);
}

for (const file of process.argv.slice(2)) for (const fault of faultsOf(file)) console.log(fault);
