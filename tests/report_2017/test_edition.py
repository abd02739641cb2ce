"""The 2017 edition shows what was known by the end of 2017, and says where that is nothing."""

from __future__ import annotations

import datetime as dt
import html
import re
import shutil
from pathlib import Path

from report.composition import Volume
from report.pages import Composer
from tests.examples import PROJECT
from tests.first_report import compose, compose_edition

MARKUP = re.compile(r"<svg.*?</svg>|\{:[^}]*\}|<[^>]*>", re.DOTALL)
LATER = re.compile(r"(?<![\w.,/])20(?:1[89]|[2-9][0-9])(?![\w,/])")
TOLD_BEFORE = (
    *("2012 – 2020", "for 2018", "before 2023", "for 2015 and 2020", "billion by 2020"),
    *("target for 2020", "by 2020", "for 2020"),
)
"""Later years that were plans, goals or promises when they were told."""


def look_back() -> Volume:
    """The 2017 edition."""
    return compose("2017")


def read(document: str) -> str:
    """The words of a page as a reader sees them."""
    text = html.unescape(MARKUP.sub(" ", look_back().documents.markdown[document]))
    return " ".join(text.split())


def test_the_edition_is_labelled_as_compiled_later() -> None:
    """Its file says so; the label and every page's head follow from it."""
    edition = look_back().edition

    assert (edition.retrospective, edition.cut_off) == (True, dt.date(2017, 12, 31))
    assert edition.released >= dt.date(2026, 11, 1)


def test_no_page_names_a_year_after_2017() -> None:
    """But plans told before it, the days on which sources were read, and the day of release."""
    documents = look_back().documents.markdown
    strange = {document: find_later(document) for document in documents}

    assert len(documents) > 25
    assert {document: found for document, found in strange.items() if found} == {}


def find_later(document: str) -> list[str]:
    """What stands before each later year that a page names without having been told before."""
    text = read(document)
    strange = []
    if document == "cite.md":  # a citation has the year in which the edition was released
        text = re.sub(r"Report \(2026\)|25 November 2026|year = \{2026\}", "", text)
    for found in LATER.finditer(text):
        before = text[max(0, found.start() - 160) : found.end()]
        told = any(before.endswith(words) or words in before[-40:] for words in TOLD_BEFORE)
        if document == "sources.md" or "in November 2026" in before[-16:]:
            continue
        strange += [] if told else [before]
    return strange


def test_every_page_of_the_newest_edition_that_shows_facts_is_there() -> None:
    """The same addresses, so that the menu of editions stays on the page."""
    pages = {f"{p.id}.md" for p in look_back().composer.view.report.pages}
    found = {path.rsplit("/", 1)[-1] for path in look_back().documents.markdown}

    assert pages <= found
    assert {"index.md", "claims.md", "events.md", "data.md", "sources.md", "method.md"} <= found


def test_only_the_article_that_had_appeared_is_followed() -> None:
    """Its measures, constraints and claims; what a later article says is not there."""
    view = look_back().composer.view

    assert {item.source for item in view.report.measures} == {"zhou_xie2017"}
    assert {item.source for item in view.report.constraints} == {"zhou_xie2017"}
    assert {judged.claim.source for judged in view.claims} == {"zhou_xie2017"}
    assert "wang2026" not in view.report.sources


def test_a_page_of_which_nothing_was_known_says_so() -> None:
    """Pages without measures, questions without figures, and the empty register."""
    unknown = "No article known by 31 December 2017 proposes measures for this page."
    assert unknown in read("safeguards/risk_control.md")
    assert "Not answered: too little was known by 31 December 2017." in read("status/scale.md")
    assert "Nothing was known for this page." in read("opportunities.md")
    assert "Not assessed for this edition" in read("pathways/bri_eaeu_docking.md")


def test_russias_recession_is_the_one_that_was_known() -> None:
    """Rosstat's print of January 2017 for 2015 was −2.8 per cent; today it is about −2."""
    composer = look_back().composer
    points = composer.view.series["macro.ru.gdp.growth_pct"].points

    assert [str(p.value) for p in points if str(p.period) == "2015"] == ["-2.8"]
    assert "−2.8%" in read("status/macro.md")


def append_row(root: Path, row: str) -> None:
    """The first report's facts and words with one more observation of trade."""
    for name in ("data", "site_src"):
        shutil.copytree(PROJECT / name, root / name)
    with (root / "data" / "observations" / "trade.csv").open("a", encoding="utf-8") as table:
        table.write(row + "\n")


def stamp(composer: Composer) -> dict[str, str]:
    """Keys of all figures: equal keys are equal drawings, tables and sources."""
    return {name: composer.key_figure(name, "") for name in composer.result.figures}


def test_a_revised_value_of_a_past_year_leaves_the_edition_as_it_is(tmp_path: Path) -> None:
    """The draft of 2026 shows it; of 2017 no character of a page and no figure changes."""
    row = "trade.cn_ru.total.usd,2019,111.5,final,2026-11-20,wits_2026,table,,correction"
    source = find_best_source("trade.cn_ru.total.usd")
    row = row.replace("wits_2026", source).replace(",,correction", ",as a test,correction")
    append_row(tmp_path, row)

    then, revised = look_back(), compose_edition(tmp_path, "2017")
    assert revised.documents.markdown == then.documents.markdown
    assert stamp(revised.composer) == stamp(then.composer)

    now, draft = compose("2026"), compose_edition(tmp_path, "2026")
    assert draft.documents.markdown != now.documents.markdown
    assert stamp(draft.composer)["scale-levels"] != stamp(now.composer)["scale-levels"]


def find_best_source(series: str) -> str:
    """The source that the series prefers."""
    return look_back().composer.view.report.series[series].sources[0][0]
