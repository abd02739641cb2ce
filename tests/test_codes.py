"""Every code that the source can say is documented and provoked; no other code is."""

from __future__ import annotations

import re

from tests.examples import PROJECT

ELSEWHERE = {
    "E103": "links, pipes and rights cannot be kept in a repository: tests/test_reading.py",
    "E104": "names that differ by case cannot be checked out everywhere: tests/test_reading.py",
    "E117": "files too large are made by tests/test_reading.py, test_rows.py, test_documents.py",
    "E118": "cells too long are made by tests/test_rows.py",
    "E513": "words outside every block are tried in tests/test_environment.py",
    "E504": "needs a series that is not positive: tests/test_words.py",
    "E524": "needs two editions with words: tests/test_siblings.py",
    "E550": "marks are made and found in tests/test_reviews.py",
    "E551": "needs a frozen edition: tests/test_manifests.py",
    "E552": "needs a manifest: tests/test_manifests.py",
    "E553": "needs a rebuild: tests/test_releases.py",
}
"""Codes that no case provokes, each with what does."""


def find_codes(folder: str, pattern: str, form: str = r"\bE\d{3}\b") -> set[str]:
    """Codes in files of the project."""
    texts = (path.read_text() for path in (PROJECT / folder).rglob(pattern))
    return {code for text in texts for code in re.findall(form, text)}


def test_every_code_is_documented_and_no_other() -> None:
    """docs/problems.md has a row for each code of the source."""
    documented = find_codes("docs", "problems.md", r"(?m)^\| (E\d{3}) \|")

    assert documented == find_codes("report", "*.py")


def test_every_code_is_provoked_by_a_case_or_a_test_that_is_named() -> None:
    """Whoever adds a code adds the input that provokes it."""
    provoked = find_codes("tests/cases", "problems.txt", r":\d+: (E\d{3}) ")

    assert provoked.isdisjoint(ELSEWHERE)
    assert provoked | set(ELSEWHERE) == find_codes("report", "*.py")


def test_codes_provoked_elsewhere_are_in_the_tests_that_are_named() -> None:
    """A reason that is no longer true is found."""
    for code, reason in ELSEWHERE.items():
        named = re.findall(r"test_\w+\.py", reason)
        texts = [(PROJECT / "tests" / name).read_text() for name in named]
        assert named
        assert all(code in text for text in texts), f"{code} is not in {named}"


def test_documented_codes_come_in_order() -> None:
    """A reader finds a code by its number."""
    text = (PROJECT / "docs" / "problems.md").read_text()
    codes = re.findall(r"(?m)^\| (E\d{3}) \|", text)

    assert codes == sorted(set(codes))
