"""What is declared around the values is known from a day on, too."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from report.horizons import choose_figures, date_source, narrow_report
from report.model import Edition, FigureDeclaration, PageFigures, Report
from report.views import make_view
from tests.examples import make_second_report


def see(day: str, name: str = "2026", *, retrospective: bool = False) -> Edition:
    """An edition that sees what was known at the end of a day."""
    cut_off = dt.date.fromisoformat(day)
    title = {"en": name}
    return Edition(
        id=name, cut_off=cut_off, released=cut_off, title=title, retrospective=retrospective
    )


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        ("2020", "2020-12-31"),
        ("2020-02", "2020-02-29"),
        ("2020-02-03", "2020-02-03"),
        ("", "2026-05-01"),
        ("2026", "2026-05-01"),  # read before the year was over
    ],
)
def test_a_source_counts_from_its_own_day_or_from_the_day_it_was_read(
    published: str, expected: str
) -> None:
    """The last day of the span that it states, unless it was read before that."""
    source = next(iter(make_second_report().sources.values()))
    dated = source.model_copy(update={"published": published, "accessed": dt.date(2026, 5, 1)})

    assert date_source(dated) == dt.date.fromisoformat(expected)


def date_articles(report: Report, first: str, second: str) -> Report:
    """The report with its measures shared among two articles of these days."""
    plan = report.sources[report.measures[0].source]
    late = plan.model_copy(update={"id": "late-plan", "published": second})
    early = plan.model_copy(update={"published": first})
    measures = (
        *report.measures[:2],
        *(item.model_copy(update={"source": "late-plan"}) for item in report.measures[2:]),
    )
    sources = {**report.sources, plan.id: early, late.id: late}
    return replace(report, sources=sources, measures=measures)


def test_measures_of_an_article_are_unknown_before_the_article() -> None:
    """With them go their statuses and what only they answer; the report itself is not changed."""
    report = date_articles(make_second_report(), "2019", "2023-05")
    early, late = (narrow_report(report, see(day)) for day in ("2020-01-01", "2023-05-31"))

    assert [item.id for item in early.measures] == [item.id for item in report.measures[:2]]
    assert late.measures == report.measures
    known = {item.id for item in early.measures}
    assert {item.measure for item in early.assessments} <= known
    assert {name for item in early.constraints for name in item.addressed_by} <= known
    assert "late-plan" not in early.sources
    assert "late-plan" in late.sources


def test_sources_of_known_values_are_known() -> None:
    """Whatever a view shows has its source, though the source may state a later day."""
    view = make_view(make_second_report(), see("2022-06-30"))

    used = {row.source for rows in view.vintages.values() for row in rows}
    used |= {event.source for event in view.events} | {body.source for body in view.institutions}
    assert used
    assert used <= set(view.report.sources)


def test_a_status_is_known_once_all_its_evidence_is() -> None:
    """A day before its event was published there was none, whatever day it holds from."""
    report = make_second_report()
    published = {event.id: event.published for event in report.events}
    found = [
        (item, max(published[name] for name in item.evidence))
        for item in report.assessments
        if item.evidence and all(name in published for name in item.evidence)
    ]
    assert found
    for item, day in found:
        before = make_view(report, see(str(day - dt.timedelta(days=1))))
        assert item not in before.assessments.get(item.measure, ())
        held = max(day, dt.date.fromisoformat(f"{item.date}-01-01"[:10]))
        assert item in make_view(report, see(str(held))).assessments[item.measure]


def place(edition: str, name: str) -> PageFigures:
    """A page with one figure."""
    text = {"en": "x"}
    figure = FigureDeclaration(id=name, form="line", title=text, takeaway=text)
    return PageFigures("home", (), (figure,), edition)


def test_an_edition_with_figures_of_its_own_shows_no_others() -> None:
    """The rest belongs to all that have none."""
    groups = (place("", "common"), place("2017", "own"))
    report = replace(make_second_report(), figures=groups)

    assert choose_figures(report, see("2017-12-31", "2017")) == groups[1:]
    assert choose_figures(report, see("2026-06-30", "2026")) == groups[:1]


def test_claims_lead_to_no_figure_of_another_edition() -> None:
    """A link to a figure that this edition does not show is left out."""
    report = make_second_report()
    (claim, *_) = report.claims
    linked = replace(report, claims=(claim.model_copy(update={"figure": "common"}),))
    shown = replace(linked, figures=(place("", "common"), place("2017", "own")))

    assert narrow_report(shown, see("2026-06-30", "2026")).claims[0].figure == "common"
    assert narrow_report(shown, see("2017-12-31", "2017")).claims[0].figure == ""


def test_only_a_retrospective_hides_hindsight() -> None:
    """An edition of its own time says what its authors knew."""
    report = make_second_report()

    assert narrow_report(report, see("2024-12-31")).institutions == report.institutions
    looking_back = narrow_report(report, see("2024-12-31", retrospective=True))
    assert {body.status for body in looking_back.institutions} == {""}
