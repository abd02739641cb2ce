"""How a command ends: with which status, and what is said of it.

One of the few modules that touch the outside, which sends signals. Knows exit statuses and errors;
not which commands there are or what they do.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
from collections.abc import Callable, Iterator
from enum import IntEnum

import click

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
    """Run a command; whatever happens becomes a clear sentence and an exit status.

    Told to end by SIGTERM, it says so and raises SystemExit.
    """
    signal.signal(signal.SIGTERM, _end)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # names of files may hold what it cannot show
            stream.reconfigure(errors="backslashreplace")
    try:
        return _run(command)
    except SystemExit as ended:
        if ended.code == ExitStatus.ENDED:
            click.echo(f"told to end; {_name_what_stands(ended)}", err=True)
        raise


def choose_status() -> ExitStatus:
    """The status of a command that ended early: by the signal that it was sent.

    Not by what was raised, for what watches files tells of any signal as of an interrupt.
    """
    return ExitStatus.ENDED if _told else ExitStatus.INTERRUPTED


@contextlib.contextmanager
def uncover_ending() -> Iterator[None]:
    """Raise what ended a command early as itself, where something made another error of it.

    Until Python 3.12 an interrupt in the making of a class, as libraries load, is the cause of a
    RuntimeError, and for click one is always the cause of an error of its own.
    """
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, KeyboardInterrupt | SystemExit):
                raise cause from None
            cause = cause.__cause__
        raise


def _run(command: Callable[[], int | None]) -> int:
    """The status with which a command ends, once what keeps it from ending well is said."""
    status = None
    try:
        with uncover_ending():
            status = command()
    except (click.exceptions.Abort, KeyboardInterrupt) as ended:
        click.echo(f"interrupted; {_name_what_stands(ended)}", err=True)
        return ExitStatus.INTERRUPTED
    except click.ClickException as error:
        error.show(sys.stderr)
        return ExitStatus.USAGE
    except ReportError as error:
        return _tell(error)
    except BrokenPipeError:  # who read what is said has read enough, as `head` does
        _fall_silent()
    except OSError as error:  # whatever the outside refuses that no room has a sentence for
        reason = error.strerror or type(error).__name__
        click.echo(f"Error: {error.filename or 'output'}: {reason}", err=True)
        return ExitStatus.FAILED
    return status or ExitStatus.DONE  # a command gives nothing, or its status where it ends early


def _name_what_stands(ended: BaseException) -> str:
    """What whoever ended a command early must know: which site is there now."""
    return next(iter(getattr(ended, "__notes__", ())), "the earlier site is as it was")


def _tell(error: ReportError) -> ExitStatus:
    """Say what went wrong: problems on stdout, where tools read them, all else on stderr."""
    if isinstance(error, DataProblems):
        try:
            for problem in error.problems:
                click.echo(str(problem))
        except BrokenPipeError:
            _fall_silent()
        count = len(error.problems)
        click.echo(f"{count} problem{'s' if count != 1 else ''} found; nothing written", err=True)
        return ExitStatus.PROBLEMS
    click.echo(f"Error: {error}", err=True)
    return ExitStatus.USAGE if isinstance(error, UsageError) else ExitStatus.FAILED


def _fall_silent() -> None:
    """Write nothing more to an output that nobody reads."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


_told: list[int] = []
"""Signals by which this process was told to end."""


def _end(signal_sent: int, _frame: object) -> None:
    """End on SIGTERM as on an exception, so that nothing half-made stays behind."""
    _told.append(signal_sent)
    raise SystemExit(ExitStatus.ENDED)
