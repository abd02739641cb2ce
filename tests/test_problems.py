"""Problems print as editors want them, and come out sorted and once."""

from __future__ import annotations

import pickle

import pytest

from report.problems import DataProblems, Place, Problem, suggest


def test_a_problem_prints_as_an_editor_links_it() -> None:
    """File, line and column come first, then code, finding and remedy."""
    problem = Problem(Place("data/x.csv", 14, 3), "E201", "value is '1,204'", "write 1204")

    assert str(problem) == "data/x.csv:14:3: E201 value is '1,204'; write 1204"


def test_problems_are_sorted_by_place_and_said_once() -> None:
    """Lines are compared as numbers, not as texts, and repeats are dropped."""
    late, early = (Problem(Place("data/x.csv", line), "E201", "a", "b") for line in (10, 9))

    found = DataProblems([late, early, late])

    assert found.problems == (early, late)


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("usd_bm", ["usd_mn", "cny_bn", "usd_bn", "usd"], "did you mean 'usd_bn' or 'usd_mn'?"),
        ("pc-1", [f"pc-{n:02}" for n in range(1, 20)], "did you mean 'pc-01'?"),
        ("ev003", ["ev0303", "ev0030", "ev0003"], "did you mean 'ev0003'?"),
        ("m-a", ["m-b", "m-c", "m-d", "m-e"], "declare it"),
        ("ab-100", ["ab-10", "ab-001"], "did you mean 'ab-10'?"),
    ],
)
def test_of_names_that_are_equally_near_none_is_preferred(
    name: str, known: list[str], said: str
) -> None:
    """The wrong one would be taken over, and be wrong by a thousand; many say nothing."""
    assert suggest(name, known).startswith(said)


def test_a_near_name_is_suggested() -> None:
    """Typing errors are met with the name that was meant."""
    assert suggest("trad", ["trade"]) == "did you mean 'trade'?"
    assert suggest("xyz", ["trade"]) == "declare it, or use a declared one"


def test_problems_travel_between_processes() -> None:
    """What a worker raises arrives whole."""
    problem = Problem(Place("a.md", 2, 3), "E510", "what", "remedy")

    arrived = pickle.loads(pickle.dumps(DataProblems([problem])))  # noqa: S301 - our own bytes

    assert isinstance(arrived, DataProblems)
    assert arrived.problems == (problem,)
    assert str(arrived) == "1 problems"
