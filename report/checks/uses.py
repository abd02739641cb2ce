"""Nothing is declared in vain, and every page has what it must have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from report.facts import Entry, Facts
from report.problems import Place, Problem


def check_uses(facts: Facts) -> Iterator[Problem]:
    """A problem for what nothing uses, and for questions that nothing answers.

    Entries that could not be read count as uses; with a file that could not be read as a whole,
    nothing can be called unused.
    """
    if not facts.editions and "editions" not in facts.torn:
        place = Place("data/editions")
        yield Problem(place, "E101", "there is no edition", "add one, such as 2026.yml")
    if facts.torn:
        return
    lost = {word for _, fields in facts.lost for cell in fields.values() for word in cell.split()}
    filled = {entry.value.series for entry in facts.observations} | lost
    for series in facts.series:
        if series.value.id not in filled:
            what = f"series {series.value.id!r} has no observation"
            yield Problem(series.at("id"), "E330", what, "add its values or take it away")
    yield from _check_sources(facts, lost)
    declared: list[Entry[Any]] = [*facts.series, *facts.derived]
    units = {entry.value.unit for entry in declared} | lost
    for unit in facts.units:
        if unit.value.id not in units:
            what = f"no series uses the unit {unit.value.id!r}"
            yield Problem(unit.at("id"), "E330", what, "take it away")
    yield from _check_questions(facts, lost)


def _check_sources(facts: Facts, lost: set[str]) -> Iterator[Problem]:
    used = {entry.value.source for entry in facts.observations} | lost
    cited: list[Entry[Any]] = [*facts.measures, *facts.claims, *facts.constraints]
    cited += [*facts.opportunities, *facts.events, *facts.institutions]
    used |= {entry.value.source for entry in cited}
    used |= {source for page in facts.pages for source in page.value.source}
    used |= set(facts.declaration.value.methods) if facts.declaration else set()
    for source in facts.sources:
        if source.value.id not in used:
            what = f"nothing uses the source {source.value.id!r}"
            yield Problem(source.at("id"), "E330", what, "take it away")
    declared = {source.value.id for source in facts.sources}
    given = {(entry.value.series, entry.value.source) for entry in facts.observations}
    filled = {series for series, _ in given}
    for series in facts.series:
        for name in (source for rank in series.value.sources for source in rank):
            is_given = (
                name not in declared
                or (series.value.id, name) in given
                or {series.value.id, name} <= lost
            )
            if series.value.id in filled and not is_given:
                what = f"source {name!r} is ranked but gives no value of {series.value.id!r}"
                yield Problem(series.at("sources"), "E331", what, "take it out of the ranks")


def _check_questions(facts: Facts, lost: set[str]) -> Iterator[Problem]:
    """Each question has a figure that answers it or a stated gap; each figure has a question.

    A retrospective edition is excused: much of what it would show was never published in time.
    """
    own = {figure.edition for _, figure in facts.figures}
    excused = {entry.value.id for entry in facts.editions if entry.value.retrospective}
    wanted = {entry.value.id if entry.value.id in own else "" for entry in facts.editions}
    for edition in sorted((wanted or {""}) - excused):
        answered = lost | {
            name
            for _, figure in facts.figures
            if figure.edition == edition
            for name in figure.value.answers
        }
        for question in facts.questions:
            if question.value.id not in answered and not question.value.gap:
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
