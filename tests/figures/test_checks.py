"""What a wrong declaration is told."""

from __future__ import annotations

from typing import Any

import pytest

from report.figures import check_figure
from tests.figures.examples import VIEW, declare

FAULTS: list[tuple[dict[str, Any], str, str]] = [
    ({"form": "lime", "series": ("apples",)}, "form", "did you mean 'line'?"),
    ({"form": "line", "series": ("aples",)}, "series[0]", "did you mean 'apples'?"),
    ({"form": "line", "series": ("apples", "apples")}, "series[1]", "name each series once"),
    ({"form": "line", "series": ("apples", "rain")}, "series[1]", "draw one unit on one axis"),
    ({"form": "line"}, "series", "name 1 to 8"),
    ({"form": "line", "series": ("apples",), "start": "2020-13"}, "start", "write 2016"),
    (
        {"form": "line", "series": ("apples",), "start": "2022", "end": "2020"},
        "start",
        "exchange them",
    ),
    ({"form": "line", "series": ("apples",), "events": ("forst",)}, "events[0]", "'frost'"),
    (
        {"form": "line", "series": ("apples",), "options": {"lgo": True}},
        "options.lgo",
        "did you mean 'log'?",
    ),
    (
        {"form": "bars", "series": ("apples",), "options": {"kind": "piled"}},
        "options.kind",
        "see the form's options",
    ),
    (
        {"form": "line", "series": ("apples",), "options": {"band": {"low": "low", "high": "hi"}}},
        "options.band.high",
        "",
    ),
    (
        {"form": "bars", "series": ("apples",), "options": {"negative": ["plums"]}},
        "options.negative[0]",
        "did you mean 'apples'?",
    ),
    ({"form": "area", "series": ("apples",)}, "series", "name 2 to 8"),
    ({"form": "fan", "series": ("apples", "pears")}, "series", "name 1"),
    ({"form": "scatter", "series": ("apples",)}, "series", "name 2"),
    ({"form": "timeline"}, "events", "name events"),
    (
        {"form": "timeline", "options": {"pages": ["orchid"]}},
        "options.pages[0]",
        "did you mean 'orchard'?",
    ),
    (
        {
            "form": "multiples",
            "options": {"bars": True, "panels": [{"title": "P", "series": ["apples", "pears"]}]},
        },
        "options.panels[0].series[1]",
        "give each series a panel",
    ),
    (
        {"form": "timeline", "options": {"kinds": ["wether"]}},
        "options.kinds[0]",
        "did you mean 'weather'?",
    ),
    (
        {
            "form": "heatmap",
            "options": {"columns": ["A", "B"], "rows": [{"label": "N", "series": ["apples"]}]},
        },
        "options.rows[0].series",
        "name one series for each",
    ),
    (
        {
            "form": "multiples",
            "options": {"panels": [{"title": "P", "series": ["apples", "nuts"]}]},
        },
        "options.panels[0].series[1]",
        "",
    ),
    (
        {
            "form": "dot",
            "series": ("apples",),
            "options": {"intervals": {"apples": ["lo", "high"]}},
        },
        "options.intervals.apples[0]",
        "did you mean 'low'?",
    ),
]


@pytest.mark.parametrize(("declared", "key", "remedy"), FAULTS)
def test_a_fault_is_told_with_its_key_and_remedy(
    declared: dict[str, Any], key: str, remedy: str
) -> None:
    """Each fault names the key that is wrong and what to write instead."""
    found = list(check_figure(declare(**declared), VIEW.report))

    assert [one[0] for one in found] == [key]
    assert remedy in found[0][2]


def test_series_of_two_units_may_share_an_index() -> None:
    """Indexed to a base, units are gone."""
    declared = declare(form="line", series=("apples", "rain"), options={"base": "2020"})

    assert list(check_figure(declared, VIEW.report)) == []
