"""Measure the builder against bare MkDocs on the same pages: `python -m benchmarks`.

Runs alternate, so that a slow moment of the machine hits all; the table holds medians of the runs
and ratios to the floor, for the time that passed and for that of all processors. With `--report` a
real report is measured as well, with `--scale` also made-up ones of other sizes, once each. A case
that fails is told of and leaves the others. Results go to `benchmarks/results/` with date, machine
and load.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.measuring import CommandFailed, Cost, adopt_orphans, run
from benchmarks.workload import write_floor, write_report

PROJECT = Path(__file__).resolve().parent.parent
FLOOR = "floor: bare MkDocs"
Case = tuple[str, list[str], Path]
"""What is measured, by which command, in which folder."""


class Bench:
    """A made-up report of some pages with its floor, and what building them took."""

    def __init__(self, place: Path, pages: int) -> None:
        self.place, self.pages = place, pages
        self.root, self.floor, self.site = place / "report", place / "floor", place / "site"
        self.costs: dict[str, list[Cost]] = {}
        self.failed: dict[str, str] = {}
        self.shift = 0
        write_report(self.root, pages)
        write_floor(self.floor, self.root)

    def measure(self, name: str, command: list[str], folder: Path = PROJECT) -> None:
        """Run a command once and note what it took."""
        try:
            self.costs.setdefault(name, []).append(run(command, folder))
        except CommandFailed as failure:
            self.failed[name] = str(failure)
            print(f"{name}: {failure}", file=sys.stderr)

    def build(self, *options: str) -> list[str]:
        """The command that builds the report."""
        where = ["--root", str(self.root), "--site-dir", str(self.site)]
        return [sys.executable, str(PROJECT / "build.py"), "site", *where, *options]

    def change_value(self) -> None:
        """Give one observation another value."""
        self.shift += 1
        write_report(self.root, self.pages, shift=self.shift)

    def measure_once(self) -> None:
        """Each case of the pages alone, one after the other."""
        bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        self.measure(FLOOR, bare, self.floor)
        self.clear()
        self.measure("cold, no cache", self.build("--pages-only", "--no-cache"))
        self.clear()
        self.measure("(fills the cache)", self.build("--pages-only"))
        self.measure("nothing changed", self.build("--pages-only"))
        self.change_value()
        self.measure("one value changed", self.build("--pages-only"))

    def measure_whole(self) -> None:
        """The same with all that readers can take away."""
        self.clear()
        self.measure("cold, no cache, with all downloads", self.build("--no-cache"))
        self.measure("(fills the cache, with all downloads)", self.build())
        self.change_value()
        self.measure("one value changed, with all downloads", self.build())

    def measure_report(self, report: Path) -> None:
        """A real report's pages."""
        build = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(report)]
        build += ["--site-dir", str(self.place / "real"), "--pages-only"]
        shutil.rmtree(self.place / "real", ignore_errors=True)
        self.measure("real report, cold", [*build, "--no-cache"])
        shutil.rmtree(self.place / "real", ignore_errors=True)
        self.measure("(fills the cache, real report)", build)
        shutil.rmtree(self.place / "real", ignore_errors=True)
        self.measure("real report, all kept", build)
        self.measure("real report, nothing changed", build)

    def clear(self) -> None:
        """Take the built site away."""
        shutil.rmtree(self.site, ignore_errors=True)

    def summarise(self) -> dict[str, Any]:
        """Medians of each case, ratios to the floor's, sizes, and what failed."""
        found: dict[str, Any] = {
            name: row for name, row in summarise(self.costs).items() if name[0] != "("
        }
        sizes = {name: _weigh(self.place / name) for name in ("site", "real")}
        written = {name: size for name, size in sizes.items() if size}
        return {"pages": self.pages, "results": found, "MB": written, "failed": self.failed}


def _weigh(folder: Path) -> float:
    return round(sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6, 1)


def summarise(cases: dict[str, list[Cost]]) -> dict[str, dict[str, float]]:
    """Medians, and ratios to the floor's."""
    medians = {
        name: Cost(
            statistics.median(cost.seconds for cost in costs),
            statistics.median(cost.processors for cost in costs),
            statistics.median(cost.memory for cost in costs),
        )
        for name, costs in cases.items()
    }
    floor = medians.get(FLOOR, Cost(float("nan"), float("nan"), 0))
    return {
        name: {
            "seconds": round(cost.seconds, 3),
            "ratio": round(cost.seconds / floor.seconds, 2),
            "processor seconds": round(cost.processors, 3),
            "processor ratio": round(cost.processors / floor.processors, 2),
            "MiB of all processes": round(cost.memory),
        }
        for name, cost in medians.items()
    }


def measure(chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """The wanted size in alternating runs, then each other size once."""
    with tempfile.TemporaryDirectory() as place:
        bench = Bench(Path(place), chosen.pages)
        for _ in range(chosen.runs):
            bench.measure_once()
            if chosen.whole:
                bench.measure_whole()
            if chosen.report is not None:
                bench.measure_report(chosen.report)
        yield bench.summarise() | {"runs": chosen.runs}
    for pages in chosen.scale:
        with tempfile.TemporaryDirectory() as place:
            bench = Bench(Path(place), pages)
            bench.measure_once()
            yield bench.summarise() | {"runs": 1}


def show(found: dict[str, Any]) -> None:
    """A table of what was measured at one size."""
    rows = found["results"]
    names = list(next(iter(rows.values()))) if rows else []
    print(f"\n| {found['pages']} pages | {' | '.join(names)} |")
    print("|---" * (len(names) + 1) + "|")
    for name, row in rows.items():
        print(f"| {name} | {' | '.join(map(str, row.values()))} |")
    print(f"\nMB written: {found['MB']}", flush=True)


def main() -> None:
    """Measure, print tables and keep the results after each size."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--report", type=Path, help="a report folder to measure as well")
    parser.add_argument("--whole", action="store_true", help="with all downloads as well")
    parser.add_argument("--scale", type=int, nargs="*", default=[], help="other sizes, in pages")
    chosen = parser.parse_args()
    adopt_orphans()
    load = os.getloadavg()[0]
    now = dt.datetime.now(dt.UTC)
    kept: dict[str, Any] = {
        "date": now.date().isoformat(),
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "sizes": [],
    }
    path = PROJECT / "benchmarks" / "results" / f"{now:%Y-%m-%d-%H%M}-{chosen.pages}-pages.json"
    path.parent.mkdir(exist_ok=True)
    for found in measure(chosen):
        kept["sizes"].append(found)
        kept["load before and after"] = [round(load, 1), round(os.getloadavg()[0], 1)]
        path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
        show(found)


if __name__ == "__main__":
    main()
