"""Names of editions tell how they hang together, and the files say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from report.editions import find_base
from report.facts import Facts
from report.periods import parse_period
from report.problems import Problem


def check_editions(facts: Facts) -> Iterator[Problem]:
    """A problem for a revision that is not told as one, and for a next release that is none."""
    if "editions" in facts.torn:
        return
    known = {entry.value.id for entry in facts.editions}
    for entry in facts.editions:
        edition = entry.value
        base = find_base(edition.id)
        if base and base not in known:
            what = f"the edition {edition.id} revises {base}, which is no edition"
            yield Problem(entry.at("id"), "E226", what, f"keep {base}.yml beside it")
        if base and not edition.revisions:
            what = f"the edition {edition.id} does not say what it revises"
            remedy = "declare under `revisions` its day, reason, what, and conclusion_changed"
            yield Problem(entry.at("id"), "E226", what, remedy)
        days = [revision.day for revision in edition.revisions]
        if days != sorted(days):
            what = "the revisions are not in the order of their days"
            yield Problem(entry.at("revisions"), "E226", what, "write the oldest first")
        if edition.next_release and not _lies_ahead(edition.next_release, edition.released):
            what = f"next_release is {edition.next_release!r}, which is no time after the release"
            remedy = "write a later month or day such as 2027-11, or take the key away"
            yield Problem(entry.at("next_release"), "E227", what, remedy)


def _lies_ahead(text: str, released: date) -> bool:
    """Whether a text is a period that ends after a day."""
    try:
        return parse_period(text).end > released
    except ValueError:
        return False
