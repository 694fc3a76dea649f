"""Takes the same views of the pages that two versions of the program make, and lays them side by side. `tests/pictures` starts it."""

import base64
import contextlib
import pathlib
import subprocess
import sys

from chromium import Chromium
from old_browsers import ASK
from webkit import WebKit

REPOSITORY = pathlib.Path(__file__).parent.parent.parent
PHONE, DESK = (320, 568), (720, 540)
TODAY = ["--today", "2026-11-22"]
CARE = "document.querySelector('.diagram')"
STAGES = "document.querySelector('main li a[href*=\"aftercare/index\"]').closest('ol, ul')"

PREVIEW = "document.querySelector('stepdown-preview').shadowRoot"
CHECKED = f"document.querySelector('stepdown-preview') && !/checking/.test({PREVIEW}.textContent)"


def to_top(element):
    return f"var place = {element}; window.scrollTo(0, place.getBoundingClientRect().top + window.pageYOffset - 70)"


# Name, engine, window, page, what is done on the page, what is waited for.
VIEWS = [
    ("home", "chromium", PHONE, "library/web/en/index.html", "", ""),
    ("danger-signs", "chromium", PHONE, "library/web/en/withdrawal/withdrawal-danger-signs.html", "", ""),
    ("crisis-webkit-602", "webkit", PHONE, "library/web/en/families-crisis/crisis-help.html", "", ""),
    ("stages-webkit-602", "webkit", PHONE, "library/web/en/index.html", to_top(STAGES), ""),
    ("stages-chromium-80", "chromium-80", PHONE, "library/web/en/index.html", to_top(STAGES), ""),
    ("exit-chromium-83", "chromium-83", PHONE, "gallery/web/en/components/care-cards.html", "window.scrollTo(0, 500)", ""),
    ("symptoms-webkit-602", "webkit", PHONE, "gallery/web/en/components/symptoms.html", "", ""),
    ("path-of-care-print", "print", (560, 560), "library/web/en/index.html", to_top(CARE), ""),
    (
        "search-danger", "chromium", PHONE, "library/web/en/tapering/how-tapering-works.html", ASK % "i want to die",
        "document.querySelector('.search-above .callout, .search-answer')",
    ),
    ("large-letters", "chromium", PHONE, "library/web/en/index.html", "document.documentElement.style.fontSize = '200%'", ""),
    ("report", "chromium", DESK, "report.html", "", ""),
    (
        "panel", "chromium", DESK, "preview:en/states/past-its-date.html",
        PREVIEW + ".querySelector('.opener').click()", PREVIEW + ".querySelector('.panel').textContent.length > 200",
    ),
]
# The pictures of one view beside each other, as a page.
PAIR = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; display: flex; gap: 16px; padding: 12px; background: #fff; font: 700 16px/1.5 "Liberation Sans", Arial, sans-serif; }}
img {{ display: block; border: 1px solid #888; }}
</style>{figures}"""
FIGURE = '<div>{name}<img src="data:image/png;base64,{picture}" width="{width}" height="{height}"></div>'


def main(folder, *versions):
    folder = pathlib.Path(folder)
    shots = {}
    for version in versions:
        name, program, repository = version.replace("=", ",", 1).split(",")
        sites = folder / "pairs" / name
        build(program, pathlib.Path(repository), sites)
        with preview(program, pathlib.Path(repository) / "tests/fixtures/gallery") as address:
            for view in VIEWS:
                shots[name, view[0]] = take(folder, sites, address, *view[1:])
    pairs = REPOSITORY / "docs/images/pairs"
    pairs.mkdir(parents=True, exist_ok=True)
    browser = Chromium("chromium", *DESK)
    for view, _, (width, height), *_ in VIEWS:
        figures = [
            FIGURE.format(name=name.title(), picture=base64.b64encode(picture).decode(), width=width, height=height)
            for (name, of), picture in shots.items()
            if of == view
        ]
        page = folder / "pairs" / f"{view}.html"
        page.write_text(PAIR.format(figures="".join(figures)))
        browser.size(2 * width + 44, height + 50)
        browser.open(page.as_uri())
        shot = browser.call("Page.captureScreenshot", format="webp", quality=75)
        (pairs / f"{view}.webp").write_bytes(base64.b64decode(shot["data"]))
    browser.close()


def build(program, repository, sites):
    """Builds the library, the gallery and the report on the site with thirty faults."""
    for site, root in [("library", repository), ("gallery", repository / "tests/fixtures/gallery")]:
        subprocess.run([program, "build", *TODAY, "--out", sites / site], cwd=root, check=True, capture_output=True)
    check = [program, "check", *TODAY, "--format", "html"]
    report = subprocess.run(check, cwd=REPOSITORY / "tests/fixtures/thirty-faults", capture_output=True).stdout
    (sites / "report.html").write_bytes(report)


@contextlib.contextmanager
def preview(program, root):
    """Serves a site; gives the address of its preview."""
    server = subprocess.Popen([program, "serve"], cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        line = next(line for line in server.stdout if "http://" in line)
        yield "http://" + line.split("http://")[1].split()[0]
    finally:
        server.terminate()
        server.wait()


def take(folder, sites, preview_address, engine, size, page, act, wanted):
    """Opens a page in an engine, does something on it, and gives what the window shows as PNG."""
    if engine == "webkit":
        browser = WebKit(*size)
    else:
        is_old = engine.startswith("chromium-")
        browser = Chromium(str(folder / "node_modules" / engine / "chromium") if is_old else "chromium", *size)
        if not is_old:
            # Without it, a tab that nobody looks at has no focus, and the search closes its list.
            browser.call("Emulation.setFocusEmulationEnabled", enabled=True)
    if engine == "print":
        browser.call("Emulation.setEmulatedMedia", media="print")
    browser.open(preview_address + page[8:] if page.startswith("preview:") else f"{sites.as_uri()}/{page}")
    if page.startswith("preview:"):
        browser.wait_until(CHECKED)
    browser.value(f"{act};0")
    if wanted:
        browser.wait_until(f"!!({wanted})")
    picture = browser.picture()
    browser.close()
    return picture


if __name__ == "__main__":
    main(*sys.argv[1:])
