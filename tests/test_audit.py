"""The audit of tests tells what it must: too few mutants noticed, and a list that is not true."""

from __future__ import annotations

import pytest

from tests.audit.__main__ import main
from tests.audit.branches import read_branches, share, write_low
from tests.audit.judgement import (
    Survivor,
    Tally,
    Verdict,
    find_subject,
    judge,
    read_accepted,
    read_change,
    write_table,
)
from tests.audit.mutants import (
    CASES_OF_WORDS,
    SUBJECTS,
    choose_subjects,
    read_survivors,
    set_decorators_apart,
)
from tests.examples import PROJECT
from tests.test_cases import NAMES

ONE = Survivor("report/text.py", "trust", "return Markup(text)", "return Markup(None)")
OTHER = Survivor("report/checks/keys.py", "check", "a = 1", "a = 2")
DIFF = """--- report/text.py
+++ report/text.py
@@ -1,4 +1,4 @@
 def shorten(text: str) -> str:
-    return text[
-        :1]
+    return text[:2]
"""


def test_a_change_is_known_by_its_lines() -> None:
    """Not by a number, and whatever their indent."""
    assert read_change(DIFF) == ("return text[ :1]", "return text[:2]")


def test_survivors_are_read_from_what_mutmut_shows() -> None:
    """Functions and methods, each with its module; a heading within a diff is none."""
    said = (
        f"# report.text.x_shorten__mutmut_3: survived\n{DIFF}"
        "# report.derive.points.xǁRangeǁcover__mutmut_12: no tests\n"
        "--- report/derive/points.py\n+++ report/derive/points.py\n"
        " # a comment\n-        return 1\n+        return 2\n"
    )

    assert list(read_survivors(said)) == [
        Survivor("report/text.py", "shorten", "return text[ :1]", "return text[:2]"),
        Survivor("report/derive/points.py", "Range.cover", "return 1", "return 2"),
    ]


@pytest.mark.parametrize(
    ("mutants", "left", "passes"), [(10, 1, True), (10, 2, False), (100, 11, False), (0, 0, False)]
)
def test_nine_of_ten_mutants_must_be_noticed(mutants: int, left: int, *, passes: bool) -> None:
    """Exactly nine of ten are enough; where there was none, nothing was tried."""
    assert Tally("text", mutants, (ONE,) * left).passes is passes


def test_a_list_of_survivors_that_is_not_true_is_told() -> None:
    """One that is missing is told, and one too much, each as often as it occurs."""
    tally = Tally("text", 100, (ONE, ONE))

    assert judge([tally], [ONE, ONE]) == Verdict((tally,))
    assert judge([tally], [ONE]) == Verdict((tally,), unlisted=(ONE,))
    assert judge([tally], [ONE, ONE, ONE]) == Verdict((tally,), gone=(ONE,))
    assert judge([tally], [ONE]).passes
    assert not judge([tally, Tally("reading", 1, (OTHER,))], [ONE]).passes


def test_what_was_not_tried_is_not_gone() -> None:
    """Whoever tries one module hears nothing of others."""
    assert judge([Tally("text", 10, (ONE,))], [ONE, OTHER]).gone == ()
    assert find_subject("report/checks/keys.py") == "checking"
    assert find_subject("report/derive/rates.py") == "derive"


def test_a_survivor_is_accepted_for_a_reason() -> None:
    """Without one the list is refused."""
    entry = {"module": ONE.module, "function": ONE.function, "was": ONE.was, "now": ONE.now}

    assert read_accepted([entry | {"reason": "the same"}]) == [ONE]
    with pytest.raises(ValueError, match="no reason"):
        read_accepted([entry | {"reason": " "}])


def test_the_table_has_a_line_for_each_module() -> None:
    """With what is below the gate marked."""
    table = write_table([Tally("text", 40, (ONE,)), Tally("reading", 4, (OTHER,))])

    assert table.splitlines() == [
        "module   mutants  killed  survivors  killed %",
        "text          40      39          1      97.5",
        "reading        4       3          1      75.0  below 90",
    ]


def test_every_subject_and_its_tests_exist() -> None:
    """A module that is renamed is not lost from the audit."""
    for subject in SUBJECTS.values():
        assert all(list(PROJECT.glob(pattern)) for pattern in subject.modules)
        assert all((PROJECT / path.partition("::")[0]).exists() for path in subject.tests)
    assert {case[:-1].rpartition("[")[2] for case in CASES_OF_WORDS} <= set(NAMES)
    assert choose_subjects([]) == list(SUBJECTS)
    with pytest.raises(ValueError, match="nothing: none of editions"):
        choose_subjects(["text", "nothing"])


def test_a_decorated_function_is_decorated_below_itself() -> None:
    """So that it is tried as well: decorators in their order, methods and the rest as they were."""
    code = [
        "class A:",
        "    @property",
        "    def b(self): return 1",
        "@first",
        "@second(1,",
        "        2)",
        "def f():",
        "    return 1",
        "c = 2",
    ]

    assert set_decorators_apart("\n".join(code)).splitlines() == [
        *code[:3],
        *code[6:8],
        "f = second(1,",
        "        2)(f)",
        "f = first(f)",
        "c = 2",
    ]


def test_branches_are_counted_over_all_modules() -> None:
    """A large module weighs more than a small one; those below the gate are named, worst first."""
    files = {
        "report/a.py": {"summary": {"num_branches": 100, "covered_branches": 96}},
        "report/b.py": {"summary": {"num_branches": 10, "covered_branches": 9}},
        "report/c.py": {"summary": {"num_branches": 90, "covered_branches": 80}},
        "report/d.py": {"summary": {"num_branches": 0, "covered_branches": 0}},
    }
    found = read_branches({"files": files})

    assert share(found) == 92.5
    assert write_low(found).splitlines() == ["  report/c.py: 80 of 90", "  report/b.py: 9 of 10"]
    assert share({}) == 0


def test_an_unknown_part_is_a_wrong_question() -> None:
    """Nothing is run."""
    assert main(["everything"]) == 2
    assert main(["mutants", "nothing"]) == 2
