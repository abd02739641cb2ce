"""What is remembered of a text is what would be found out of it once more."""

from __future__ import annotations

from typing import Any

import pytest

from report import environment, remembering
from report.environment import find_template_problems, make_environment
from report.proofreading import check_forms, check_text
from report.remembering import ONCE, PASSING, Memory


def pass_on(memory: Memory) -> Memory:
    """The memory that the next run begins with."""
    packed = memory.settle()
    assert packed is not None
    return Memory(packed)


def test_an_answer_is_known_to_its_own_question_only() -> None:
    """The parts of a question do not run into each other."""
    memory = Memory()
    memory.keep(b"yes", "kind", "ab", "c")

    assert memory.recall("kind", "ab", "c") == b"yes"
    assert memory.recall("kind", "a", "bc") is None
    assert memory.recall("kind", "abc") is None
    assert pass_on(memory).recall("kind", "ab", "c") == b"yes"


def test_what_nobody_asks_for_is_forgotten() -> None:
    """A memory does not grow from run to run, and is written only where it has changed."""
    memory = Memory()
    memory.keep(b"1", "first")
    memory.keep(b"2", "second")
    memory = pass_on(memory)
    memory.recall("first")
    later = pass_on(memory)

    assert (later.recall("first"), later.recall("second")) == (b"1", None)
    assert later.settle() is None


def test_a_run_that_looks_at_a_part_forgets_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the other parts asked for is at hand when they are made again, while there is room."""
    memory = Memory()
    memory.keep(b"1", "first")
    memory = pass_on(memory)
    assert memory.settle(part=True) is None
    memory.keep(b"2", "second")
    packed = memory.settle(part=True)

    assert packed is not None
    assert Memory(packed).recall("first") == b"1"

    memory.keep(b"3", "third")
    monkeypatch.setattr(remembering, "ROOM", 2)
    packed = memory.settle(part=True)
    assert packed is not None
    assert Memory(packed).recall("first") is None


def test_what_a_run_asks_for_but_once_is_held_for_later_runs_alone() -> None:
    """A memory that nobody keeps needs no room for it."""
    for lasts in (True, False):
        memory = Memory(lasts=lasts)
        memory.keep(b"1", f"{ONCE}words", "index.md")
        memory.keep(b"2", "form", "home.md.jinja")

        assert (memory.recall(f"{ONCE}words", "index.md") is not None) == lasts
        assert memory.recall("form", "home.md.jinja") == b"2"


def test_what_every_run_reads_goes_once_nobody_asks_for_it() -> None:
    """Else each edit of a table would leave the whole table behind."""
    memory = Memory()
    memory.keep(b"1", f"{PASSING}observations", "a.csv", "1")
    memory.keep(b"2", f"{PASSING}points", "sum", b"1")
    memory.keep(b"3", "form", "a")
    memory = pass_on(memory)
    memory.keep(b"4", f"{PASSING}observations", "a.csv", "2")
    packed = memory.settle(part=True)

    assert packed is not None
    later = Memory(packed)
    assert later.recall(f"{PASSING}observations", "a.csv", "1") is None
    assert later.recall(f"{PASSING}points", "sum", b"1") is None
    assert later.recall("form", "a") == b"3"
    assert later.recall(f"{PASSING}observations", "a.csv", "2") == b"4"


def test_forms_are_compiled_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A remembered form gives the same text, and says the line on which it fails."""
    names = ("form.md.jinja", "site_src/words.md", "#figure#title")
    texts, memory = dict.fromkeys(names, "{{ x }}\n{{ 1 / y }}"), Memory()
    for name in names:
        template = make_environment(texts, memory).get_template(name)
        assert template.render(x="a", y=1) == "a\n1&#46;0"
    memory = pass_on(memory)
    monkeypatch.setattr(environment.ReadingEnvironment, "compile", None)
    for name in names:
        form = make_environment(texts, memory).get_template(name)

        assert form.render(x="a", y=1) == "a\n1&#46;0"
        with pytest.raises(ZeroDivisionError) as failed:
            form.render(x="", y=0)
        assert (failed.traceback[-1].path, failed.traceback[-1].lineno) == (name, 1)


def test_what_editions_share_is_compiled_once_in_a_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where nothing is kept; words, which are an edition's own, take no room then."""
    names = ("form.md.jinja", "#figure#title", "site_src/words.md")
    texts, memory = dict.fromkeys(names, "{{ x }}"), Memory(lasts=False)
    for name in names:
        make_environment(texts, memory).get_template(name)
    compiled: list[str | None] = []
    compile_text = environment.ReadingEnvironment.compile

    def note(self: Any, source: Any, name: str | None = None, *rest: Any, **more: Any) -> Any:
        compiled.append(name)
        return compile_text(self, source, name, *rest, **more)

    monkeypatch.setattr(environment.ReadingEnvironment, "compile", note)
    for name in names:
        make_environment(texts, memory).get_template(name)

    assert compiled == ["site_src/words.md"]


def test_a_fault_is_found_every_time() -> None:
    """Only that a text has no fault is remembered."""
    memory = Memory()
    for _ in range(2):
        surroundings = make_environment({"form": "x"}, memory)
        found = [*find_template_problems(surroundings, "w", "{{ nobody }}", ())]
        found += check_text(surroundings, "w", "It rose by 30.", "en")
        found += check_forms({"form.jinja": "{% if %}"}, memory)
        assert [problem.code for problem in found] == ["E511", "E530", "E531", "E510"]
        memory = Memory(memory.settle())


def test_a_sound_text_is_judged_anew_where_what_it_leans_on_changes() -> None:
    """The names that it may use, the forms there are, and the words of units."""
    memory = Memory()
    text = '{{ a }}{% include "form" %}'
    assert not [*find_template_problems(make_environment({"form": "x"}, memory), "w", text, ["a"])]
    assert not [*check_text(make_environment({}, memory), "w", "in 2019 lamps", "en")]
    memory = pass_on(memory)
    fewer_names = find_template_problems(make_environment({"form": "x"}, memory), "w", text, [])
    fewer_forms = find_template_problems(make_environment({}, memory), "w", text, ["a"])
    more_units = check_text(make_environment({}, memory), "w", "in 2019 lamps", "en", {"lamps"})

    codes = [problem.code for problem in [*fewer_names, *fewer_forms, *more_units]]
    assert codes == ["E511", "E512", "E530"]
