"""Pieces of work done by real processes: in any order, with one fault told, and ended at once."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import time
from collections.abc import Iterator
from multiprocessing.connection import Connection

import pytest

from report.crews import Crew
from report.problems import WriteFailed
from tests.test_renderer import wait_until

NAP = 0.5
"""Seconds by which one process is slower than another."""


def serve(line: Connection) -> None:
    """What a process does: answers until nobody asks."""
    with contextlib.suppress(EOFError):
        while True:
            work, piece = line.recv()
            try:
                line.send(work(*piece))
            except ValueError as error:
                line.send(error)


def double(number: int, pause: float = 0) -> int:
    """Twice a number, after a while."""
    time.sleep(pause)
    return 2 * number


def refuse(number: int, pause: float) -> int:
    """Nothing: the number is wrong."""
    time.sleep(pause)
    raise ValueError(number)


def end(_number: int) -> int:
    """Nothing: the process ends."""
    raise SystemExit


@pytest.fixture(name="crew")
def _crew() -> Iterator[Crew]:
    """Two processes, which are gone afterwards."""
    crew = Crew(2, serve)
    yield crew
    crew.close()
    assert multiprocessing.active_children() == []


def test_every_piece_is_answered_once(crew: Crew) -> None:
    """Also where there are fewer pieces than processes, or none."""
    assert sorted(crew.begin("x", double, [(n,) for n in range(20)])) == list(range(0, 40, 2))
    assert list(crew.begin("x", double, [(21,)])) == [42]
    assert list(crew.begin("x", double, [])) == []
    assert len(multiprocessing.active_children()) == 2


def test_work_goes_on_while_nobody_takes_answers(crew: Crew) -> None:
    """Two works may be asked for before either is taken."""
    first = crew.begin("x", double, [(1,), (2,), (3,)])
    second = crew.begin("x", double, [(4,), (5,)])

    assert sorted(second) == [8, 10]
    assert sorted(first) == [2, 4, 6]


def test_work_that_is_done_is_not_done_again(crew: Crew) -> None:
    """Though the processes that did it are gone before anybody takes the answers."""
    answers = crew.begin("x", double, [(1,), (2,)])
    first = next(answers)
    with pytest.raises(ValueError, match="3"):
        list(crew.begin("x", refuse, [(3, 0)]))

    assert sorted([first, *answers]) == [2, 4]


def test_of_several_faults_that_of_the_first_piece_is_told(crew: Crew) -> None:
    """Whichever process is done first; what comes later is not even begun."""
    pieces = [(1, NAP), (2, 0), (3, 0)]

    with pytest.raises(ValueError, match=r"\A1\Z"):
        list(crew.begin("x", refuse, pieces))


def test_a_process_that_ends_is_told_and_replaced(crew: Crew) -> None:
    """In a sentence that says what was wanted."""
    with pytest.raises(WriteFailed, match="x cannot be: the process that was at it has ended"):
        list(crew.begin("x cannot be", end, [(1,), (2,)]))

    assert list(crew.begin("x", double, [(1,)])) == [2]


def test_work_that_is_given_up_ends_at_once(crew: Crew) -> None:
    """Its processes with it; the next work has others. Work that is done is not given up."""
    assert list(crew.begin("x", double, [(1,)])) == [2]
    crew.give_up()
    kept = multiprocessing.active_children()
    crew.begin("x", double, [(1, 60), (2, 60)])
    assert wait_until(lambda: len(multiprocessing.active_children()) == 2)
    crew.give_up()
    left = multiprocessing.active_children()

    assert len(kept) == 1
    assert left == []
    assert list(crew.begin("x", double, [(4,)])) == [8]


def test_answers_that_nobody_wants_end_no_other_work(crew: Crew) -> None:
    """A reader of answers that is thrown away late finds that others are at work."""
    answers = crew.begin("x", double, [(n,) for n in range(9)])
    next(answers)
    crew.give_up()
    after = crew.begin("x", double, [(5, NAP)])
    del answers
    gc.collect()

    assert list(after) == [10]


def test_a_crew_that_is_closed_while_it_gets_ready_has_nobody(crew: Crew) -> None:
    """Nobody is employed after that."""
    crew.get_ready(2)
    crew.close()
    time.sleep(NAP)

    assert multiprocessing.active_children() == []


def test_with_one_job_this_process_works_when_it_is_asked() -> None:
    """No process, and nothing before the first answer is taken."""
    done: list[int] = []

    def note(number: int) -> int:
        done.append(number)
        return number

    answers = Crew(1, serve).begin("x", note, [(1,), (2,)])
    before = list(done)

    assert (before, list(answers), done) == ([], [1, 2], [1, 2])
    assert multiprocessing.active_children() == []
