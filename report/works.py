"""What of a report can be cited: an edition, its data, its pages and its figures, as works.

Pure. Knows under which address each of them stays, and who publishes it. Knows nothing of how a
work is written down, nor of what a page holds.
"""

from __future__ import annotations

from datetime import date

from report.addresses import to_address
from report.citations import Work, WorkKind
from report.editions import LATEST
from report.languages import Catalogue
from report.model import Edition, ReportDeclaration

DATA = "data.md"
"""The document that describes an edition's data."""


def locate_edition(declaration: ReportDeclaration, edition: Edition, language: str) -> str:
    """The address under which an edition stays, with a slash at its end; never the newest's."""
    if edition.id == LATEST:
        msg = f"{LATEST} is no edition"
        raise ValueError(msg)
    return f"{declaration.url}{language}/{edition.id}/"


def date_edition(edition: Edition) -> date:
    """The day of an edition as it stands: of its release, or of its newest revision."""
    return max([edition.released, *(revision.day for revision in edition.revisions)])


def name_version(edition: Edition) -> str:
    """The version of an edition: its name, with the number of its newest declared revision."""
    count = len(edition.revisions)
    return edition.id if not count or "-r" in edition.id else f"{edition.id}-r{count}"


def make_edition_work(
    declaration: ReportDeclaration, edition: Edition, catalogue: Catalogue
) -> Work:
    """The whole edition."""
    title = catalogue.text(declaration.title)
    return _make_work(declaration, edition, catalogue, ("edition", title, ""))


def make_dataset_work(
    declaration: ReportDeclaration, edition: Edition, catalogue: Catalogue
) -> Work:
    """The data of an edition, at the page that describes them."""
    report = catalogue.text(declaration.title)
    title = catalogue.gettext("Data of %(report)s", report=report)
    return _make_work(declaration, edition, catalogue, ("dataset", title, to_address(DATA)))


def make_page_work(
    declaration: ReportDeclaration,
    edition: Edition,
    catalogue: Catalogue,
    document: str,
    title: str,
) -> Work:
    """A page; `document` is its path below the words, e.g. `pathways/x.md`."""
    return _make_work(declaration, edition, catalogue, ("page", title, to_address(document)))


def make_figure_work(  # noqa: PLR0913, PLR0917 - where it stands, and what it is called
    declaration: ReportDeclaration,
    edition: Edition,
    catalogue: Catalogue,
    document: str,
    name: str,
    title: str,
    number: str = "",
) -> Work:
    """A figure by its id; `number` is its number alone, e.g. `3.2`."""
    place = f"{to_address(document)}#figure-{name}"
    label = catalogue.gettext("Figure %(number)s", number=number) if number else ""
    return _make_work(declaration, edition, catalogue, ("figure", title, place), label)


def _make_work(
    declaration: ReportDeclaration,
    edition: Edition,
    catalogue: Catalogue,
    what: tuple[WorkKind, str, str],
    number: str = "",
) -> Work:
    """A work of a kind, title, and place below the edition."""
    kind, title, place = what
    whole = kind == "edition"
    version = name_version(edition)
    return Work(
        kind=kind,
        title=title,
        address=locate_edition(declaration, edition, catalogue.language) + place,
        edition=catalogue.text(edition.title),
        publisher=declaration.publisher,
        released=date_edition(edition),
        licence=declaration.licence,
        container="" if whole else catalogue.text(declaration.title),
        number=number,
        # The edition's title says as much while nothing was revised.
        version="" if version == edition.id else version,
        language=catalogue.language,
    )
