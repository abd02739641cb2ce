"""From an edit to the page that shows it, as an editor waits for it: `python -m benchmarks.edits`.

This project's `serve` beside that of bare MkDocs on the same words and table without figures. In
turns, one value is changed in each, and its page is asked for until it shows the value; the median
goes to `benchmarks/results/` with date, machine and load.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from benchmarks.measuring import describe_machine
from benchmarks.peers.material import Floor
from benchmarks.peers.own import Own
from benchmarks.peers.peer import PROJECT, Peer

PAUSE = 0.005
"""Seconds between two looks at a page."""
LIMIT = 300.0
STEP = 1000
"""By how much the value changes each time: no other value of a page is written like it."""


class Served(Exception):
    """A page that did not come to show what it should."""


def find_port() -> int:
    """One that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def make_command(peer: Peer, folder: Path, port: int) -> list[str]:
    """The command that serves a peer's pages and watches what they are made from."""
    if isinstance(peer, Own):
        root, site = str(peer.find_root(folder)), str(peer.find_site(folder))
        command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", root]
        return [*command, "--site-dir", site, "--port", str(port)]
    return [sys.executable, "-m", "mkdocs", "serve", "--quiet", "-a", f"127.0.0.1:{port}"]


@contextmanager
def serve(peer: Peer, folder: Path, port: int) -> Iterator[None]:
    """The peer's server while the block lasts."""
    process = subprocess.Popen(
        make_command(peer, folder, port),
        cwd=PROJECT if isinstance(peer, Own) else folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def is_shown(address: str, text: str) -> bool:
    """Whether a page holds a text."""
    try:
        with urllib.request.urlopen(address) as page:  # noqa: S310 - on this machine
            return text in page.read().decode()
    except (urllib.error.URLError, ConnectionError):
        return False  # it is not there yet, or just being put there


def wait_until_shown(address: str, text: str) -> float:
    """Seconds until a page holds a text."""
    begun = time.perf_counter()
    while time.perf_counter() - begun < LIMIT:
        if is_shown(address, text):
            return time.perf_counter() - begun
        time.sleep(PAUSE)
    raise Served(address.rpartition("/")[0])


def measure(pages: int, edits: int) -> dict[str, list[float]]:
    """Seconds of each edit by peer, in turns; the first of each warms and is left out."""
    peers: list[Peer] = [Floor(), Own()]
    seconds: dict[str, list[float]] = {peer.name: [] for peer in peers}
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        addresses = {}
        for number, peer in enumerate(peers):
            folder, port = Path(place) / str(number), find_port()
            peer.write(folder, pages)
            stack.enter_context(serve(peer, folder, port))
            page = peer.find_page().removesuffix("index.html")
            addresses[peer.name] = f"http://127.0.0.1:{port}/{page}"
            wait_until_shown(addresses[peer.name], peer.tell_changed(pages, 0))
        for shift in range(STEP, STEP * (edits + 2), STEP):
            for number, peer in enumerate(peers):
                time.sleep(1)  # until it watches again
                text = peer.tell_changed(pages, shift)
                is_new = not is_shown(addresses[peer.name], text)
                peer.write(Path(place) / str(number), pages, shift)
                taken = wait_until_shown(addresses[peer.name], text)
                if shift > STEP and is_new:  # else the wait would tell nothing
                    seconds[peer.name].append(round(taken, 3))
    return seconds


def main() -> None:
    """Measure, say and keep."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.edits", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--edits", type=int, default=5)
    chosen = parser.parse_args()
    before = os.getloadavg()[0]
    seconds = measure(chosen.pages, chosen.edits)
    medians = {name: statistics.median(all_) for name, all_ in seconds.items()}
    floor = medians[Floor.name]
    now = dt.datetime.now(dt.UTC)
    kept = {
        "date": now.date().isoformat(),
        "machine": describe_machine(),
        "pages": chosen.pages,
        "seconds from an edit to its page": seconds,
        "load before and after": [round(before, 1), round(os.getloadavg()[0], 1)],
    }
    path = PROJECT / "benchmarks" / "results" / f"edits-{now:%Y-%m-%d}.json"
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    for name, median in medians.items():
        print(f"{name}: {median:.2f} s, {median / floor:.2f} of MkDocs' own")


if __name__ == "__main__":
    main()
