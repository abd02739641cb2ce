"""The other editions that a page offers, and what an edition says of itself.

Pure. Knows which documents each edition has and what may be baked into pages that will never
change again: older editions by name, since they do not change either; newer ones only as `latest`,
whose address stays. So its pages are the same whichever editions are built beside it, or later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from report.addresses import to_address
from report.languages import Catalogue
from report.model import Edition, Report
from report.periods import parse_period
from report.problems import Place, Problem


def list_languages(report: Report, edition: Edition) -> tuple[str, ...]:
    """The languages that an edition is published in."""
    return edition.languages or report.declaration.languages


def list_documents(
    report: Report, edition: Edition, language: str, templates: Mapping[str, str]
) -> list[str]:
    """The documents of an edition: what has words, and the overview of each kind."""
    folder = f"site_src/{edition.id}/{language}/"
    words = {name.removeprefix(folder) for name in templates if name.startswith(folder)}
    kinds = {f"{kind.folder}/index.md" for kind in report.declaration.kinds}
    return sorted({name for name in words if name.endswith(".md")} | kinds)


def list_older(report: Report, edition: Edition, language: str) -> list[Edition]:
    """The editions before this one in the same language, newest first."""
    older = [other for other in report.editions if other.id < edition.id]
    return [other for other in older[::-1] if language in list_languages(report, other)]


def describe_edition(edition: Edition, catalogue: Catalogue) -> str:
    """What must be known of an edition beside its title; empty where nothing must."""
    if not edition.retrospective:
        return ""
    month = parse_period(f"{edition.released:%Y-%m}")
    return catalogue.gettext("retrospective, compiled in %(month)s", month=catalogue.period(month))


def offer_editions(
    report: Report, edition: Edition, catalogue: Catalogue, templates: Mapping[str, str]
) -> dict[str, Any]:
    """What the theme shows of editions: titles, labels, older ones with their pages' addresses."""
    gettext = catalogue.gettext
    older = [
        {
            "name": other.id,
            "title": catalogue.text(other.title),
            "label": describe_edition(other, catalogue),
            "pages": [
                to_address(document)
                for document in list_documents(report, other, catalogue.language, templates)
            ],
        }
        for other in list_older(report, edition, catalogue.language)
    ]
    known = gettext("It shows what was known on %(day)s.", day=catalogue.day(edition.cut_off))
    words = (
        *("Editions of this page", "This edition", "Newest edition", "first page"),
        "Read this page in the newest edition.",
    )
    return {
        "edition": catalogue.text(edition.title),
        "label": describe_edition(edition, catalogue),
        "known": known,
        "older": older,
        "edition_words": {word: gettext(word) for word in words},
    }


def check_addresses(
    report: Report, edition: Edition, language: str, templates: Mapping[str, str]
) -> Iterator[Problem]:
    """A problem for each page of the edition before that this one lacks.

    Its address below `latest` would die, where published editions and readers' links lead.
    """
    older = list_older(report, edition, language)[:1]
    own = set(list_documents(report, edition, language, templates))
    for other in older:
        for document in list_documents(report, other, language, templates):
            if document not in own:
                place = Place(f"site_src/{edition.id}/{language}/{document}")
                what = f"the edition {other.id} has this page, and this newer one has not"
                remedy = "keep it, with words that say where to go: its address must not die"
                yield Problem(place, "E524", what, remedy)
