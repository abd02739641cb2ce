"""A small report on rivers, as it is handed to a renderer."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from report.site import SiteSource

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS, THEME = PROJECT / "mkdocs.yml", PROJECT / "templates" / "theme"
WORDS = {
    "index.md": '# Rivers\n\nWords.\n\n<div data-figure="flow"></div>\n\nMore words.\n',
    "reka.md": "# Река Нил\n\nВода течёт.\n\n## 河流\n\n水。[Home](index.md)\n",
    "lists/index.md": "# Lists\n\n| a | b |\n|---|--:|\n| x | 1 |\n",
    "lists/long.md": '# Long\n\n`<div data-figure="code"></div>`\n\n## Part\n\nText.\n',
}
NAME = 'Rivers & "lakes" </title><b id=x>'
TITLES = {"index.md": "Rivers", "reka.md": "Река Нил", "lists/index.md": "Lists"}
TITLES |= {"lists/long.md": "Long"}
NAVIGATION: list[Any] = [
    {"Home": "index.md"},
    {"Река": "reka.md"},
    {"Lists": ["lists/index.md", {"Long": "lists/long.md"}]},
]


def make_source(words: Mapping[str, str] = WORDS, **changes: Any) -> SiteSource:
    """A small report on rivers."""
    values: dict[str, Any] = {
        "language": "en",
        "edition": "2026",
        "title": NAME,
        "clock": 1_764_028_800,
        "documents": words,
        "files": {
            "feed.xml": b"<feed/>",
            "assets/fonts.css": b"",
            "assets/figures.css": b"",
            "assets/charts.js": b"",
            **{
                f"assets/{path.name}": path.read_bytes()
                for path in (PROJECT / "site_src" / "assets").iterdir()
            },
        },
        "navigation": NAVIGATION,
        "titles": TITLES,
        "extra": {"words": {}, "version": {"provider": "mike", "default": "latest"}},
        "url": "https://example.org/rivers/",
    }
    return SiteSource(**{**values, **changes})
