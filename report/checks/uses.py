"""Nothing is declared in vain, and every page has what it must have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from report.facts import Entry, Facts
from report.problems import Place, Problem

REMOVED = "take it away"
ADDED = "add its values or take it away"


def check_uses(facts: Facts) -> Iterator[Problem]:
    """A problem for what nothing uses, and for questions that nothing answers.

    Entries that could not be read count as uses; with a file that could not be read as a whole,
    nothing can be called unused. Nor can anything of a kind of which a name is used that nobody
    declared: that name may be meant for it, and is told of already.
    """
    if not facts.editions and "editions" not in facts.torn:
        place = Place("data/editions")
        yield Problem(place, "E101", "there is no edition", "add one, such as 2026.yml")
    if facts.torn:
        return
    lost = {word for _, fields in facts.lost for cell in fields.values() for word in cell.split()}
    computed = {entry.value.id for entry in facts.derived}
    filled = {entry.value.series for entry in facts.observations} - computed
    yield from _find_unused(facts.series, filled, lost, "series {!r} has no observation", ADDED)
    yield from _find_unused(
        facts.sources, _list_used_sources(facts), lost, "nothing uses the source {!r}"
    )
    yield from _check_ranks(facts, lost)
    declared: list[Entry[Any]] = [*facts.series, *facts.derived]
    units = {entry.value.unit for entry in declared}
    yield from _find_unused(facts.units, units, lost, "no series uses the unit {!r}")
    yield from _check_questions(facts, lost)


def _find_unused(
    declared: Sequence[Entry[Any]], used: set[str], lost: set[str], what: str, remedy: str = REMOVED
) -> Iterator[Problem]:
    """What is declared and not used, unless a name is used in its place that is not declared."""
    if used - lost <= {entry.value.id for entry in declared}:
        for entry in declared:
            if entry.value.id not in used | lost:
                yield Problem(entry.at("id"), "E330", what.format(entry.value.id), remedy)


def _list_used_sources(facts: Facts) -> set[str]:
    used = {entry.value.source for entry in facts.observations}
    cited: list[Entry[Any]] = [*facts.measures, *facts.claims, *facts.constraints]
    cited += [*facts.opportunities, *facts.events, *facts.institutions]
    used |= {entry.value.source for entry in cited}
    used |= {source for page in facts.pages for source in page.value.source}
    used |= set(facts.declaration.value.methods) if facts.declaration else set()
    return used - {""}


def _check_ranks(facts: Facts, lost: set[str]) -> Iterator[Problem]:
    """Each source that a series prefers gives a value of it."""
    declared = {source.value.id for source in facts.sources}
    known = {series.value.id for series in facts.series}
    given: dict[str, set[str]] = {}
    for entry in facts.observations:
        given.setdefault(entry.value.series, set()).add(entry.value.source)
    astray = set().union(*(found for name, found in given.items() if name not in known))
    for series in facts.series:
        giving = given.get(series.value.id, set())
        ranked = [source for rank in series.value.sources for source in rank]
        if not giving or not giving <= declared.intersection(ranked):
            continue  # what gives values and may not may be meant for what gives none
        for name in ranked:
            is_lost = {series.value.id, name} <= lost or name in astray
            if name in declared and name not in giving and not is_lost:
                what = f"source {name!r} is ranked but gives no value of {series.value.id!r}"
                yield Problem(series.at("sources"), "E331", what, "take it out of the ranks")


def _check_questions(facts: Facts, lost: set[str]) -> Iterator[Problem]:
    """Each question has a figure that answers it or a stated gap; each figure has a question.

    A retrospective edition is excused: much of what it would show was never published in time.
    """
    own = {figure.edition for _, figure in facts.figures}
    excused = {entry.value.id for entry in facts.editions if entry.value.retrospective}
    wanted = {entry.value.id if entry.value.id in own else "" for entry in facts.editions}
    known = {question.value.id for question in facts.questions}
    for edition in sorted((wanted or {""}) - excused):
        answered = {
            name
            for _, figure in facts.figures
            if figure.edition == edition
            for name in figure.value.answers
        }
        for question in facts.questions if answered - lost <= known else ():
            if question.value.id not in answered | lost and not question.value.gap:
                where = f" in the edition {edition}" if edition else ""
                what = f"no figure answers {question.value.id!r}{where} and no gap is stated"
                remedy = (
                    "name it in a figure's `answers`, or say in `gap` what data would answer it"
                )
                yield Problem(question.at("id"), "E340", what, remedy)
    asked = {question.value.page for question in facts.questions}
    for page, figure in facts.figures:
        if page in asked and not figure.value.answers:
            what = f"the figure {figure.value.id!r} answers no question"
            yield Problem(figure.at("id"), "E341", what, "name one in `answers`")
