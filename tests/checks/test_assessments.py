"""A status rests on evidence of its own time, and no measure is forgotten."""

from __future__ import annotations

from report.checks.assessments import check_assessments
from report.checks.references import check_references
from report.facts import parse_facts
from tests.examples import read_data

HEADER = "measure,date,status,evidence,reasoning\n"


def judge(rows: str) -> list[str]:
    """Problems of the second report with these statuses, as code and words."""
    texts = read_data() | {"data/assessments.csv": HEADER + rows}
    facts = parse_facts(texts)
    found = [*facts.problems, *check_references(facts), *check_assessments(facts)]
    return [f"{problem.code} {problem.what}" for problem in found]


def name_parts() -> tuple[list[str], list[tuple[str, str]]]:
    """Ids of the second report's measures, and ids and dates of its events."""
    facts = parse_facts(read_data())
    measures = [entry.value.id for entry in facts.measures]
    return measures, sorted((entry.value.id, entry.value.date) for entry in facts.events)


def test_a_report_without_statuses_needs_none() -> None:
    """Only a report that assesses must assess all of its measures."""
    texts = {path: text for path, text in read_data().items() if "assessments" not in path}

    assert list(check_assessments(parse_facts(texts))) == []


def test_a_status_holds_from_a_day_a_month_or_a_year() -> None:
    """Any other date is told, with the forms that there are."""
    measures, _ = name_parts()
    row = f"{measures[0]},2016-13,no_evidence,,Nothing was found.\n"
    facts = parse_facts(read_data() | {"data/assessments.csv": HEADER + row})
    place = f"data/assessments.csv:2:{len(measures[0]) + 2}"

    assert [str(found) for found in check_assessments(facts) if found.code == "E202"] == [
        f"{place}: E202 date is '2016-13'; write 2016, 2016-03 or 2016-03-14"
    ]


def test_every_measure_needs_a_status_once_one_has() -> None:
    """The measures that are left out are named one by one."""
    measures, _ = name_parts()
    found = judge(f"{measures[0]},2026-01-01,no_evidence,,Nothing was found.\n")

    assert found == [f"E350 the measure {name!r} has no status" for name in measures[1:]]


def test_evidence_must_exist_and_not_be_later_than_what_it_proves() -> None:
    """An unknown id is named with the nearest one; an event of a later day proves nothing."""
    measures, events = name_parts()
    name, day = events[-1]
    others = "".join(f"{m},2026-01-01,no_evidence,,Nothing was found.\n" for m in measures[1:])
    late = judge(f"{measures[0]},1999-01-01,partial,{name},It began.\n{others}")
    unknown = judge(f"{measures[0]},2026-01-01,partial,{name}x,It began.\n{others}")

    assert late == [f"E351 the event {name} of {day} is later than the status it proves"]
    assert unknown == [f"E310 unknown evidence '{name}x'"]


def test_a_status_names_evidence_unless_nothing_was_found() -> None:
    """`no_evidence` with evidence, and any other status without, are both refused."""
    measures, events = name_parts()
    others = "".join(f"{m},2026-01-01,no_evidence,,Nothing was found.\n" for m in measures[1:])
    bare = judge(f"{measures[0]},2026-01-01,in_force,,It works.\n{others}")
    odd = judge(f"{measures[0]},2026-01-01,no_evidence,{events[0][0]},Nothing.\n{others}")

    assert bare == ["E352 status is in_force, yet no evidence is named"]
    assert odd == ["E352 status is no_evidence, yet evidence is named"]


def test_a_status_that_cannot_be_read_is_a_status() -> None:
    """Its own fault is told; that the measure has none would be said too much."""
    measures, _ = name_parts()
    others = "".join(f"{m},2026-01-01,no_evidence,,Nothing was found.\n" for m in measures[2:])
    found = judge(f"{measures[0]},2026-01-01,finished,,It is there.\n{others}")

    assert [words[:4] for words in found] == ["E131", "E350"]
    assert found[-1] == f"E350 the measure {measures[1]!r} has no status"


def test_of_a_table_that_is_torn_no_status_is_missed() -> None:
    """What could not be read may be just that."""
    measures, _ = name_parts()
    torn = f'{measures[1]},2026-01-01,no_evidence,,"Nothing" was found.\n'
    row = f"{measures[0]},2026-01-01,no_evidence,,Nothing was found.\n"
    facts = parse_facts(read_data() | {"data/assessments.csv": HEADER + row + torn})

    assert len(facts.assessments) == 1
    assert list(check_assessments(facts)) == []
