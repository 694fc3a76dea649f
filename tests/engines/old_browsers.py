"""Opens pages in each old engine, looks for faults and takes pictures; ends with 1 if there are any. `tests/old-browsers` starts it."""

import functools
import http.server
import pathlib
import sys
import threading

import brotli

from chromium import Chromium
from webkit import WebKit

HERE = pathlib.Path(__file__).parent
# The window of a small phone, and the longest picture.
WIDTH, HEIGHT, LONGEST = 320, 568, 4000
PAGES = {
    "home": "library/web/en/index.html",
    "crisis": "library/web/en/families-crisis/crisis-help.html",
    "taper": "library/web/en/tapering/how-tapering-works.html",
    "helplines": "library/web/en/helplines.html",
    "danger-es": "library/web/es/withdrawal/withdrawal-danger-signs.html",
    "care-cards": "gallery/web/en/components/care-cards.html",
    "do-and-dont": "gallery/web/en/components/do-and-dont.html",
    "symptoms": "gallery/web/en/components/symptoms.html",
    "care-cards-ar": "gallery/web/ar/components/care-cards.html",
}
# This build of WebKit breaks no line of Arabic, whatever the page says, so nothing can be learned there.
ONLY_CHROMIUM = {"care-cards-ar"}
ASK = """
(function () {
  var field = document.getElementById("sd-search-field");
  document.querySelector(".search-open").click();
  field.focus();
  field.value = "%s";
  field.dispatchEvent(new Event("input", { bubbles: true }));
})()
"""


def main(folder):
    folder = pathlib.Path(folder)
    sites, pictures = folder / "sites", folder / "pictures"
    pictures.mkdir(exist_ok=True)
    origins = {"file": sites.as_uri(), "http": serve(sites)}
    faults = []
    for program in [*chromiums(folder), None]:
        engine = Chromium(program, WIDTH, HEIGHT) if program else WebKit(WIDTH, HEIGHT)
        print(engine.name, flush=True)
        if program and engine.name.lower().replace(" ", "-") not in program:
            faults.append(f"{program} is {engine.name}")
        for name, page in PAGES.items():
            if engine.can_search or name not in ONLY_CHROMIUM:
                found = look(engine, f"{origins['file']}/{page}", pictures / f"{engine.name.lower().replace(' ', '-')}-{name}.png")
                faults += [f"{engine.name}, {name}: {fault}" for fault in found]
        for origin in origins:
            fault = search(engine, f"{origins[origin]}/{PAGES['taper']}")
            faults += [f"{engine.name}, search over {origin}: {fault}"] if fault else []
        engine.close()
    print(f"The pictures are in {pictures}.")
    print("\n".join(faults) or "No faults.")
    return 1 if faults else 0


def chromiums(folder):
    """Gives the programs in the packages, the oldest first; unpacks those that are not yet."""
    packages = sorted((folder / "node_modules").glob("chromium-*"))
    if not packages:
        sys.exit(f"there is no Chromium in {folder / 'node_modules'}")
    for package in packages:
        program = package / "chromium"
        if not program.exists():
            (packed,) = (package / "bin").glob("chromium*.br")
            unpacked = package / "unpacked"
            unpacked.write_bytes(brotli.decompress(packed.read_bytes()))
            unpacked.chmod(0o755)
            unpacked.rename(program)
        yield str(program)


def serve(folder):
    """Serves a folder as long as the program runs; gives its address."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}"


def look(engine, address, picture):
    """Opens a page, takes its picture and gives its faults."""
    engine.open(address)
    found = engine.value((HERE / "checks.js").read_text()).splitlines() + engine.faults
    engine.size(WIDTH, min(LONGEST, int(engine.value("document.documentElement.scrollHeight"))))
    picture.write_bytes(engine.picture())
    engine.size(WIDTH, HEIGHT)
    return found


def search(engine, address):
    """Asks the search of a page; where its scripts cannot run, the page must say so and offer the list A to Z. Gives the fault."""
    wanted = ".search-options li" if engine.can_search else ".search-failed:not([hidden]) a[href]"
    engine.open(address)
    engine.value(ASK % "tapper slowly")
    try:
        engine.wait_until(f"document.querySelectorAll('{wanted}').length > 0")
    except TimeoutError:
        return f"{wanted} does not appear; {engine.faults}"
    if engine.can_search:
        return "; ".join(engine.faults)
    return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
