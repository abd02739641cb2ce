"""Measure the builder against bare MkDocs on the same pages: `python -m benchmarks`.

Runs alternate, so that a slow moment of the machine hits both; the table holds medians of the runs
and ratios to the floor. Results go to `benchmarks/results/` with date and machine.
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
from pathlib import Path

from benchmarks.workload import write_floor, write_report

PROJECT = Path(__file__).resolve().parent.parent


def run(command: list[str], folder: Path) -> tuple[float, float]:
    """Seconds and peak memory in MiB of a command that must end well."""
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
    return seconds, usage.ru_maxrss / 1024


def measure(pages: int, runs: int) -> dict[str, dict[str, float]]:
    """Medians of each case over alternating runs."""
    cases: dict[str, list[tuple[float, float]]] = {}
    with tempfile.TemporaryDirectory() as place:
        root, floor = Path(place, "report"), Path(place, "floor")
        write_report(root, pages)
        write_floor(floor, root)
        build = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(root)]
        build += ["--site-dir", str(Path(place, "site"))]
        bare = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--clean"]
        for number in range(runs):
            cases.setdefault("floor: bare MkDocs", []).append(run(bare, floor))
            shutil.rmtree(Path(place, "site"), ignore_errors=True)
            cases.setdefault("cold, no cache", []).append(run([*build, "--no-cache"], PROJECT))
            run(build, PROJECT)
            cases.setdefault("nothing changed", []).append(run(build, PROJECT))
            write_report(root, pages, shift=number + 1)
            cases.setdefault("one value changed", []).append(run(build, PROJECT))
    floor_time = statistics.median(seconds for seconds, _ in cases["floor: bare MkDocs"])
    return {
        name: {
            "seconds": round(statistics.median(seconds for seconds, _ in found), 3),
            "ratio": round(statistics.median(seconds for seconds, _ in found) / floor_time, 2),
            "MiB": round(statistics.median(memory for _, memory in found)),
        }
        for name, found in cases.items()
    }


def main() -> None:
    """Measure, print a table and keep the results."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5)
    chosen = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    results = measure(chosen.pages, chosen.runs)
    today = dt.datetime.now(dt.UTC).date().isoformat()
    kept = {
        "date": today,
        "machine": f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, "
        f"Python {platform.python_version()}",
        "pages": chosen.pages,
        "figures": 3 * chosen.pages,
        "runs": chosen.runs,
        "results": results,
    }
    path = PROJECT / "benchmarks" / "results" / f"{today}-{chosen.pages}-pages.json"
    path.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    print(f"| {chosen.pages} pages, {3 * chosen.pages} figures | seconds | ratio | MiB |")
    print("|---|---|---|---|")
    for name, row in results.items():
        print(f"| {name} | {row['seconds']} | {row['ratio']} | {row['MiB']} |")


if __name__ == "__main__":
    main()
