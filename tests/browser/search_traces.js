// Gives the places, other than the field, the text and the entry of the history, where the page or the browser keeps WORD.
(async () => {
  const places = {
    "the address": location.href,
    "the title": document.title,
    "the referrer": document.referrer,
    "the name of the window": window.name,
    "a cookie": document.cookie,
    "localStorage": JSON.stringify(localStorage),
    "sessionStorage": JSON.stringify(sessionStorage),
    "a database": JSON.stringify(await indexedDB.databases()),
    "a cache": JSON.stringify(globalThis.caches ? await caches.keys() : []),
    "what was loaded": JSON.stringify(performance.getEntries()),
  };
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) places[`${element.localName} ${name}="${value}"`] = value;
  }
  return Object.keys(places).filter((place) => places[place].toLowerCase().includes(WORD));
})()
