"""Sites served as a host of pages would, and looked at in a browser on a slow network.

Knows when first words and the first chart are there, and what a first visit fetches.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import sync_playwright

BASE = "/report"
CHARTS = ".figure__plate svg"
"""What draws in this project's pages."""
WATCH = """
window.seen = {}
new PerformanceObserver(list => { for (const e of list.getEntries())
  if (e.name === "first-contentful-paint") window.seen.paint = e.startTime
}).observe({type: "paint", buffered: true})
const look = () => {
  const charts = [...document.querySelectorAll(CHARTS)]
  if (charts.some(chart => chart.getBoundingClientRect().height))
    window.seen.chart = performance.now()
  else requestAnimationFrame(look)
}
requestAnimationFrame(look)
"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Files below a base path, packed and kept for a while as GitHub Pages does."""

    protocol_version = "HTTP/1.1"
    sent: ClassVar[list[tuple[str, int]]] = []
    """What was asked for since it was emptied, and how many bytes went out."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base's name
        """Say nothing."""

    def do_GET(self) -> None:
        """A file, packed where that pays."""
        path = self.path.partition("?")[0].removeprefix(BASE)
        target = Path(self.directory + path)
        target = target / "index.html" if path.endswith("/") else target
        if not self.path.startswith(BASE) or ".." in path or not target.is_file():
            self.send_error(404)
            return
        body, packed = pack(target)
        self.sent.append((target.suffix, len(body)))
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(str(target)))
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@functools.cache
def pack(target: Path) -> tuple[bytes, bool]:
    """What is sent of a file, and whether it was packed."""
    body = target.read_bytes()
    pays = target.suffix in {".html", ".css", ".js", ".json", ".svg", ".xml"}
    return (gzip.compress(body, 6), True) if pays else (body, False)


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """Where a folder is served for a while."""
    handler = functools.partial(Handler, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}{BASE}"
    server.shutdown()


def watch(browser: str, address: str, charts: str = CHARTS) -> dict[str, float]:
    """When first words and the first chart were there, on a slow network and a slow processor.

    `charts` is a selector of what is drawn; where it is empty, no chart is waited for.
    """
    with sync_playwright() as driver:
        started = driver.chromium.launch(executable_path=browser, args=["--no-sandbox"])
        page = started.new_page(viewport={"width": 390, "height": 844})
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        limits = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8}
        session.send("Network.emulateNetworkConditions", {**limits, "uploadThroughput": 750e3 / 8})
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.add_init_script(WATCH.replace("CHARTS", json.dumps(charts or "nothing")))
        page.goto(address, wait_until="load")
        seen: dict[str, float] = {}
        for _ in range(600):  # a page's own policy lets no text be waited for
            seen = page.evaluate("window.seen")
            if "paint" in seen and ("chart" in seen or not charts):
                break
            page.wait_for_timeout(100)
        page.wait_for_load_state("networkidle")
        started.close()
    names = {"paint": "first paint, s", "chart": "first chart, s"}
    return {words: seen[name] / 1000 for name, words in names.items() if name in seen}


def visit(browser: str, site: Path, page: str, charts: str) -> dict[str, float]:
    """A first visit of a page: when things were there, and what was fetched."""
    with serve(site) as address:
        Handler.sent.clear()
        times = watch(browser, f"{address}/{page.removesuffix('index.html')}", charts)
        sent = list(Handler.sent)
    return times | {
        "requests": len(sent),
        "fetched, kB": sum(size for _, size in sent) / 1000,
        "of it scripts, kB": sum(size for kind, size in sent if kind == ".js") / 1000,
        "the page, kB": len(pack(site / page)[0]) / 1000,
    }
