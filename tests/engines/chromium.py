"""Drives a Chromium of any age by its debugging protocol: opens pages, asks them, and takes their pictures."""

import base64
import json
import pathlib
import re
import subprocess
import tempfile
import time
import urllib.request

import websocket

# In the words of 2018: the old builds know no `--headless=new`, and their sandbox does not run as root.
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--allow-file-access-from-files", "--remote-debugging-port=0", "--remote-allow-origins=*",
]
# How long the browser may take for one answer, in seconds.
PATIENCE = 60


class Chromium:
    """One browser with one tab. `faults` are the exceptions and the console's messages since the last page was opened."""

    can_search = True

    def __init__(self, program, width, height):
        self.profile = tempfile.TemporaryDirectory(prefix="old-browser-", ignore_cleanup_errors=True)
        command = [program, *FLAGS, f"--user-data-dir={self.profile.name}", "about:blank"]
        # A file and no pipe, which would be full some day and hold the browser up.
        log = pathlib.Path(self.profile.name, "log")
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=log.open("w"))
        while not (address := re.search("DevTools listening on ws://(.*?)/", log.read_text())):
            if self.process.poll() is not None:
                raise RuntimeError(f"{program} did not start:\n{log.read_text()}")
            time.sleep(0.05)
        self.port = address[1]
        version = self._ask_browser("version")["Browser"].split("/")[1].split(".")[0]
        self.name = f"Chromium {version}"
        self.socket = websocket.create_connection(self._first_tab()["webSocketDebuggerUrl"], timeout=PATIENCE)
        self.last_id = 0
        self.loaded = False
        self.faults = []
        for domain in ["Page", "Runtime", "Log"]:
            self.call(f"{domain}.enable")
        self.size(width, height)

    def _ask_browser(self, what):
        with urllib.request.urlopen(f"http://{self.port}/json/{what}", timeout=PATIENCE) as answer:
            return json.load(answer)

    def _first_tab(self):
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for tab in self._ask_browser("list"):
                if tab["type"] == "page":
                    return tab
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} opens no tab")

    def call(self, method, **parameters):
        """Calls a method of the protocol; gives its result."""
        self.last_id += 1
        self.socket.send(json.dumps({"id": self.last_id, "method": method, "params": parameters}))
        while True:
            message = json.loads(self.socket.recv())
            if message.get("id") == self.last_id:
                if "error" in message:
                    raise RuntimeError(f"{self.name}: {method}: {message['error']}")
                return message["result"]
            self._notice(message)

    def _notice(self, message):
        method, given = message.get("method"), message.get("params")
        if method == "Page.loadEventFired":
            self.loaded = True
        elif method == "Runtime.exceptionThrown":
            details = given["exceptionDetails"]
            self.faults.append(details.get("exception", {}).get("description", details["text"]))
        elif method == "Runtime.consoleAPICalled":
            self.faults.append(f"console: {given['args'][0].get('value')}")
        elif method == "Log.entryAdded":
            self.faults.append(f"log: {given['entry']['text']}")

    def size(self, width, height):
        """Sets the size of the window in CSS pixels."""
        self.width, self.height = width, height
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)

    def open(self, address):
        """Goes to a page and waits until it is loaded."""
        self.loaded, self.faults = False, []
        self.call("Page.navigate", url=address)
        until = time.monotonic() + PATIENCE
        while not self.loaded:
            self.value("0")
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name}: {address} does not load")

    def value(self, expression):
        """Gives the value of an expression, or what its promise gives."""
        given = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in given:
            raise RuntimeError(f"{self.name}: {given['exceptionDetails']}")
        return given["result"].get("value")

    def wait_until(self, expression):
        """Waits until an expression is true."""
        until = time.monotonic() + 15
        while not self.value(expression):
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name}: never came true: {expression}")
            time.sleep(0.05)

    def picture(self):
        """Gives what the window shows, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait(PATIENCE)
        self.profile.cleanup()
