"""What stands above the editions: the choice of language and edition, the 404 page, and signposts.

Pure: files by path below the site. Knows which editions there are and how the front doors look
(`templates/site/`). Both pages work without JavaScript and without any other file.
"""

from __future__ import annotations

import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from report.editions import order_edition
from report.environment import make_environment
from report.languages import Catalogue
from report.model import Edition, ReportDeclaration
from report.policies import add_policy
from report.siblings import describe_edition
from report.signposts import ROBOTS, WORDS, write_robots, write_words

NATIVE = {"en": "English", "zh": "中文", "ru": "Русский"}
"""Each language in its own words, as a reader looks for it."""


@dataclass(frozen=True, slots=True)
class Door:
    """A language of the report with its editions, newest first."""

    language: str
    name: str
    title: str
    description: str
    editions: tuple[tuple[str, str, str], ...]
    """Address, title and label of each."""


def make_front(
    declaration: ReportDeclaration,
    editions: Mapping[str, Sequence[Edition]],
    templates: Mapping[str, str],
) -> dict[str, bytes]:
    """The pages, and what tells programs of the editions; `editions` were built, by language."""
    environment = make_environment(templates)
    doors = [
        _open_door(declaration, Catalogue(language), built) for language, built in editions.items()
    ]
    base = urllib.parse.urlsplit(declaration.url).path
    context = {"doors": doors, "report": declaration, "base": base}
    pages = {
        name: environment.get_template(f"site/{name}.jinja").render(context).strip() + "\n"
        for name in ("index.html", "404.html")
    }
    files = {name: add_policy(text).encode() for name, text in pages.items()}
    words = write_words(declaration, list(editions)) if editions else b""
    return files | {".nojekyll": b"", ROBOTS: write_robots(declaration.url), WORDS: words}


def _open_door(
    declaration: ReportDeclaration, catalogue: Catalogue, editions: Sequence[Edition]
) -> Door:
    newest_first = sorted(editions, key=lambda one: order_edition(one.id), reverse=True)
    return Door(
        catalogue.language,
        NATIVE[catalogue.language],
        catalogue.text(declaration.title),
        catalogue.text(declaration.description),
        tuple(
            (edition.id, catalogue.text(edition.title), describe_edition(edition, catalogue))
            for edition in newest_first
        ),
    )
