"""Measures are sifted by page, state and kinds of evidence; the style knows them all."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product

import pytest

from report.filters import PLACES, UNKNOWN, Evidence, Filters
from report.model import MeasureStatus, View
from report.statements import Verdict
from tests.examples import PROJECT, make_second_view

STATES = [*MeasureStatus, UNKNOWN]
SHOWN = ":has(+ div :target), :target, :target + div"
"""A heading before what an address leads to, what it leads to, and the block after it."""


def describe(view: View) -> dict[str, tuple[int, str, dict[str, int]]]:
    """Of each measure the number of its page, its state, and its evidence by kind."""
    return {
        sifted.measure.id: (group.place, sifted.state, {str(k): n for k, n in sifted.evidence})
        for group in Filters(view).groups
        for sifted in group.measures
    }


def test_measures_are_sifted_by_their_newest_state() -> None:
    """Pages have numbers in their order; a measure without evidence has the kind `none`."""
    assert describe(make_second_view()) == {
        "m-bridge": (1, "in_force", {"events": 1}),
        "m-count": (1, "partial", {"series": 1}),
        "m-lift": (2, "announced", {"events": 1}),
        "m-shelter": (2, "no_evidence", {"none": 1}),
    }


def test_evidence_of_several_kinds_counts_for_each() -> None:
    """Two pieces of one kind are counted at the measure, and once in the choice."""
    view = make_second_view()
    body = view.institutions[0].id
    [newest] = view.assessments["m-lift"]
    mixed = newest.model_copy(update={"evidence": ("e-plan", body, "hill.trips", "e-bridge")})
    changed = replace(view, assessments={**view.assessments, "m-lift": (mixed,)})

    assert describe(changed)["m-lift"][2] == {"events": 2, "institutions": 1, "series": 1}
    assert [(str(kind), count) for kind, count in Filters(changed).evidence] == [
        *(("events", 2), ("institutions", 1), ("series", 2), ("none", 1)),
    ]


def test_choices_count_their_measures_in_the_order_of_boards() -> None:
    """Only what some measure has is offered."""
    filters = Filters(make_second_view())

    assert filters.count == 4
    assert [(group.page.id, len(group.measures)) for group in filters.pages] == [
        ("river-corridor", 2),
        ("hill-corridor", 2),
    ]
    assert filters.states == [
        *(("in_force", 1), ("partial", 1), ("announced", 1), ("no_evidence", 1)),
    ]


def test_a_measure_without_a_state_can_be_chosen_as_such() -> None:
    """It is not shown among those of which nothing was found."""
    view = make_second_view()
    known = {name: found for name, found in view.assessments.items() if name != "m-lift"}
    filters = Filters(replace(view, assessments=known))

    assert filters.states[-1] == (UNKNOWN, 1)
    assert dict(filters.evidence)[Evidence.NONE] == 2


@pytest.mark.parametrize(("count", "offered"), [(1, 0), (2, 2), (PLACES, PLACES), (PLACES + 1, 0)])
def test_pages_are_offered_where_there_is_a_choice_that_can_be_kept(
    count: int, offered: int
) -> None:
    """One page is no choice; of more than the rules know none is offered."""
    view = make_second_view()
    page, measure = view.report.pages[0], view.report.measures[0]
    names = [f"page-{number}" for number in range(count)]
    report = replace(
        view.report,
        pages=tuple(page.model_copy(update={"id": name}) for name in names),
        measures=tuple(measure.model_copy(update={"id": n, "page": n}) for n in names),
    )
    filters = Filters(replace(view, report=report))

    assert (len(filters.groups), len(filters.pages)) == (count, offered)


# The rules that hide what does not fit.


def read_rules() -> dict[str, set[str]]:
    """Selectors of the style's part for screens, by what they declare, without spaces."""
    text = (PROJECT / "site_src" / "assets" / "filters.css").read_text()
    screen = re.sub(r"/\*.*?\*/", "", text.split("@media screen {")[1], flags=re.DOTALL)
    found: dict[str, set[str]] = {}
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]+)\}", screen):
        one_by_one = re.split(r",\n", selectors)
        found.setdefault(" ".join(body.split()), set()).update(
            " ".join(selector.split()) for selector in one_by_one
        )
    return found


def test_each_choice_hides_what_does_not_fit_it() -> None:
    """There is a rule for every page's number, state, kind and verdict, and none besides."""
    article = ".md-typeset"
    wanted = {
        f"{article}:has(#filter-page-{n}:checked) "
        f'.measures-group:not([data-place="{n}"], :has(:target), {SHOWN})'
        for n in range(1, PLACES + 1)
    }
    wanted |= {
        f"{article}:has(#filter-state-{state}:checked) "
        f'[data-state]:not([data-state="{state}"], :target)'
        for state in STATES
    }
    wanted |= {
        f"{article}:has(#filter-evidence-{kind}:checked) "
        f'[data-evidence]:not([data-evidence~="{kind}"], :target)'
        for kind in Evidence
    }
    wanted |= {
        f"{article}:has(#verdict-{verdict}:checked) "
        f'[data-verdict]:not([data-verdict="{verdict}"], :target)'
        for verdict in Verdict
    }

    assert read_rules()["display: none;"] == wanted


def test_each_pair_of_choices_can_leave_a_page_or_everything_empty() -> None:
    """Emptiness is known for every state with every kind, and for either alone."""
    pairs = [pair for pair in product(["", *STATES], ["", *Evidence]) if any(pair)]
    pages, everything = set(), set()
    for state, kind in pairs:
        chosen = ".md-typeset"
        chosen += f":has(#filter-state-{state}:checked)" if state else ""
        chosen += f":has(#filter-evidence-{kind}:checked)" if kind else ""
        fits = f'[data-state="{state}"]' if state else ""
        fits += f'[data-evidence~="{kind}"]' if kind else ""
        pages.add(
            f"{chosen} .measures-group:not(:has({fits}, :target), :has(+ div {fits}), {SHOWN})"
        )
        everything.add(f"{chosen}:not(:has({fits}))")

    rules = read_rules()
    assert rules["--group: none; --sentence: block;"] == pages
    assert rules["--none: block;"] == everything
    assert len(pages) == 39
