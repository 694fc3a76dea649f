"""Drives Debian's QtWebKit 602, an engine close to the Safari of iOS 10, by the same names as `chromium.py`."""

import os
import time

# Chosen before Qt is loaded: no screen is needed.
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PyQt5.QtCore import QBuffer, QIODevice, QSize, QUrl
from PyQt5.QtGui import QImage, QPainter
from PyQt5.QtWebKit import qWebKitVersion
from PyQt5.QtWebKitWidgets import QWebPage
from PyQt5.QtWidgets import QApplication

# How long a page may take, in seconds.
PATIENCE = 60


class WebKit:
    """One window. `faults` are the console's messages, which errors of scripts are part of, since the last page was opened."""

    can_search = False

    def __init__(self, width, height):
        self.application = QApplication.instance() or QApplication(["old-browsers"])
        self.name = f"WebKit {qWebKitVersion().split('.')[0]}"
        self.faults = []
        self.page = _Page(self.faults)
        self.page.mainFrame().setScrollBarPolicy(1, 1)
        self.page.mainFrame().setScrollBarPolicy(2, 1)
        self.size(width, height)
        self.is_loaded = False
        self.page.loadFinished.connect(self._finish)

    def _finish(self, _):
        self.is_loaded = True

    def size(self, width, height):
        """Sets the size of the window in CSS pixels."""
        self.width, self.height = width, height
        self.page.setViewportSize(QSize(width, height))

    def open(self, address):
        """Goes to a page and waits until it is loaded."""
        self.faults.clear()
        self.is_loaded = False
        self.page.mainFrame().load(QUrl(address))
        self._wait(lambda: self.is_loaded, f"{address} does not load")
        self.application.processEvents()

    def _wait(self, is_done, complaint):
        until = time.monotonic() + PATIENCE
        while not is_done():
            self.application.processEvents()
            time.sleep(0.01)
            if time.monotonic() > until:
                raise TimeoutError(f"{self.name}: {complaint}")

    def value(self, expression):
        """Gives the value of an expression."""
        self.application.processEvents()
        return self.page.mainFrame().evaluateJavaScript(expression)

    def wait_until(self, expression):
        """Waits until an expression is true."""
        self._wait(lambda: self.value(expression), f"never came true: {expression}")

    def picture(self):
        """Gives what the window shows, as PNG."""
        self.application.processEvents()
        image = QImage(QSize(self.width, self.height), QImage.Format_RGB32)
        painter = QPainter(image)
        self.page.mainFrame().render(painter)
        painter.end()
        buffer = QBuffer()
        buffer.open(QIODevice.WriteOnly)
        image.save(buffer, "PNG")
        return bytes(buffer.data())

    def close(self):
        """Leaves the window to the end of the program: Qt does not bear that one goes while another comes."""
        _kept.append(self)


_kept = []


class _Page(QWebPage):
    def __init__(self, faults):
        super().__init__()
        self.faults = faults

    def javaScriptConsoleMessage(self, words, line, source):
        self.faults.append(f"console: {words} ({source}:{line})")
