"""However a command is told to end, or its streams are closed, what it says and gives is true.

These tests run the command that a person runs.
"""

from __future__ import annotations

import contextlib
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from report.endings import tell_ending, watch_site
from report.writing import stage, write_stamp
from tests.examples import PROJECT, SECOND
from tests.faults.builds import (
    Built,
    build_again,
    finish,
    list_beside,
    start,
    start_for_a_while,
)
from tests.lengths import MOMENTS
from tests.trees import read_tree

WORDS = {signal.SIGINT: (130, "interrupted"), signal.SIGTERM: (143, "told to end")}


def end(sent: signal.Signals, what: str) -> tuple[int, str]:
    """The status of a command that a signal ended, and what it says."""
    status, word = WORDS[sent]
    return status, f"{word}; {what}"


STANDS, NEVER, LOOSE = (
    *("the earlier site is as it was", "no site was written", "nothing is left half-done"),
)


def end_midway(edited: Path, sent: signal.Signals) -> tuple[int, str]:
    """What a build gives and says that is sent a signal once it writes."""
    process = start(edited)
    while not list(edited.glob(".site.staging-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(sent)
    status, said = finish(process)
    return status, said.strip()


@pytest.mark.parametrize("sent", WORDS)
def test_an_interrupted_build_says_so(sent: signal.Signals, edited: Path) -> None:
    """Its status and one sentence, the old site, nothing beside it."""
    before = read_tree(edited / "site")

    assert end_midway(edited, sent) == end(sent, STANDS)
    assert read_tree(edited / "site") == before
    assert list_beside(edited / "site") == {"site"}


@pytest.mark.parametrize("sent", WORDS)
def test_an_interrupted_first_build_says_so(sent: signal.Signals, edited: Path) -> None:
    """There is no earlier site to speak of."""
    shutil.rmtree(edited / "site")

    assert end_midway(edited, sent) == end(sent, NEVER)
    assert list_beside(edited / "site") == set()


def test_a_site_built_again_is_another_however_often(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The number of a folder that is gone goes to the next one."""
    site = tmp_path / "site"

    def build(times: int) -> None:
        watch_site(site)
        for _ in range(times):
            with stage(site) as staging:
                write_stamp(staging, {})
        raise KeyboardInterrupt

    for times in range(1, 5):
        assert tell_ending(partial(build, times)) == 130
        assert capsys.readouterr().err == f"interrupted; {site} is built\n"
    assert tell_ending(partial(build, 0)) == 130
    assert capsys.readouterr().err == "interrupted; the earlier site is as it was\n"


def test_an_interrupt_for_all_processes_is_said_once(built: Built, edited: Path) -> None:
    """As a terminal sends it, at any moment: one sentence or a whole site, and no traceback.

    Before Python looks out for signals, and when it has done all and looks out no more, it ends by
    them without a word.
    """
    unheard = (-signal.SIGINT, "")
    early, kept = end(signal.SIGINT, LOOSE), end(signal.SIGINT, STANDS)
    late = end(signal.SIGINT, f"{edited / 'site'} is built")
    whole = [read_tree(edited / "site")]
    for number in range(MOMENTS):
        before = (edited / "site").stat().st_ino
        process = start_for_a_while(edited, built, number)
        os.killpg(process.pid, signal.SIGINT)

        status, said = finish(process)

        is_new = (edited / "site").stat().st_ino != before
        assert (status, said.strip()) in {(0, ""), early, kept, late, unheard}
        assert is_new or said.strip() != late[1]
        assert not is_new or said.strip() not in {early[1], kept[1]}
        assert list_beside(edited / "site") == {"site"}
    whole.append(build_again(edited))
    assert read_tree(edited / "site") in whole


@pytest.mark.parametrize("sent", WORDS)
def test_an_ending_after_all_is_done_names_the_new_site(sent: signal.Signals, edited: Path) -> None:
    """As the last line waits for whoever reads it."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    with contextlib.suppress(BlockingIOError):
        while True:
            os.write(writer, b"x" * 65536)
    os.set_blocking(writer, True)
    before = (edited / "site").stat().st_ino
    command = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(edited)]
    process = subprocess.Popen(
        [*command, "--pages-only"], stdout=writer, stderr=subprocess.PIPE, text=True
    )
    while (edited / "site").stat().st_ino == before and process.poll() is None:
        time.sleep(0.01)
    time.sleep(0.5)
    process.send_signal(sent)
    status, said = finish(process)
    os.close(reader)
    os.close(writer)

    assert (status, said.strip()) == end(sent, f"{edited / 'site'} is built")


@pytest.mark.parametrize(
    ("closed", "arguments", "status", "said"),
    [
        ("2>&-", ["--edition", "1999"], 2, ""),
        (">&-", ["--edition", "1999"], 2, "Error: there is no edition '1999'; there is 2026\n"),
        (">&- 2>&-", [], 0, ""),
    ],
)
def test_a_closed_stream_changes_no_status(
    closed: str, arguments: list[str], status: int, said: str
) -> None:
    """What nobody can hear is not said."""
    command = [sys.executable, str(PROJECT / "build.py"), "check", "--root", str(SECOND)]
    typed = f"{shlex.join([*command, *arguments])} {closed}"
    ended = subprocess.run(["sh", "-c", typed], capture_output=True, text=True, check=False)

    assert (ended.returncode, ended.stderr) == (status, said)


def test_a_signal_that_is_to_be_ignored_is() -> None:
    """As in the background of a shell, or below nohup."""
    command = [sys.executable, str(PROJECT / "build.py"), "check", "--root", str(SECOND)]
    with subprocess.Popen(
        ["sh", "-c", f"trap '' INT; exec {shlex.join(command)}"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        for _ in range(10):
            time.sleep(0.1)
            process.send_signal(signal.SIGINT)
        _, said = process.communicate()

    assert (process.returncode, said) == (0, "")


LOADING = "import time\nprint('loads', flush=True)\ntime.sleep(60)\n"
"""A library that takes a minute."""
IN_A_CLASS = """import time
class Slow:
    def __set_name__(self, owner, name):
        print('loads', flush=True)
        time.sleep(60)
class Owner:
    slow = Slow()
"""
"""The same, for a class in it."""
OF_AN_ERROR = """import time
print('loads', flush=True)
try:
    time.sleep(60)
except BaseException:
    pass
raise ValueError('Error building a serializer')
"""
"""One that makes an error of its own of whatever happens, without saying what it was."""
AS_AN_OBJECT_GOES = """import time
class Slow:
    def __del__(self):
        print('loads', flush=True)
        time.sleep(60)
Slow()
time.sleep(60)
"""
"""One that takes its time where Python tells errors and goes on."""
LIBRARIES = {
    "module": LOADING,
    "class": IN_A_CLASS,
    "error": OF_AN_ERROR,
    "object": AS_AN_OBJECT_GOES,
}


@pytest.mark.parametrize("code", LIBRARIES.values(), ids=LIBRARIES)
@pytest.mark.parametrize(
    ("command", "library", "sent"),
    [
        ("check", "click", signal.SIGINT),
        ("check", "jinja2", signal.SIGINT),
        ("check", "jinja2", signal.SIGTERM),
        ("serve", "watchfiles", signal.SIGINT),
        ("serve", "watchfiles", signal.SIGTERM),
    ],
)
def test_an_ending_while_libraries_load_is_said_too(
    command: str, library: str, sent: signal.Signals, code: str, tmp_path: Path
) -> None:
    """A library that takes long is interrupted as the build itself is, whatever it makes of that.

    What ends the making of a class is another error until Python 3.12, and that of a validator one
    without a cause. `click` is loaded before the command begins, `jinja2` by it.
    """
    (tmp_path / f"{library}.py").write_text(code)
    process = subprocess.Popen(
        [sys.executable, str(PROJECT / "build.py"), command, "--root", str(SECOND)],
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "loads\n"
    process.send_signal(sent)
    status, said = finish(process)

    expected = end(sent, LOOSE)
    if command == "serve":
        expected = expected[0], "serving has ended"
    assert (status, said.strip()) == expected


@pytest.mark.parametrize("pause", [0, 1])
@pytest.mark.parametrize(("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_serving_that_ends_says_what_is_left(
    sent: signal.Signals, status: int, pause: int, edited: Path
) -> None:
    """Not the earlier site, but one of pages alone; as it begins to watch files, and later."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", str(edited)]
    pipe = subprocess.PIPE
    with subprocess.Popen([*command, "--port", "0"], stderr=pipe, text=True) as process:
        assert process.stderr is not None
        while "serving http" not in (line := process.stderr.readline()):
            assert line
        time.sleep(pause)
        process.send_signal(sent)
        said = process.stderr.read()

    assert process.returncode == status
    site = edited / "site"
    assert said == f"serving has ended; {site} holds pages alone until `site` is run\n"
