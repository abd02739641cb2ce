"""The other editions that a page offers, and what an edition says of itself.

Pure. Knows which documents each edition has and what may be baked into pages that will never
change again: older editions by name, newer ones only as `latest`, whose address stays. A frozen
edition offers those that it offered when it was frozen, under the titles that they had by then. So
its pages are the same whichever editions are begun beside it, or later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from report.addresses import to_address
from report.editions import order_edition
from report.languages import Catalogue
from report.model import Edition, Report
from report.periods import parse_period
from report.problems import Place, Problem


def list_languages(report: Report, edition: Edition) -> tuple[str, ...]:
    """The languages that an edition is published in; a frozen one stays in those it had."""
    languages, known = edition.languages or report.declaration.languages, report.frozen
    if edition.id not in known:
        return languages
    return tuple(name for name in languages if f"language/{name}" in known[edition.id])


def list_documents(
    report: Report, edition: Edition, language: str, templates: Mapping[str, str]
) -> list[str]:
    """The documents of an edition: what has words, and the overview of each kind."""
    folder = f"site_src/{edition.id}/{language}/"
    words = {name.removeprefix(folder) for name in templates if name.startswith(folder)}
    known = report.frozen.get(edition.id)
    kinds = {
        f"{kind.folder}/index.md"
        for kind in report.declaration.kinds
        if known is None or f"kind/{kind.id}" in known
    }
    return sorted({name for name in words if name.endswith(".md")} | kinds)


def list_older(report: Report, edition: Edition, language: str) -> list[Edition]:
    """The editions before this one in the same language, newest first.

    Of a frozen edition only those that it offered when it was frozen.
    """
    place = order_edition(edition.id)
    older = sorted(
        (other for other in report.editions if order_edition(other.id) < place),
        key=lambda other: order_edition(other.id),
        reverse=True,
    )
    if edition.id in report.offers:
        offered = {one["name"] for one in report.offers[edition.id].get(language, ())}
        return [other for other in older if other.id in offered]
    return [other for other in older if language in list_languages(report, other)]


def list_offers(
    report: Report, edition: Edition, catalogue: Catalogue, templates: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Name, title, label and pages' addresses of each older edition, newest first."""
    if edition.id in report.offers:
        return [dict(one) for one in report.offers[edition.id].get(catalogue.language, ())]
    return [
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


def describe_edition(edition: Edition, catalogue: Catalogue) -> str:
    """What must be known of an edition beside its title; empty where nothing must."""
    if not edition.retrospective:
        return ""
    month = parse_period(f"{edition.released:%Y-%m}")
    return catalogue.gettext("retrospective, compiled in %(month)s", month=catalogue.period(month))


def plan_next(edition: Edition, catalogue: Catalogue) -> str:
    """For when the edition after this one is planned, in words; empty where none is."""
    if not edition.next_release:
        return ""
    planned = catalogue.period(parse_period(edition.next_release))
    return catalogue.gettext("planned for %(period)s", period=planned)


def offer_editions(
    report: Report, edition: Edition, catalogue: Catalogue, templates: Mapping[str, str]
) -> dict[str, Any]:
    """What the theme shows of editions: titles, labels, older ones with their pages' addresses."""
    gettext = catalogue.gettext
    known = gettext("It shows what was known on %(day)s.", day=catalogue.day(edition.cut_off))
    words = (
        *("Editions of this page", "This edition", "Newest edition", "first page"),
        "Read this page in the newest edition.",
    )
    return {
        "edition": catalogue.text(edition.title),
        "label": describe_edition(edition, catalogue),
        "known": known,
        "released": catalogue.day(edition.released),
        "next": plan_next(edition, catalogue),
        "older": list_offers(report, edition, catalogue, templates),
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
