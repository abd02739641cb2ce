"""A made-up report of a wanted size, and the same pages as plain Markdown for bare MkDocs.

Pure but for the writing of files below a folder that is handed in. Values come from a fixed
sequence, so that two runs measure the same work.
"""

from __future__ import annotations

import csv
import io
import json
import random
from pathlib import Path

WORDS = [
    "harvest",
    "orchard",
    "apple",
    "pear",
    "crate",
    "market",
    "season",
    "rain",
    "frost",
    "bloom",
    "grower",
    "store",
]
YEARS = range(2000, 2025)
FORMS = ("line", "bars", "scatter")


def write_report(root: Path, pages: int, *, shift: int = 0) -> None:
    """A report folder with three figures on each page; `shift` changes one value."""
    chance = random.Random(7)  # noqa: S311 - no secret, but the same every time
    names = [f"page-{number:04}" for number in range(pages)]
    _write(root / "data/report.yml", _REPORT)
    _write(root / "data/editions/2026.yml", _EDITION)
    _write_table(
        root / "data/framework/pages.csv",
        [["id", "kind", "order", "title", "source", "sections"]]
        + [[name, "orchard", str(i + 1), f"Orchard {i}", "", ""] for i, name in enumerate(names)],
    )
    _write_table(root / "data/units.csv", _UNITS)
    _write_table(root / "data/sources.csv", _SOURCES)
    series, rows = [_SERIES], {0: [_ROWS]}
    for at, name in enumerate(names):
        group = rows.setdefault(at // 40, [_ROWS])
        for part in ("a", "b", "c"):
            series.append([f"{name}.{part}", f"Crop {part}", "crates", *_SERIES_REST])
            for year in YEARS:
                value = 100 + chance.random() * 50 + (shift if at == 0 and year == 2010 else 0)
                group.append([f"{name}.{part}", str(year), f"{value:.3f}", *_ROW_REST])
        _write(root / f"data/figures/{name}.yml", _make_figures(name))
        _write(root / f"site_src/2026/en/orchards/{name}.md", _make_words(name, chance))
    _write_table(root / "data/series.csv", series)
    for number, group in rows.items():
        _write_table(root / f"data/observations/crops-{number:03}.csv", group)
    _write(root / "site_src/2026/en/index.md", _HOME)


def write_floor(root: Path, report: Path) -> None:
    """The same words and a table of the same size as bare Markdown, without any figure."""
    chance = random.Random(7)  # noqa: S311 - see above
    for path in sorted((report / "site_src/2026/en/orchards").glob("*.md")):
        words = " ".join(chance.choice(WORDS) for _ in range(400))
        lines = ["| Year | a | b | c |", "|---|---|---|---|"]
        lines += [f"| {y} | {chance.random():.3f} | {chance.random():.3f} | 1 |" for y in YEARS]
        _write(root / "docs" / path.name, f"# {path.stem}\n\n{words}\n\n" + "\n".join(lines))
    _write(root / "docs/index.md", "# Home\n")
    settings = {
        "site_name": "Floor",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
    }
    _write(root / "mkdocs.yml", json.dumps(settings))


def _make_figures(name: str) -> str:
    figures = []
    for form, parts in (("line", "ab"), ("bars", "ab"), ("scatter", "bc")):
        figures.append(
            {
                "id": f"{name}-{form}",
                "form": form,
                "title": f"Crop a came to {{{{ value('{name}.a', 2024) }}}}",
                "takeaway": f"{{{{ trend('{name}.a') }}}} {{{{ extremes('{name}.b') }}}}",
                "series": [f"{name}.{part}" for part in parts],
                "labels": {f"{name}.{part}": f"Crop {part}" for part in parts},
            }
        )
    tiles = [{"series": f"{name}.a", "title": "Crop a"}]
    return json.dumps({"tiles": tiles, "figures": figures}, indent=1)


def _make_words(name: str, chance: random.Random) -> str:
    words = " ".join(chance.choice(WORDS) for _ in range(400))
    figures = "\n\n".join(f'{{{{ figure("{name}-{form}") }}}}' for form in FORMS)
    return (
        '{% extends "pages/topic.md.jinja" %}\n'
        f'{{% block finding %}}\n{{{{ trend("{name}.a") }}}}\n{{% endblock %}}\n'
        f"{{% block intro %}}\n{words}\n{{% endblock %}}\n"
        f"{{% block figures %}}\n{figures}\n{{% endblock %}}\n"
        "{% block limits %}\nMade up for measuring.\n{% endblock %}\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_table(path: Path, rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    _write(path, buffer.getvalue())


_REPORT = """title: Orchards
short_title: Orchards
description: A made-up report for measuring.
publisher: Nobody
url: https://example.org/orchards/
licence: CC0
kinds:
  - {id: orchard, folder: orchards, title: Orchards, singular: Orchard, summary: Made up.}
"""
_EDITION = """id: "2026"
cut_off: 2026-01-31
released: 2026-02-01
title: 2026 edition
"""
_HOME = '{% extends "pages/home.md.jinja" %}\n{% block finding %}\nMade up.\n{% endblock %}\n'
_UNITS = [
    ["id", "title", "pattern", "digits", "minimum", "maximum"],
    ["crates", "crates", "{} crates", "1", "0", ""],
]
_SOURCES = [
    [
        *("id", "producer", "title", "title_lang", "url", "published", "accessed", "licence"),
        *("redistributable", "note"),
    ],
    ["made_up", "Nobody", "Made up", "", "", "2025", "2026-01-15", "CC0", "yes", ""],
]
_SERIES = [
    *("id", "title", "unit", "frequency", "reporter", "geography", "valuation", "definition"),
    *("desired", "sources"),
]
_SERIES_REST = ["annual", "", "", "", "Crates picked, made up.", "none", "made_up"]
_ROWS = [
    *("series", "period", "value", "status", "published", "source", "locator", "note", "reason"),
]
_ROW_REST = ["final", "2025-12-31", "made_up", "", "", "first"]
