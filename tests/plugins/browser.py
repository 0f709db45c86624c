"""A headless Chromium, driven over its DevTools protocol: open a page, run JavaScript in it, wait for what it says.

with Browser(tmp_path) as page:
    page.open("http://127.0.0.1:7860")
    page.wait_for("document.title.length > 0")
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

from websockets.sync.client import ClientConnection, connect

CHROMIUM = shutil.which("chromium")
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--remote-debugging-port=0"),
    *("--disable-dev-shm-usage", "--window-size=1600,2400"),
)
# Looked at with every frame that the page draws.
WAIT = """
new Promise((resolve, reject) => {
  const end = performance.now() + %d;
  const look = () => {
    const value = (%s);
    if (value) resolve(value);
    else if (performance.now() > end) reject(new Error("waited in vain: " + document.body.innerText));
    else requestAnimationFrame(look);
  };
  look();
})
"""


class Browser:
    """One page of one browser, which ends with the context."""

    def __init__(self, profile: Path) -> None:
        self.profile = profile
        self.number = 0

    def __enter__(self) -> Browser:
        assert CHROMIUM is not None
        self.process = subprocess.Popen(
            [CHROMIUM, *QUIET, f"--user-data-dir={self.profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stderr is not None
        address = next(_addresses(self.process.stderr))
        self.socket: ClientConnection = connect(address, max_size=None)
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self._call("Page.enable", self.session)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(30)

    def open(self, address: str) -> None:
        self._call("Page.navigate", self.session, url=address)
        while self._receive().get("method") != "Page.loadEventFired":
            pass

    def run(self, script: str) -> Any:
        """Runs JavaScript; a promise is awaited; what it throws fails the test."""
        settings = {"expression": script, "awaitPromise": True, "returnByValue": True, "userGesture": True}
        answer = self._call("Runtime.evaluate", self.session, **settings)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]["exception"]["description"]
        return answer["result"].get("value")

    def wait_for(self, condition: str, seconds: int = 60) -> Any:
        """The first value of a JavaScript expression that is true."""
        return self.run(WAIT % (seconds * 1000, condition))

    def type(self, text: str) -> None:
        """Types into the element that has the focus, as a keyboard does."""
        self._call("Input.insertText", self.session, text=text)

    def _call(self, method: str, session: str | None = None, **settings: Any) -> dict[str, Any]:
        self.number += 1
        message = {"id": self.number, "method": method, "params": settings}
        self.socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = self._receive()
            if answer.get("id") == self.number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def _receive(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self.socket.recv(timeout=180))
        return message


def _addresses(lines: Any) -> Iterator[str]:
    for line in lines:
        if line.startswith("DevTools listening on "):
            yield line.removeprefix("DevTools listening on ").strip()
