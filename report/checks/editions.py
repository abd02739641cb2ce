"""Names of editions tell how they hang together, and the files say the same."""

from __future__ import annotations

from collections.abc import Iterator

from report.editions import find_base
from report.facts import Facts
from report.problems import Problem


def check_editions(facts: Facts) -> Iterator[Problem]:
    """A problem for a revision of no edition, and for one that does not say what it revises."""
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
