"""Pages offer other editions so that nothing on them goes out of date."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from report.model import Edition, Report
from report.siblings import (
    check_addresses,
    describe_edition,
    list_documents,
    list_offers,
    list_older,
    offer_editions,
    plan_next,
)
from tests.examples import ENGLISH, make_second_report

DAY = dt.date(2026, 11, 25)


def name_edition(
    name: str, *, retrospective: bool = False, languages: tuple[str, ...] = ()
) -> Edition:
    """An edition released in November 2026."""
    return Edition.model_validate(
        {
            "id": name,
            "cut_off": DAY,
            "released": DAY,
            "title": {"en": f"Edition {name}"},
            "retrospective": retrospective,
            "languages": languages,
        }
    )


OLD, MIDDLE, NEW = (
    name_edition("2017", retrospective=True),
    name_edition("2026"),
    name_edition("2027", languages=("en",)),
)
WORDS = {
    f"site_src/{edition}/en/{document}": "words"
    for edition, documents in {
        "2017": ("index.md", "data.md"),
        "2026": ("index.md", "data.md", "method.md"),
        "2027": ("index.md", "method.md"),
    }.items()
    for document in documents
}


def make_report() -> Report:
    """The second report in three editions."""
    return replace(make_second_report(), editions=(OLD, MIDDLE, NEW))


def test_a_page_names_older_editions_and_only_the_address_of_the_newest() -> None:
    """What is baked into the pages of 2026 stays true when 2027 is published."""
    report = make_report()
    offered = offer_editions(report, MIDDLE, ENGLISH, WORDS)
    without = replace(report, editions=(OLD, MIDDLE))

    assert [other["name"] for other in offered["older"]] == ["2017"]
    assert offered == offer_editions(without, MIDDLE, ENGLISH, WORDS)
    assert "2027" not in str(offered)


def test_a_frozen_edition_offers_what_it_offered_when_it_was_frozen() -> None:
    """Neither an older one that is begun later, nor a new title or page of an older one, counts."""
    before = replace(make_report(), editions=(OLD, MIDDLE))
    offers = {"2026": {"en": list_offers(before, MIDDLE, ENGLISH, WORDS)}}
    retitled = OLD.model_copy(update={"title": {"en": "Renamed"}})
    after = replace(before, offers=offers, editions=(retitled, name_edition("2025"), MIDDLE))
    grown = {**WORDS, "site_src/2017/en/method.md": "words"}

    assert offer_editions(after, MIDDLE, ENGLISH, grown) == offer_editions(
        before, MIDDLE, ENGLISH, WORDS
    )
    assert [other.id for other in list_older(after, MIDDLE, "en")] == ["2017"]
    assert [other.id for other in list_older(replace(after, offers={}), MIDDLE, "en")] == [
        *("2025", "2017"),
    ]


def test_the_tenth_revision_is_newer_than_the_second() -> None:
    """Names are compared as editions, not as letters."""
    second, tenth = name_edition("2026-r2"), name_edition("2026-r10")
    report = replace(make_report(), editions=(tenth, MIDDLE, second))

    assert [other.id for other in list_older(report, tenth, "en")] == ["2026-r2", "2026"]
    assert [other.id for other in list_older(report, second, "en")] == ["2026"]


def test_an_older_edition_is_offered_with_its_pages_and_its_label() -> None:
    """The same page where it exists; kinds have overviews of their own without words."""
    (older,) = offer_editions(make_report(), MIDDLE, ENGLISH, WORDS)["older"]
    kinds = {f"{kind.folder}/" for kind in make_second_report().declaration.kinds}

    assert set(older["pages"]) == {"", "data/"} | kinds
    assert older["label"] == "retrospective, compiled in November 2026"


def test_only_an_edition_that_looks_back_bears_a_label() -> None:
    """Its month is that of its release, so it cannot be wrong."""
    assert describe_edition(MIDDLE, ENGLISH) == ""
    assert describe_edition(OLD, ENGLISH) == "retrospective, compiled in November 2026"


def test_the_next_release_is_told_where_one_is_planned() -> None:
    """A month or a day, in words; an edition that looks back plans none."""
    month, day = (
        MIDDLE.model_copy(update={"next_release": to}) for to in ("2027-11", "2027-11-24")
    )

    assert plan_next(month, ENGLISH) == "planned for November 2027"
    assert plan_next(day, ENGLISH) == "planned for 24 November 2027"
    assert plan_next(OLD, ENGLISH) == ""


def test_editions_are_offered_in_the_languages_they_have() -> None:
    """An edition that names its languages is in no other."""
    report = make_report()

    assert [other.id for other in list_older(report, name_edition("2028"), "en")] == [
        *("2027", "2026", "2017"),
    ]
    assert list_older(report, name_edition("2028"), "zh") == []


def test_documents_are_words_and_overviews() -> None:
    """In order, whatever else lies in the folder."""
    words = {**WORDS, "site_src/2017/en/notes.txt": "", "pages/topic.md.jinja": ""}
    kinds = [f"{kind.folder}/index.md" for kind in make_second_report().declaration.kinds]

    assert list_documents(make_report(), OLD, "en", words) == sorted(
        ["data.md", "index.md", *kinds]
    )


def test_a_newer_edition_keeps_every_page_of_the_one_before() -> None:
    """Else its address below `latest` would die; E524 names the file that is missing."""
    report = make_report()
    found = list(check_addresses(report, NEW, "en", WORDS))

    assert [(str(p.place), p.code) for p in found] == [("site_src/2027/en/data.md:1:1", "E524")]
    assert list(check_addresses(report, MIDDLE, "en", WORDS)) == []
    assert list(check_addresses(report, OLD, "en", WORDS)) == []
