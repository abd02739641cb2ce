"""A manifest is read as it was written, or refused; what differs is told by name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.manifests import (
    Manifest,
    check_inputs,
    compare_hashes,
    hash_words,
    parse_manifests,
    read_manifest,
    write_manifest,
)

A, B, C = ("a" * 64, "b" * 64, "c" * 64)
SMALL = Manifest("2026", 0, {"series/x": A, "event/e": B}, {"site_src/2026/en/a.md": C}, {}, {})
HASHES = st.dictionaries(st.text(min_size=1, max_size=8), st.sampled_from([A, B, C]), max_size=5)


@given(HASHES, HASHES, HASHES, HASHES, st.integers(0, 9))
def test_what_is_written_is_read_again(
    facts: dict[str, str],
    words: dict[str, str],
    forms: dict[str, str],
    outputs: dict[str, str],
    revision: int,
) -> None:
    """Whatever the names hold."""
    rows = {"x customs 2020-01-31": "2018 2019"}
    offers = {"en": [{"name": "2017", "title": "Old", "label": "", "pages": ["", "data/"]}]}
    manifest = Manifest("2026-r1", revision, facts, words, forms, outputs, rows, offers)

    assert read_manifest(write_manifest(manifest), "2026-r1") == manifest


@given(HASHES, HASHES)
def test_a_comparison_tells_every_name_once(old: dict[str, str], new: dict[str, str]) -> None:
    """Changed, added and removed together with what stayed are all names."""
    found = compare_hashes(old, new)

    assert found.is_none == (old == new)
    stayed = [name for name in old if new.get(name) == old[name]]
    told = [*found.changed, *found.added, *found.removed, *stayed]
    assert sorted(told) == sorted({*old, *new})
    assert all(old[name] != new[name] for name in found.changed)


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "null", '{"format": 1}', "[" * 100_000),
        write_manifest(SMALL)[:-3],
        write_manifest(SMALL).replace(A, "A" * 64),
        write_manifest(SMALL).replace(A, "a" * 63),
        write_manifest(SMALL).replace('"format": 2', '"format": 3'),
        write_manifest(SMALL).replace('"revision": 0', '"revision": true'),
        write_manifest(replace(SMALL, edition="2027")),
        write_manifest(replace(SMALL, rows={"x": 1})),  # type: ignore[dict-item]
        write_manifest(replace(SMALL, offers={"en": [{"name": "2017"}]})),
        json.dumps({**json.loads(write_manifest(SMALL)), "more": {}}),
    ],
)
def test_a_manifest_that_is_none_is_refused(text: str) -> None:
    """Cut short, from the future, of another edition, or with a hash that is none."""
    with pytest.raises(ValueError, match=r"it |a part"):
        read_manifest(text, "2026")


def test_changed_inputs_are_problems_at_their_lines() -> None:
    """What changed, went and came; forms and outputs are not asked."""
    text = write_manifest(SMALL)
    facts = {"event/e": C, "series/new": A}
    lines = text.split("\n")

    found = list(check_inputs(SMALL, text, facts, SMALL.words))

    assert [(problem.place.line, problem.what) for problem in found] == [
        (1 + lines.index(f'  "event/e": "{B}",'), told("event/e has changed")),
        (1 + lines.index(f'  "series/x": "{A}"'), told("series/x is gone")),
        (1, told("series/new is new")),
    ]
    assert {problem.code for problem in found} == {"E551"}
    assert "declare a revision" in found[0].remedy


def told(words: str) -> str:
    """What is said of a change."""
    return f"the edition 2026 is frozen, and {words}"


def test_an_edition_with_one_more_revision_is_a_draft_again() -> None:
    """With as many it holds still; with fewer, or of no edition, something is wrong."""
    path = "data/editions/2026.manifest.json"
    frozen = {path: write_manifest(replace(SMALL, revision=1))}

    assert list(parse_manifests(frozen, {"2026": 1})[0]) == ["2026"]
    assert parse_manifests(frozen, {"2026": 2}) == ({}, [])
    for revisions in ({"2026": 0}, {"2027": 1}):
        manifests, problems = parse_manifests(frozen, revisions)
        assert manifests == {}
        assert [(str(p.place), p.code) for p in problems] == [(f"{path}:1:1", "E552")]
    assert parse_manifests({path: "{"}, {"2026": 0})[1][0].code == "E552"


def test_words_are_those_of_the_edition_alone() -> None:
    """By path; another edition's and the forms are not among them."""
    texts = {"site_src/2026/en/a.md": "", "site_src/2026-r1/en/a.md": "", "pages/x": ""}

    # sha256 of nothing
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    assert hash_words("2026", texts) == {"site_src/2026/en/a.md": empty}
