"""What measurements come to: medians, ratios, growth, and tables of them in Markdown.

Pure. Knows costs and rows; knows neither files nor commands.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from benchmarks.measuring import Cost

COLD, SAME, CHANGED = "cold", "nothing changed", "one value changed"
KEPT = "site gone, all kept"
Costs = dict[tuple[str, str], list[Cost]]
"""Costs of all runs, by what was measured and in which case."""
Row = Mapping[str, Any]
"""What one case came to: `what`, `case`, and its numbers."""


def summarise(costs: Costs, floor: str) -> list[Row]:
    """Medians of each case, and ratios to the floor's cold build; none where that is not there."""
    medians = {key: _take_median(of) for key, of in costs.items()}
    base = medians.get((floor, COLD))
    return [
        {
            "what": what,
            "case": case,
            "seconds": round(cost.seconds, 3),
            "ratio": round(cost.seconds / base.seconds, 2) if base else None,
            "processor seconds": round(cost.processors, 3),
            "processor ratio": round(cost.processors / base.processors, 2) if base else None,
            "MiB": round(cost.memory),
            "runs": len(costs[what, case]),
            "fastest": round(min(one.seconds for one in costs[what, case]), 3),
            "slowest": round(max(one.seconds for one in costs[what, case]), 3),
        }
        for (what, case), cost in medians.items()
    ]


def _take_median(costs: Iterable[Cost]) -> Cost:
    seconds, processors, memory = zip(
        *((cost.seconds, cost.processors, cost.memory) for cost in costs), strict=True
    )
    return Cost(*map(statistics.median, (seconds, processors, memory)))


def find_growth(sizes: Sequence[Mapping[str, Any]], what: str, case: str) -> list[Row]:
    """How a case grows with pages: seconds for each page, and against the size before.

    `steepness` is the power of the number of pages by which time grows between two sizes: 1 is
    linear, 0 constant.
    """
    found = [
        (size["pages"], row["processor seconds"])
        for size in sorted(sizes, key=lambda size: size["pages"])
        for row in size["rows"]
        if (row["what"], row["case"]) == (what, case)
    ]
    rows: list[Row] = []
    for at, (pages, seconds) in enumerate(found):
        before = found[at - 1] if at else None
        steepness = _find_power(before, (pages, seconds)) if before else None
        each = round(1000 * seconds / pages, 1)
        rows.append({"pages": pages, "ms for each page": each, "steepness": steepness})
    return rows


def _find_power(before: tuple[int, float], after: tuple[int, float]) -> float:
    more, longer = after[0] / before[0], after[1] / before[1]
    return round(math.log(longer) / math.log(more), 2)


def take_medians(all_: Sequence[Mapping[str, float]]) -> dict[str, float]:
    """The median of each number, over those that have it."""
    names = dict.fromkeys(name for one in all_ for name in one)
    return {
        name: round(statistics.median(one[name] for one in all_ if name in one), 3)
        for name in names
    }


def tabulate(rows: Sequence[Row], columns: Mapping[str, str]) -> str:
    """Rows as a Markdown table; `columns` names the keys that are shown, and their headings."""
    lines = ["| " + " | ".join(columns.values()) + " |", "|---" * len(columns) + "|"]
    lines += ["| " + " | ".join(_show(row.get(key)) for key in columns) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def pivot(rows: Sequence[Row], value: str) -> list[Row]:
    """One row for each thing that was measured, with its `value` in each case."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        found.setdefault(row["what"], {"what": row["what"]})[row["case"]] = row[value]
    return list(found.values())


def _show(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return str(value)


def write_report(kept: Mapping[str, Any], chart: Mapping[str, str]) -> str:
    """All that one command has measured, in words and tables; `chart` names files of charts."""
    load = " to ".join(map(str, kept["load before and after"]))
    parts = [f"# Measured on {kept['date']}", f"{kept['machine']}; load {load}."]
    for name in ("contest", "report"):
        if contest := kept.get(name):
            parts += _tell_contest(contest, chart.get(name, ""))
    if kept.get("sizes"):
        parts += _tell_sizes(kept["sizes"], chart.get("sizes", ""))
    if editions := kept.get("editions"):
        title = f"{editions['editions']} editions in {editions['languages']} languages"
        parts += [f"## {title}, {editions['pages']} pages with charts in each"]
        parts += [tabulate(editions["rows"], {"case": "", **_NUMBERS}), _tell_failed(editions)]
    return "\n\n".join(part.strip() for part in parts if part) + "\n"


_NUMBERS = {
    "seconds": "seconds",
    "processor seconds": "processor seconds",
    "MiB": "peak memory, MiB",
}


def entitle(contest: Mapping[str, Any]) -> str:
    """What a comparison is of."""
    runs = "one run" if contest["runs"] == 1 else f"medians of {contest['runs']} runs"
    what = contest.get("title") or f"{contest['pages']} pages with three charts each"
    return f"{what}, {runs}"


def _tell_contest(contest: Mapping[str, Any], chart: str) -> list[str]:
    rows = contest["rows"]
    cases = {case: case for case in (COLD, KEPT, SAME, CHANGED)}
    parts = [f"## {entitle(contest)}"]
    parts += [f"![Ratios to the floor]({chart})"] if chart else []
    for value, title in (
        ("ratio", "Time that passed, as a multiple of the floor's cold build"),
        ("processor ratio", "Work of all processes, as a multiple of the floor's"),
        ("seconds", "Seconds"),
        ("MiB", "Peak memory of all processes together, MiB"),
    ):
        parts += [f"**{title}**", tabulate(pivot(rows, value), {"what": "", **cases})]
    sizes = [
        {"what": what, "MB": size, "keeps": contest["keeps"].get(what)}
        for what, size in contest["MB"].items()
    ]
    columns = {"what": "", "MB": "MB on disk", "keeps": "kept between builds"}
    parts += ["**The site**", tabulate(sizes, columns)]
    if read := contest.get("read"):
        names = dict.fromkeys(key for row in read for key in row if key != "what")
        parts += ["**The first page in a browser, on a slow network and a slow processor**"]
        parts += [tabulate(read, {"what": "", **{name: name for name in names}})]
    left = [f"Left out: {what}: {lack}." for what, lack in contest["left out"].items()]
    return [*parts, *left, _tell_failed(contest)]


def _tell_sizes(sizes: Sequence[Mapping[str, Any]], chart: str) -> list[str]:
    parts = ["## Growth with pages, one run each"]
    parts += [f"![Processor seconds by pages]({chart})"] if chart else []
    rows = [
        {"pages": size["pages"], "MB": size["MB"].get(row["what"]), **row}
        for size in sizes
        for row in size["rows"]
    ]
    columns = {"pages": "pages", "what": "", "case": "", **_NUMBERS, "MB": "MB on disk"}
    parts += [tabulate(rows, columns)]
    if len(sizes) > 1:
        said = "Steepness 1 is linear growth of processor seconds since the size before, 0 is none."
        parts += [said]
    for what, case in dict.fromkeys((row["what"], row["case"]) for row in rows):
        growth = find_growth(sizes, what, case)
        if len(growth) > 1:
            parts += [f"**{what}, {case}**", tabulate(growth, {name: name for name in growth[0]})]
    return [*parts, *map(_tell_failed, sizes)]


def _tell_failed(found: Mapping[str, Any]) -> str:
    lines = [f"- {case}: {why}" for case, why in found["failed"].items()]
    return f"Failed at {found['pages']} pages:\n\n" + "\n".join(lines) if lines else ""
