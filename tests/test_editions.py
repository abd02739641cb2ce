"""Names of editions do no harm, and newer ones come after older ones."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from report.editions import explain_name, find_base, find_release, is_name, order_edition

GOOD = ("2017", "2026", "2000", "2099", "2026-r1", "2026-r9", "2026-r10", "2026-r99")
BAD = (
    *("", "26", "1999", "2100", "20260", "2026-r0", "2026-r01", "2026-r100", "2026-R1", "2026r1"),
    *(" 2026", "2026 ", "2026\n", "\t2026", "2026\0", "-2026", "-x", "2026-r1/", "../2026", "."),
    *("..", ".git", "versions.json", "index.html", "latest", "CON", "20\u200b26", "２０２６"),
    *("٢٠٢٦", "2026\u2028", "2026-r１", "20²6", "2026-r1-r2", "2026,2027", "*", "2026%00"),
)


@pytest.mark.parametrize("name", GOOD)
def test_a_year_or_its_revision_is_a_name(name: str) -> None:
    """Of this century, with at most ninety-nine revisions."""
    assert is_name(name)


@pytest.mark.parametrize("name", BAD)
def test_nothing_else_is_a_name(name: str) -> None:
    """Not in other digits, with spaces, of another century, or as a path; the remedy is told."""
    assert not is_name(name)
    assert repr(name) in explain_name(name)


@settings(max_examples=20 * settings().max_examples)
@given(st.text(max_size=12) | st.from_regex(r"20\d\d(-r\d{1,2})?", fullmatch=True))
@example("2026-r1")
def test_a_name_is_plain_ascii_and_sorts(name: str) -> None:
    """Whatever is taken for a name could stand in any path and has one place in the order."""
    if is_name(name):
        assert name.isascii()
        assert set(name) <= set("0123456789-r")
        assert 4 <= len(name) <= 8
        year, revision = order_edition(name)
        assert name == (f"{year}-r{revision}" if revision else f"{year}")
        assert find_base(name) == (f"{year}" if revision else "")


def test_newer_editions_are_greater() -> None:
    """By year, then by the number of the revision and not by its first digit."""
    names = ["2027", "2026-r10", "2017", "2026-r2", "2026", "2026-r1"]

    assert sorted(names, key=order_edition) == [
        *("2017", "2026", "2026-r1", "2026-r2", "2026-r10", "2027"),
    ]
    assert [find_base(name) for name in names] == ["", "2026", "", "2026", "", "2026"]


@pytest.mark.parametrize(
    ("name", "revisions", "expected"),
    [
        ("2026", {"2026": 0}, "2026"),
        ("2026-r1", {"2026": 0, "2026-r1": 0}, "2026-r1"),
        ("2026-r1", {"2026": 1}, "2026"),
        ("2026-r1", {"2026": 2}, ""),  # the second is its newest
        ("2026-r1", {"2026": 0}, ""),
        ("2027-r1", {"2026": 1}, ""),
        ("2027", {"2026": 1}, ""),
    ],
)
def test_a_tag_releases_an_edition_or_its_newest_revision(
    name: str, revisions: dict[str, int], expected: str
) -> None:
    """An edition of its own comes first, then the edition whose newest revision has the number."""
    assert find_release(name, revisions) == expected
