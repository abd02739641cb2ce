"""Located facts judged as a whole, and made into a report once nothing is wrong with them.

Pure. Knows which checks there are and in which order their problems are asked for; each rule is in
`report.checks`. The day of today is handed in.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from report.checks.assessments import check_assessments
from report.checks.claims import check_claims
from report.checks.corrections import check_corrections
from report.checks.editions import check_editions
from report.checks.figures import check_figures
from report.checks.folders import check_folders
from report.checks.items import check_items
from report.checks.keys import check_keys
from report.checks.reasons import check_reasons
from report.checks.references import check_references
from report.checks.targets import check_targets
from report.checks.terms import check_terms
from report.checks.texts import check_texts
from report.checks.tiles import check_tiles
from report.checks.uses import check_uses
from report.checks.values import check_values
from report.editions import order_edition
from report.facts import Entry, Facts
from report.model import PageFigures, Report
from report.problems import DataProblems, Problem


def check_facts(facts: Facts, today: date) -> Report:
    """The report that the facts make; raises DataProblems with everything that is wrong."""
    problems = [*facts.problems, *_check_all(facts, today)]
    if facts.declaration is None:
        raise DataProblems(problems)
    report = make_report(facts)
    if _names_hold(facts, problems):
        problems.extend(check_figures(facts, report))
    if problems:
        raise DataProblems(problems)
    return report


def _names_hold(facts: Facts, problems: list[Problem]) -> bool:
    """Whether figures and computed series can be judged: all that they may name was read."""
    lost = {name for name, _ in facts.lost} | facts.torn
    is_read = lost.isdisjoint({"units", "series", "derived", "events", "figures"})
    return is_read and not any(problem.code in {"E301", "E310"} for problem in problems)


def _check_all(facts: Facts, today: date) -> Iterator[Problem]:
    yield from check_texts(facts)
    yield from check_tiles(facts)
    yield from check_keys(facts)
    yield from check_folders(facts)
    yield from check_references(facts)
    yield from check_values(facts, today)
    yield from check_reasons(facts)
    yield from check_uses(facts)
    yield from check_assessments(facts)
    yield from check_claims(facts)
    yield from check_items(facts)
    yield from check_targets(facts)
    yield from check_terms(facts)
    yield from check_editions(facts)
    yield from check_corrections(facts, today)


def make_report(facts: Facts) -> Report:
    """The facts without their places; the declaration must be there."""
    if facts.declaration is None:
        raise DataProblems(facts.problems)
    shown: list[tuple[str, Entry[Any]]] = [*facts.tiles, *facts.figures]
    groups = [
        PageFigures(
            owner,
            tuple(t.value for page, t in facts.tiles if (t.edition, page) == (edition, owner)),
            tuple(f.value for page, f in facts.figures if (f.edition, page) == (edition, owner)),
            edition,
        )
        for edition, owner in sorted({(entry.edition, page) for page, entry in shown})
    ]
    return Report(
        declaration=facts.declaration.value,
        editions=tuple(
            sorted((e.value for e in facts.editions), key=lambda e: order_edition(e.id))
        ),
        pages=tuple(entry.value for entry in facts.pages),
        questions=tuple(entry.value for entry in facts.questions),
        measures=tuple(entry.value for entry in facts.measures),
        assessments=tuple(entry.value for entry in facts.assessments),
        constraints=tuple(entry.value for entry in facts.constraints),
        opportunities=tuple(entry.value for entry in facts.opportunities),
        sources={entry.value.id: entry.value for entry in facts.sources},
        units={entry.value.id: entry.value for entry in facts.units},
        series={entry.value.id: entry.value for entry in facts.series},
        derived={entry.value.id: entry.value for entry in facts.derived},
        observations=tuple(entry.value for entry in facts.observations),
        events=tuple(entry.value for entry in facts.events),
        institutions=tuple(entry.value for entry in facts.institutions),
        figures=tuple(groups),
        claims=tuple(entry.value for entry in facts.claims),
        targets=tuple(entry.value for entry in facts.targets),
        corrections=tuple(entry.value for entry in facts.corrections),
        glossary=tuple(entry.value for entry in facts.glossary),
    )
