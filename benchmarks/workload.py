"""A made-up report of a wanted size: what stands on its pages, and its folder for this project.

Pure but for the writing of files below a folder that is handed in. Values come from a fixed
sequence, so that two runs measure the same work, and a page says the same however many there are.
What peers make of the same pages lies in `peers/`.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

WORDS = {
    "en": "harvest orchard apple pear crate market season rain frost bloom grower store",
    "ru": "урожай сад яблоко груша ящик рынок сезон дождь мороз цветение садовод склад",
    "zh": "收成 果园 苹果 梨 箱子 市场 季节 雨水 霜冻 花期 果农 仓库",
}
YEARS = range(2000, 2025)
FORMS = {"line": "ab", "bars": "ab", "scatter": "bc"}
"""Which parts each of a page's figures shows."""
FIRST = "page-0000"
CHANGED = 2010
"""The year of the value that changes, on the first page."""
NEWEST = 2026
MORE_YEARS = range(YEARS[0], NEWEST)
"""The newest edition of a report with several; each sees a year more than the one before it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on a page, whoever renders it."""

    name: str
    title: str
    rows: Sequence[tuple[int, float, float, float]]
    """Years, each with the values of the parts a, b and c."""

    def speak(self, language: str = "en") -> str:
        """The words of the page: 400 of them."""
        chance = random.Random(f"{self.name} {language}")  # noqa: S311 - no secret, but the same
        words = WORDS[language].split()
        return " ".join(chance.choice(words) for _ in range(400))

    def list_points(self, form: str) -> list[dict[str, object]]:
        """The values of a figure, one by one."""
        parts = FORMS[form]
        return [
            {"year": year, "part": part, "value": values["abc".index(part)]}
            for year, *values in self.rows
            for part in parts
        ]

    def tabulate(self) -> str:
        """Its table as Markdown."""
        lines = ["| Year | a | b | c |", "|---|---|---|---|"]
        lines += [f"| {y} | {a:.3f} | {b:.3f} | {c:.3f} |" for y, a, b, c in self.rows]
        return "\n".join(lines)


def make_sheets(pages: int, shift: int = 0, years: range = YEARS) -> list[Sheet]:
    """So many pages; `shift` adds so many thousandths to one value of the first."""
    changed = CHANGED if years == YEARS else years[-1]
    sheets = []
    for at in range(pages):
        chance = random.Random(f"page {at}")  # noqa: S311 - no secret, but the same every time
        rows = []
        for year in years:
            a, b, c = (round(100 + chance.random() * 50, 3) for _ in range(3))
            more = shift / 1000 if at == 0 and year == changed else 0
            rows.append((year, round(a + more, 3), b, c))
        sheets.append(Sheet(f"page-{at:04}", f"Orchard {at}", rows))
    return sheets


def find_changed(sheets: Sequence[Sheet], at: int = CHANGED) -> float:
    """The value that `shift` changes, of the year `at`."""
    return next(a for year, a, _, _ in sheets[0].rows if year == at)


def write_report(
    root: Path,
    pages: int,
    *,
    shift: int = 0,
    editions: int = 1,
    languages: Sequence[str] = ("en",),
) -> None:
    """A report folder with three figures on each page; `shift` changes one value.

    With several editions a year's values are published in the next year's January, and the value
    that changes is one that only the newest edition sees.
    """
    years = YEARS if editions == 1 else MORE_YEARS
    sheets = make_sheets(pages, shift, years)
    write(root / "data/report.yml", json.dumps({**_REPORT, "languages": list(languages)}))
    for year in range(NEWEST - editions + 1, NEWEST + 1):
        write(root / f"data/editions/{year}.yml", json.dumps(_declare_edition(year)))
    order = [[s.name, "orchard", str(i + 1), s.title, "", ""] for i, s in enumerate(sheets)]
    heads = ["id", "kind", "order", "title", "source", "sections"]
    _write_table(root / "data/framework/pages.csv", [heads, *order])
    _write_table(root / "data/units.csv", _UNITS)
    _write_table(root / "data/sources.csv", _SOURCES)
    series, rows = [_SERIES], {0: [_ROWS]}
    for at, sheet in enumerate(sheets):
        group = rows.setdefault(at // 40, [_ROWS])
        series += [
            [f"{sheet.name}.{part}", f"Crop {part}", "crates", *_SERIES_REST] for part in "abc"
        ]
        for year, *values in sheet.rows:
            published = "2025-12-31" if editions == 1 else f"{year + 1}-01-15"
            for part, value in zip("abc", values, strict=True):
                known = [f"{sheet.name}.{part}", str(year), f"{value:.3f}", "final", published]
                group.append([*known, *_ROW_REST])
        write(root / f"data/figures/{sheet.name}.yml", _declare_figures(sheet.name))
    _write_table(root / "data/series.csv", series)
    for number, group in rows.items():
        _write_table(root / f"data/observations/crops-{number:03}.csv", group)
    for year in range(NEWEST - editions + 1, NEWEST + 1):
        for language in languages:
            folder = root / "site_src" / str(year) / language
            write(folder / "index.md", _HOME)
            for sheet in sheets:
                write(folder / f"orchards/{sheet.name}.md", _fill_form(sheet, language))


def write(path: Path, text: str) -> None:
    """Write a file whose text is another than before: an untouched file keeps its time."""
    if path.is_file() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _declare_edition(year: int) -> dict[str, str]:
    return {
        "id": str(year),
        "cut_off": f"{year}-01-31",
        "released": f"{year}-02-01",
        "title": f"{year} edition",
    }


def _declare_figures(name: str) -> str:
    figures = [
        {
            "id": f"{name}-{form}",
            "form": form,
            "title": f"Crop a came to {{{{ newest_value('{name}.a') }}}}",
            "takeaway": f"{{{{ trend('{name}.a') }}}} {{{{ extremes('{name}.b') }}}}",
            "series": [f"{name}.{part}" for part in parts],
            "labels": {f"{name}.{part}": f"Crop {part}" for part in parts},
        }
        for form, parts in FORMS.items()
    ]
    tiles = [{"series": f"{name}.a", "title": "Crop a"}]
    return json.dumps({"tiles": tiles, "figures": figures}, indent=1)


def _fill_form(sheet: Sheet, language: str) -> str:
    figures = "\n\n".join(f'{{{{ figure("{sheet.name}-{form}") }}}}' for form in FORMS)
    return (
        '{% extends "pages/topic.md.jinja" %}\n'
        f'{{% block finding %}}\n{{{{ trend("{sheet.name}.a") }}}}\n{{% endblock %}}\n'
        f"{{% block intro %}}\n{sheet.speak(language)}\n{{% endblock %}}\n"
        f"{{% block figures %}}\n{figures}\n{{% endblock %}}\n"
        "{% block limits %}\nMade up for measuring.\n{% endblock %}\n"
    )


def _write_table(path: Path, rows: list[list[str]]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerows(rows)
    write(path, buffer.getvalue())


_REPORT = {
    "title": "Orchards",
    "short_title": "Orchards",
    "description": "A made-up report for measuring.",
    "publisher": "Nobody",
    "url": "https://example.org/orchards/",
    "licence": "CC0",
    "kinds": [
        {
            "id": "orchard",
            "folder": "orchards",
            "title": "Orchards",
            "singular": "Orchard",
            "summary": "Made up.",
        }
    ],
}
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
_ROW_REST = ["made_up", "", "", "first"]
