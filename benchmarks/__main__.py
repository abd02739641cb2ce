"""Measure the builder against bare MkDocs on the same pages: `python -m benchmarks`.

Runs alternate, so that a slow moment of the machine hits both; the table holds medians of the runs
and ratios to the floor, for the time that passed and for that of all processors. With `--report` a
real report is measured as well. Results go to `benchmarks/results/` with date and machine.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.workload import write_floor, write_report

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    processors: float
    """Seconds that all its processes worked."""
    memory: float
    """Peak of its largest process, in MiB."""


def run(command: list[str], folder: Path) -> Cost:
    """What a command takes that must end well."""
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - started
    if status:
        said = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{' '.join(command)} failed:\n{said}")
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


FLOOR = "floor: bare MkDocs"


def measure(pages: int, runs: int, report: Path | None) -> dict[str, dict[str, float]]:
    """Medians of each case over alternating runs."""
    cases: dict[str, list[Cost]] = {}
    with tempfile.TemporaryDirectory() as place:
        root, floor = Path(place, "report"), Path(place, "floor")
        write_report(root, pages)
        write_floor(floor, root)
        build = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(root)]
        build += ["--site-dir", str(Path(place, "site"))]
        bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        for number in range(runs):
            cases.setdefault(FLOOR, []).append(run(bare, floor))
            shutil.rmtree(Path(place, "site"), ignore_errors=True)
            cases.setdefault("cold, no cache", []).append(run([*build, "--no-cache"], PROJECT))
            shutil.rmtree(Path(place, "site"))
            run(build, PROJECT)
            cases.setdefault("nothing changed", []).append(run(build, PROJECT))
            write_report(root, pages, shift=number + 1)
            cases.setdefault("one value changed", []).append(run(build, PROJECT))
            if report is not None:
                real = [*build[:3], "--root", str(report), "--site-dir", str(Path(place, "real"))]
                shutil.rmtree(Path(place, "real"), ignore_errors=True)
                cases.setdefault("real report, cold", []).append(
                    run([*real, "--no-cache"], PROJECT)
                )
                shutil.rmtree(Path(place, "real"))
                run(real, PROJECT)
                shutil.rmtree(Path(place, "real"))
                cases.setdefault("real report, figures kept", []).append(run(real, PROJECT))
                cases.setdefault("real report, nothing changed", []).append(run(real, PROJECT))
        sizes = {"MB written": _weigh(Path(place, "site"))}
        if report is not None:
            sizes["MB written, real report"] = _weigh(Path(place, "real"))
    return summarise(cases) | {"sizes": sizes}


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
    floor = medians[FLOOR]
    return {
        name: {
            "seconds": round(cost.seconds, 3),
            "ratio": round(cost.seconds / floor.seconds, 2),
            "processor seconds": round(cost.processors, 3),
            "processor ratio": round(cost.processors / floor.processors, 2),
            "MiB": round(cost.memory),
        }
        for name, cost in medians.items()
    }


def main() -> None:
    """Measure, print a table and keep the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--report", type=Path, help="a report folder to measure as well")
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    load = os.getloadavg()[0]
    results = measure(chosen.pages, chosen.runs, chosen.report)
    sizes = results.pop("sizes")
    today = dt.datetime.now(dt.UTC).date().isoformat()
    kept = {
        "date": today,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "pages": chosen.pages,
        "figures": 3 * chosen.pages,
        "runs": chosen.runs,
        "load before and after": [round(load, 1), round(os.getloadavg()[0], 1)],
        "results": results,
        **sizes,
    }
    path = PROJECT / "benchmarks" / "results" / f"{today}-{chosen.pages}-pages.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"| {chosen.pages} pages | {' | '.join(results[FLOOR])} |")
    print("|---" * (len(results[FLOOR]) + 1) + "|")
    for name, row in results.items():
        print(f"| {name} | {' | '.join(map(str, row.values()))} |")
    print("".join(f"\n{name}: {size}" for name, size in sizes.items()))


if __name__ == "__main__":
    main()
