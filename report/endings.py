"""How a command ends: with which status, and what is said of it.

One of the few modules that touch the outside, which sends signals. Knows exit statuses and errors;
not which commands there are or what they do. Imports next to nothing, so that it listens before any
library loads.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from enum import IntEnum
from pathlib import Path
from typing import TextIO

from report.problems import DataProblems, ReportError, UsageError


class ExitStatus(IntEnum):
    """What the number means with which a command ends."""

    DONE = 0
    PROBLEMS = 1
    USAGE = 2
    FAILED = 3
    INTERRUPTED = 130
    ENDED = 143


def tell_ending(command: Callable[[], int | None]) -> int:
    """Run a command; whatever happens becomes a clear sentence and an exit status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files may hold what it cannot show
            stream.reconfigure(errors="backslashreplace")
    try:
        with _listen():
            return _run(command)
    except KeyboardInterrupt:
        _say(sys.stderr, f"interrupted; {_name_what_stands()}")
        return ExitStatus.INTERRUPTED
    except SystemExit as ended:
        if ended.code != ExitStatus.ENDED:
            raise
        _say(sys.stderr, f"told to end; {_name_what_stands()}")
        return ExitStatus.ENDED
    finally:
        _stop_watching()


_watched: list[tuple[Path, int | None]] = []
"""Folders that a command may exchange, each held open, so that no other gets its number."""


def watch_site(folder: Path) -> None:
    """Have whoever ends this command early told of the site that stands then: a new one is another.

    Its files may well be what those of the earlier one were.
    """
    held = None
    with contextlib.suppress(OSError):  # there may be none yet
        held = os.open(folder, os.O_RDONLY)
    _watched.append((folder, held))


def _name_what_stands() -> str:
    """What whoever ended a command early must know."""
    if not _watched:
        return "nothing is left half-done"
    folder, held = _watched[-1]
    with contextlib.suppress(OSError):  # there may be none now
        now = folder.stat()
        if held is None or not os.path.samestat(os.fstat(held), now):
            return f"{folder} is built"
    return "no site was written" if held is None else "the earlier site is as it was"


def _stop_watching() -> None:
    for _, held in _watched:
        if held is not None:
            os.close(held)
    _watched.clear()


def _say(stream: TextIO | None, text: str) -> None:
    """Write a line to a stream, unless whoever started this process has closed it."""
    if stream is not None:
        stream.write(f"{text}\n")


def choose_status() -> ExitStatus:
    """The status of a command that ended early: by the signal that it was sent.

    Not by what was raised, for what watches files tells of any signal as of an interrupt.
    """
    return ExitStatus.ENDED if signal.SIGTERM in _heard else ExitStatus.INTERRUPTED


def _make_ending() -> BaseException:
    """What is raised at a signal; to be told to end weighs more than an interrupt."""
    return (
        KeyboardInterrupt()
        if choose_status() is ExitStatus.INTERRUPTED
        else SystemExit(ExitStatus.ENDED)
    )


@contextlib.contextmanager
def uncover_ending() -> Iterator[None]:
    """Raise what ended a command early as itself, where something made another error of it.

    Whatever goes wrong once a signal was heard does so because of it: an interrupt in the making of
    a class becomes a RuntimeError until Python 3.12, one in the making of a validator an error of
    that library, without a cause.
    """
    try:
        yield
    except Exception:
        if _heard:
            raise _make_ending() from None
        raise


def _run(command: Callable[[], int | None]) -> int:
    """The status with which a command ends, once what keeps it from ending well is said."""
    status = None
    try:
        with uncover_ending():
            status = command()
    except ReportError as error:
        return _tell(error)
    except ModuleNotFoundError as missing:
        remedy = "run `make site` once, then .venv/bin/python build.py"
        _say(sys.stderr, f"Error: {missing.name} is not installed here; {remedy}")
        return ExitStatus.FAILED
    except BrokenPipeError:  # who read what is said has read enough, as `head` does
        _fall_silent()
    except OSError as error:  # whatever the outside refuses that no room has a sentence for
        reason = error.strerror or type(error).__name__
        _say(sys.stderr, f"Error: {error.filename or 'output'}: {reason}")
        return ExitStatus.FAILED
    return status or ExitStatus.DONE  # a command gives nothing, or its status where it ends early


def _tell(error: ReportError) -> ExitStatus:
    """Say what went wrong: problems on stdout, where tools read them, all else on stderr."""
    if isinstance(error, DataProblems):
        try:
            for problem in error.problems:
                _say(sys.stdout, str(problem))
            if sys.stdout is not None:
                sys.stdout.flush()
        except BrokenPipeError:
            _fall_silent()
        count = len(error.problems)
        _say(sys.stderr, f"{count} problem{'s' if count != 1 else ''} found; nothing written")
        return ExitStatus.PROBLEMS
    _say(sys.stderr, f"Error: {error}")
    return ExitStatus.USAGE if isinstance(error, UsageError) else ExitStatus.FAILED


def _fall_silent() -> None:
    """Write nothing more to an output that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_heard: list[signal.Signals] = []
"""Signals that this process was sent while a command runs."""


@contextlib.contextmanager
def _listen() -> Iterator[None]:
    """Hear of signals, which end a command as an exception does, so that nothing stays half-made.

    One that whoever started this process wants ignored stays so. One that comes where no exception
    can be raised, as in what is called when an object goes, is heard again a moment later.
    """
    _heard.clear()
    before = {sent: signal.getsignal(sent) for sent in (signal.SIGINT, signal.SIGTERM)}
    tell_unraisable = sys.unraisablehook
    main = threading.main_thread().ident

    def hear_again(unraisable: sys.UnraisableHookArgs) -> None:
        if _heard and issubclass(unraisable.exc_type, KeyboardInterrupt | SystemExit):
            # Not at once, for nothing can be raised in here either.
            threading.Timer(0.01, signal.pthread_kill, [main, _heard.pop()]).start()
        else:
            tell_unraisable(unraisable)

    try:
        sys.unraisablehook = hear_again
        for sent, handler in before.items():
            if handler is not signal.SIG_IGN:
                signal.signal(sent, _hear)
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, signal.SIG_DFL if handler is None else handler)
        sys.unraisablehook = tell_unraisable


def _hear(sent: int, _frame: object) -> None:
    _heard.append(signal.Signals(sent))
    raise _make_ending()
