"""Every page has an address of its own."""

from __future__ import annotations

from collections.abc import Iterator

from report.addresses import TAKEN
from report.facts import Facts
from report.problems import Problem


def check_folders(facts: Facts) -> Iterator[Problem]:
    """A problem for each kind of pages, and each page, whose address something else has."""
    if facts.declaration is None:
        return
    seen: set[str] = set()
    for at, kind in enumerate(facts.declaration.value.kinds):
        place = facts.declaration.at(f"kinds[{at}].folder")
        if kind.folder in TAKEN:
            what = f"the folder {kind.folder!r} belongs to another part of the site"
            yield Problem(place, "E304", what, "choose another name")
        elif kind.folder in seen:
            what = f"the folder {kind.folder!r} is that of another kind already"
            yield Problem(place, "E304", what, "choose another name")
        seen.add(kind.folder)
    for page in facts.pages:
        if page.value.id == "index":
            what = "the page 'index' has the address of the overview of its kind"
            yield Problem(page.at("id"), "E304", what, "choose another id")
