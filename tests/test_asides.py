"""A copy of the process makes what is asked for, or leaves it to whoever asked; none stays."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from report.asides import Asides
from report.remembering import Memory
from tests.examples import PROJECT

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there are no copies")
SOON = 10
"""Seconds after which something has not happened."""


def test_a_copy_knows_all_and_is_another_process() -> None:
    """It sends back what it made; what it changed here is as it was."""
    known = {"facts": "a" * 3_000_000}

    def make() -> tuple[int, str]:
        known["more"] = "changed"
        return os.getpid(), known["facts"]

    with Asides(2) as asides:
        made = asides.begin(make, Memory())()

    assert made is not None
    assert made[0] != os.getpid()
    assert made[1] == known["facts"]
    assert [*known] == ["facts"]


def test_what_a_copy_found_out_is_remembered() -> None:
    """And what it asked for counts as asked for, or it would be forgotten."""
    memory = Memory()
    memory.keep(b"1", "kind", "old")
    packed = memory.settle()
    memory = Memory(packed)

    def make() -> bool:
        memory.keep(b"2", "kind", "new")
        return memory.recall("kind", "old") == b"1"

    with Asides(2) as asides:
        assert asides.begin(make, memory)()
    packed = memory.settle()

    assert packed is not None
    later = Memory(packed)
    assert (later.recall("kind", "old"), later.recall("kind", "new")) == (b"1", b"2")


def fail() -> object:
    """Work with a fault."""
    raise ArithmeticError


def die() -> object:
    """Work whose process is ended from outside."""
    os.kill(os.getpid(), signal.SIGKILL)
    return 0


def make_unsendable() -> object:
    """What cannot be pickled."""
    return lambda: 0


@pytest.mark.parametrize("make", [fail, die, make_unsendable], ids=lambda make: make.__name__)
def test_a_copy_that_fails_gives_nothing(make: object, capfd: pytest.CaptureFixture[str]) -> None:
    """And says nothing: the fault is told where the work is done again."""
    with Asides(2) as asides:
        assert asides.begin(make, Memory())() is None  # type: ignore[arg-type]

    assert capfd.readouterr() == ("", "")


def test_with_one_job_there_are_no_copies() -> None:
    """Whoever asked does the work."""
    asides = Asides(1)

    assert not asides.can_copy
    assert asides.begin(lambda: 1, Memory())() is None


def count_lines() -> int:
    """Open files of this process."""
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def test_where_no_process_can_be_started_there_is_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As where there are too many; lines that were opened for it are closed."""

    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    before = count_lines()
    with Asides(2) as asides:
        assert asides.begin(lambda: 1, Memory())() is None

    assert count_lines() == before
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def sleep() -> object:
    """Work that takes long."""
    time.sleep(SOON * 6)
    return 0


def is_there(process: int) -> bool:
    """Whether a process is at work still."""
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_a_copy_nobody_waits_for_any_more_is_ended() -> None:
    """As when something else went wrong meanwhile."""
    begun, lines = time.monotonic(), count_lines()
    with Asides(2) as asides:
        asides.begin(sleep, Memory())
        (process,) = asides._running

    assert not is_there(process)
    assert count_lines() == lines
    assert time.monotonic() - begun < SOON


def test_an_interrupt_is_for_the_process_that_asked() -> None:
    """A copy does not hear of one, and goes on."""

    def make() -> str:
        os.kill(os.getpid(), signal.SIGINT)
        return "made"

    with Asides(2) as asides:
        assert asides.begin(make, Memory())() == "made"


PROGRAM = """
import sys, time
from report.asides import Asides
from report.remembering import Memory
with Asides(2) as asides:
    asides.begin(lambda: time.sleep(60), Memory())
    print(*asides._running, flush=True)
    time.sleep(60)
"""


def test_a_copy_ends_with_its_process() -> None:
    """Even if that is killed."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], cwd=PROJECT, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        copy = int(running.stdout.readline())
        assert is_there(copy)
        running.kill()
    end = time.monotonic() + SOON
    while is_there(copy) and time.monotonic() < end:
        time.sleep(0.02)

    assert not is_there(copy)


def test_an_interrupt_at_the_copying_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that comes just then is raised once the copy is known, so that it is ended."""
    fork, made = os.fork, list[int]()

    def interrupt() -> int:
        os.kill(os.getpid(), signal.SIGINT)
        made.append(fork())
        return made[-1]

    lines, frozen = count_lines(), gc.get_freeze_count()
    monkeypatch.setattr(os, "fork", interrupt)
    with pytest.raises(KeyboardInterrupt), Asides(2) as asides:
        asides.begin(sleep, Memory())

    assert not is_there(made[0])
    assert (count_lines(), gc.get_freeze_count()) == (lines, frozen)
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_copy_that_is_silent_for_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """As one would be that waits for what a thread held when it was copied."""
    monkeypatch.setattr("report.asides.TIMEOUT", 0.2)
    begun = time.monotonic()
    with Asides(2) as asides:
        take = asides.begin(sleep, Memory())
        (process,) = asides._running
        assert take() is None
        assert not is_there(process)

    assert time.monotonic() - begun < SOON
