"""Builds run one after the other: each peer cold, with nothing changed, and with one value changed.

Runs alternate and each begins with another peer, so that a slow moment of the machine hits all.
A case that fails or takes too long is told of and leaves the others. After a change each page must
show the new value: else the case fails.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.browsing import visit
from benchmarks.measuring import CommandFailed, run
from benchmarks.peers.peer import Peer
from benchmarks.summaries import CHANGED, COLD, KEPT, SAME, Costs, summarise, take_medians

CASES = (COLD, KEPT, SAME, CHANGED)
FRESH = time.time_ns() % 1000
"""Thousandths by which values differ from those of an earlier measurement, which may be kept."""


@dataclass
class Contest:
    """What was measured of some pages, and what went wrong."""

    pages: int
    place: Path
    timeout: float
    costs: Costs = field(default_factory=dict)
    """Costs of all runs, by peer and case."""
    failed: dict[str, str] = field(default_factory=dict)
    weights: dict[str, float] = field(default_factory=dict)
    """Sites in MB, by peer."""
    shift: int = 0

    def measure(self, peer: Peer, case: str, command: Sequence[str], folder: Path) -> bool:
        """Run a command once and note what it took; tells whether it ended well."""
        try:
            cost = run(command, folder, self.timeout, peer.environment)
        except CommandFailed as failure:
            self.fail(peer, case, failure.brief, str(failure))
            return False
        self.costs.setdefault((peer.name, case), []).append(cost)
        say(f"{self.pages} pages, {peer.name}, {case}: {cost.seconds:.1f} s")
        return True

    def fail(self, peer: Peer, case: str, why: str, said: str = "") -> None:
        """Note that a case has not ended well; what was said of it is told, and not kept."""
        self.failed[f"{peer.name}, {case}"] = why
        say(f"{self.pages} pages, {peer.name}, {case}: {said or why}")

    def find_folder(self, peer: Peer) -> Path:
        """The folder of a peer."""
        return self.place / re.sub(r"\W+", "-", peer.name)

    def run_peer(self, peer: Peer, cases: Sequence[str] = CASES) -> None:
        """Each case once; where one fails, those that follow from it are left out."""
        folder = self.find_folder(peer)
        peer.write(folder, self.pages, self.shift)
        peer.clear(folder)
        if COLD in cases:
            if not self.measure(peer, COLD, peer.build_cold(folder), folder):
                return
            self.weights[peer.name] = weigh(peer.find_site(folder))
        if not set(cases) - {COLD}:
            return
        if peer.fills:
            peer.clear(folder)
            try:
                run(peer.build(folder), folder, self.timeout, peer.environment)
            except CommandFailed as failure:
                self.fail(peer, "filling what it keeps", failure.brief, str(failure))
                return
            if KEPT in cases:
                peer.clear(folder)
                self.measure(peer, KEPT, peer.build(folder), folder)
        if SAME in cases and not self.measure(peer, SAME, peer.build(folder), folder):
            return
        if CHANGED in cases:
            peer.write(folder, self.pages, self.shift + 1000)
            if self.measure(peer, CHANGED, peer.build(folder), folder):
                self.check(peer, folder)

    def check(self, peer: Peer, folder: Path) -> None:
        """Whether the first page shows the changed value."""
        page = peer.find_site(folder) / peer.find_page()
        wanted = peer.tell_changed(self.pages, self.shift + 1000)
        if not page.is_file():
            self.fail(peer, CHANGED, "the first page is not there")
        elif wanted and wanted not in page.read_text(encoding="utf-8"):
            self.fail(peer, CHANGED, f"the first page does not show {wanted}")

    def summarise(self, runs: int, floor: str) -> dict[str, Any]:
        """All that is kept of it."""
        return {
            "pages": self.pages,
            "runs": runs,
            "rows": summarise(self.costs, floor),
            "MB": self.weights,
            "failed": self.failed,
        }


def contend(
    peers: Sequence[Peer], pages: int, runs: int, timeout: float, browser: str = ""
) -> dict[str, Any]:
    """All cases of all peers in alternating runs; medians, and ratios to the first peer's.

    Where a browser is named, it visits the first page of each as often.
    """
    lacking = {peer.name: lack for peer in peers if (lack := peer.find_lack())}
    for name, lack in lacking.items():
        say(f"{name} is left out: {lack}")
    there = [peer for peer in peers if peer.name not in lacking]
    read: dict[str, list[dict[str, float]]] = {}
    with make_place() as place:
        contest = Contest(pages, place, timeout)
        for number in range(runs):
            begin = number % len(there)
            contest.shift = FRESH + 2000 * number
            for peer in there[begin:] + there[:begin]:
                contest.run_peer(peer)
        for peer in there * runs if browser else ():
            site = peer.find_site(contest.find_folder(peer))
            if peer.visited and (site / peer.find_page()).is_file():
                say(f"{peer.name}, in a browser")
                read.setdefault(peer.name, []).append(
                    visit(browser, site, peer.find_page(), peer.charts)
                )
        found = contest.summarise(runs, peers[0].name)
    seen = [{"what": name, **take_medians(all_)} for name, all_ in read.items()]
    keeps = {peer.name: peer.keeps for peer in there}
    return {**found, "read": seen, "keeps": keeps, "left out": lacking}


def grow(plan: Sequence[tuple[Peer, Sequence[str]]], pages: int, timeout: float) -> dict[str, Any]:
    """Some cases of some peers once, at another size."""
    with make_place() as place:
        contest = Contest(pages, place, timeout, shift=FRESH)
        for peer, cases in plan:
            if lack := peer.find_lack():
                say(f"{peer.name} is left out: {lack}")
            else:
                contest.run_peer(peer, cases)
        return contest.summarise(1, plan[0][0].name)


@contextmanager
def make_place() -> Iterator[Path]:
    """A folder that is there for a while."""
    with tempfile.TemporaryDirectory() as place:
        yield Path(place)


def weigh(folder: Path) -> float:
    """All files of a folder in MB."""
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def say(text: str) -> None:
    """Tell a person who waits."""
    print(text, file=sys.stderr, flush=True)
