/* The preview's link to the server. By its policy a page of the site may fetch nothing, so this worker fetches for it. One worker serves
   all tabs where the browser can share it: browsers allow six connections to one host, and an event stream holds one of them.
   It tells the pages the newest state of the site, says when the server is gone, and gets addresses for them. */
(function () {
  "use strict";
  /* The server says something every 15 seconds; a stream that is silent for longer is dead, for example after a sleep */
  const SILENCE = 40000;
  const PATIENCE = 3000;
  const SLOW = 20000;
  const ports = new Set();
  let stream = null;
  let state = null;
  let isLost = false;
  let lastHeard = 0;
  let failures = 0;
  let notice = 0;
  let retry = 0;

  function tell(message) {
    ports.forEach((port) => port.postMessage(message));
  }

  function hear() {
    lastHeard = Date.now();
    failures = 0;
    clearTimeout(notice);
    notice = 0;
    if (isLost) tell({ isLost: (isLost = false) });
  }

  function miss() {
    if (!notice) notice = setTimeout(() => tell({ isLost: (isLost = true) }), PATIENCE);
  }

  function close() {
    clearTimeout(retry);
    if (stream) stream.close();
    stream = null;
  }

  function open() {
    close();
    lastHeard = Date.now();
    stream = new EventSource("/.stepdown/events");
    stream.onopen = hear;
    stream.addEventListener("alive", hear);
    stream.onmessage = (event) => {
      hear();
      state = JSON.parse(event.data);
      tell({ state });
    };
    stream.onerror = () => {
      miss();
      if (stream.readyState === EventSource.CLOSED) retry = setTimeout(open, Math.min(++failures, 5) * 1000);
    };
  }

  setInterval(() => {
    if (!stream || Date.now() - lastHeard < SILENCE) return;
    miss();
    open();
  }, 5000);

  /* Gets an address for a page; a status of 0 means that no answer came */
  async function get(port, { id, address, method, tag }) {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), SLOW);
    const headers = tag ? { "If-None-Match": `"${tag}"` } : {};
    try {
      const response = await fetch(address, { method, headers, cache: "no-store", signal: stop.signal });
      const { status, redirected: isMoved } = response;
      port.postMessage({ id, status, isMoved, tag: response.headers.get("ETag"), text: await response.text() });
    } catch (error) {
      port.postMessage({ id, status: 0 });
    }
    clearTimeout(timer);
  }

  function serve(port) {
    port.onmessage = ({ data }) => {
      if (data.id) return get(port, data);
      if (data.isLeaving) {
        ports.delete(port);
        if (!ports.size) close();
        return;
      }
      ports.add(port);
      if (!stream) open();
      else if (state) port.postMessage({ state });
      if (isLost) port.postMessage({ isLost });
    };
  }

  if ("onconnect" in self) self.onconnect = (event) => serve(event.ports[0]);
  else serve(self);
})();
