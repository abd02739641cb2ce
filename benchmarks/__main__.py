"""Measure the builder against its floor and its peers: `python -m benchmarks`.

At one size all cases of all peers that are installed, in alternating runs; with `--scale` other
sizes once each, with `--editions` a report of many editions in three languages, with `--report` a
real report in the place of the made-up one. Results go to
`benchmarks/results/` with date, machine and load, as JSON, and from it tables and charts. Each part
is kept as soon as it is there. `--render` writes tables and charts of an earlier result again.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.contests import CASES, contend, grow
from benchmarks.drawings import draw_contest, draw_growth
from benchmarks.measuring import adopt_orphans, describe_machine
from benchmarks.peers import FLOOR, OWN, OWN_ZENSICAL, ZENSICAL, list_peers
from benchmarks.peers.own import Editions, Own
from benchmarks.peers.reports import count_pages, list_report_peers
from benchmarks.summaries import COLD, write_report
from tests.browser.chromium import find_chromium

RESULTS = Path(__file__).resolve().parent / "results"


def measure(chosen: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Each part of what is kept, when it is there."""
    if chosen.report:
        found = list_report_peers(chosen.report)
        pages = count_pages(chosen.report)
        title = f"A real report, {pages} pages of all its editions"
        contest = contend(found, pages, chosen.runs, chosen.timeout)
        yield {"report": {**contest, "title": title}}
    elif chosen.runs:
        peers = [*list_peers(), *([Own(whole=True)] if chosen.whole else [])]
        wanted = [FLOOR, *(peer for peer in peers[1:] if is_wanted(peer.name, chosen.only))]
        browser = (find_chromium() or "") if chosen.browser else ""
        yield {"contest": contend(wanted, chosen.pages, chosen.runs, chosen.timeout, browser)}
    sizes: list[dict[str, Any]] = []
    for pages in chosen.scale:
        asked = tuple(case for case in CASES if not chosen.cases or case in chosen.cases)
        plan = [(FLOOR, (COLD,)), (ZENSICAL, (COLD,)), (OWN, asked)]
        plan += [(OWN_ZENSICAL, (COLD,))] if COLD in asked else []
        wanted_plan = [one for one in plan if is_wanted(one[0].name, chosen.only)]
        if wanted_plan:
            sizes.append(grow(wanted_plan, pages, chosen.timeout))
        yield {"sizes": sizes}
    if chosen.editions:
        peer = Editions(chosen.editions)
        grown = grow([(peer, CASES)], chosen.edition_pages, chosen.timeout)
        yield {"editions": {**grown, "editions": chosen.editions, "languages": 3}}


def read_pattern(text: str) -> re.Pattern[str]:
    """A pattern as typed; raises what argparse tells of."""
    try:
        return re.compile(text, re.IGNORECASE)
    except re.error as error:
        raise argparse.ArgumentTypeError(f"{text!r} is no pattern: {error}") from None


def is_wanted(name: str, only: Sequence[re.Pattern[str]]) -> bool:
    """Whether a peer's name matches one of the patterns, or there is none."""
    return not only or any(pattern.search(name) for pattern in only)


def keep(path: Path, kept: Mapping[str, Any]) -> None:
    """Write the results, and tables and charts of them beside it."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    charts = {}
    for name in ("contest", "report"):
        if kept.get(name, {}).get("rows"):
            charts[name] = draw_contest(kept[name])
    if len([size for size in kept.get("sizes", ()) if size["rows"]]) > 1:
        charts["sizes"] = draw_growth(kept["sizes"])
    names = {}
    for what, svg in charts.items():
        target = path.with_name(f"{path.stem}-{what}.svg")
        target.write_text(svg, encoding="utf-8")
        names[what] = target.name
    path.with_suffix(".md").write_text(write_report(kept, names), encoding="utf-8")


def main() -> None:
    """Measure and keep, or only write what was kept again."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--runs", type=int, default=5, help="0 leaves out the comparison")
    parser.add_argument(
        "--only", nargs="*", type=read_pattern, default=[], help="peers whose names fit a pattern"
    )
    parser.add_argument("--report", type=Path, help="a report folder to measure instead")
    parser.add_argument("--whole", action="store_true", help="with all downloads as well")
    parser.add_argument("--browser", action="store_true", help="visit a page of each as well")
    parser.add_argument("--scale", type=int, nargs="*", default=[], help="other sizes, in pages")
    parser.add_argument("--cases", nargs="*", default=[], choices=CASES, help="of other sizes")
    parser.add_argument("--editions", type=int, default=0, help="a report of so many editions")
    parser.add_argument("--edition-pages", type=int, default=10, help="pages of each edition")
    parser.add_argument("--timeout", type=float, default=3600, help="seconds for each build")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results are kept")
    parser.add_argument("--render", type=Path, help="results to write tables and charts of")
    chosen = parser.parse_args()
    if chosen.render:
        keep(chosen.render, json.loads(chosen.render.read_text(encoding="utf-8")))
        return
    adopt_orphans()
    load, now = os.getloadavg()[0], dt.datetime.now(dt.UTC)
    kept: dict[str, Any] = {
        "date": now.date().isoformat(),
        "machine": describe_machine(),
    }
    path = chosen.results / f"{now:%Y-%m-%d-%H%M}.json"
    for found in measure(chosen):
        kept |= found
        kept["load before and after"] = [round(load, 1), round(os.getloadavg()[0], 1)]
        keep(path, kept)
    if path.is_file():
        print(path.with_suffix(".md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
