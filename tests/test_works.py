"""What is cited stays where the citation says: at the edition's own address."""

from __future__ import annotations

import datetime as dt

import pytest

from report.citations import Work
from report.editions import EditionRevision
from report.model import Edition
from report.works import (
    make_dataset_work,
    make_edition_work,
    make_figure_work,
    make_page_work,
)
from tests.examples import ENGLISH, make_second_report

DECLARATION = make_second_report().declaration
EDITION = make_second_report().editions[0]
HOME = "https://example.org/bicycles/en/2026/"


def list_works(edition: Edition) -> list[Work]:
    """One work of each kind."""
    document = "corridors/path-river.md"
    return [
        make_edition_work(DECLARATION, edition, ENGLISH),
        make_dataset_work(DECLARATION, edition, ENGLISH),
        make_page_work(DECLARATION, edition, ENGLISH, document, "River path"),
        make_figure_work(DECLARATION, edition, ENGLISH, document, "river-use", "More trips", "1.2"),
    ]


def test_each_work_has_the_address_of_its_edition() -> None:
    """An edition, its data, a page and a figure."""
    assert [work.address for work in list_works(EDITION)] == [
        HOME,
        f"{HOME}data/",
        f"{HOME}corridors/path-river/",
        f"{HOME}corridors/path-river/#figure-river-use",
    ]
    assert [work.kind for work in list_works(EDITION)] == ["edition", "dataset", "page", "figure"]


def test_parts_name_the_whole() -> None:
    """The report around them, the edition, the publisher; the figure its number as well."""
    edition, *parts = list_works(EDITION)

    assert edition.container == ""
    assert edition.title == "Bicycle corridors of North Town and South Town"
    assert {part.container for part in parts} == {edition.title}
    assert {work.publisher for work in (edition, *parts)} == {"Example publisher"}
    assert {work.edition for work in (edition, *parts)} == {"Edition 2026"}
    assert {work.licence for work in (edition, *parts)} == {"CC0 1.0"}
    assert [part.number for part in parts] == ["", "", "Figure 1.2"]


def test_a_revised_edition_is_cited_as_it_stands() -> None:
    """By the day and the number of its newest revision; before that by the day of its release."""
    revision = EditionRevision(
        day=dt.date(2026, 9, 1),
        reason="correction",
        what={"en": "A number was wrong."},
        conclusion_changed=False,
    )
    revised = EDITION.model_copy(update={"revisions": (revision,)})

    assert {(work.released, work.version) for work in list_works(EDITION)} == {
        (dt.date(2026, 7, 1), "")
    }
    assert {(work.released, work.version) for work in list_works(revised)} == {
        (dt.date(2026, 9, 1), "2026-r1")
    }


def test_the_newest_address_is_never_cited() -> None:
    """What stands there changes."""
    newest = EDITION.model_copy(update={"id": "latest"})

    with pytest.raises(ValueError, match="latest is no edition"):
        make_edition_work(DECLARATION, newest, ENGLISH)
