"""Whatever happens to a build, the earlier site is as it was and the next build is whole.

These tests run the command that a person runs. Faults of single steps, such as a full disk at each
write or a renderer that hangs, are tested beside the modules that meet them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import shlex
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.examples import PROJECT, SECOND
from tests.lengths import MOMENTS
from tests.trees import read_tree

DROP, OVERRIDES = 24, (1, 2)
"""`prctl` takes from a process and its children what lets root write and read everything."""
SMALL = 20_000
"""Bytes that a file may have where the disk is made to refuse: less than a page of the site."""


def start(
    root: Path,
    *options: str,
    afresh: bool = False,
    limit: int | None = None,
    has_rights: bool = True,
) -> subprocess.Popen[str]:
    """A build of a report folder, as a person starts it; `afresh` it uses nothing that is kept.

    `limit` is the greatest size of a file. Without rights, not even root may write where the rights
    of a folder forbid it.
    """

    def confine() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for right in () if has_rights else OVERRIDES:
            ctypes.CDLL(None).prctl(DROP, right)

    command = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(root)]
    aside = find_aside(root)
    aside.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*command, *options, "--pages-only", *(["--no-cache"] if afresh else [])],
        env={**os.environ, "TMPDIR": str(aside)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=confine,  # noqa: PLW1509 - the limit is for the build alone
        start_new_session=True,
    )


def find_aside(root: Path) -> Path:
    """The folder for what builds of a report folder do on the side."""
    return root.with_name("aside")


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The status with which a build ended, and what it said on stderr."""
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def list_beside(site: Path) -> set[str]:
    """What lies beside the site and is no part of the report."""
    return {path.name for path in site.parent.iterdir()} - {"data", "site_src", "README.md"}


Built = tuple[Path, dict[bool, float]]
"""A report folder with its site, and the seconds that its build took, afresh and not."""


@pytest.fixture(scope="module", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    root = Path(shutil.copytree(SECOND, tmp_path_factory.mktemp("faults") / "report"))
    seconds = {}
    for afresh in (True, False, False):  # the first that keeps anything has all to make
        shutil.rmtree(root / "site", ignore_errors=True)
        begun = time.monotonic()
        assert finish(start(root, afresh=afresh))[0] == 0
        seconds[afresh] = time.monotonic() - begun
    return root, seconds


def start_for_a_while(root: Path, built: Built, number: int) -> subprocess.Popen[str]:
    """A build some way on its way: each moment further, by turns afresh and with what is kept."""
    afresh = number % 2 == 0
    process = start(root, afresh=afresh)
    time.sleep(built[1][afresh] * (number + 0.5) / MOMENTS)
    return process


@pytest.fixture(name="edited")
def _edited(built: Built, tmp_path: Path) -> Path:
    """A copy of it with an edit that its site does not show yet."""
    root = Path(shutil.copytree(built[0], tmp_path / "report"))
    words = root / "site_src" / "2026" / "en" / "method.md"
    text = words.read_text()
    assert text.count("{% endblock %}") == 1
    words.write_text(text.replace("{% endblock %}", "\nA sentence that was added.\n{% endblock %}"))
    return root


def build_again(root: Path) -> dict[str, bytes]:
    """The site after one more build, which must be whole and leave nothing beside it."""
    assert finish(start(root)) == (0, "")
    assert list_beside(root / "site") == {"site"}
    assert list(find_aside(root).iterdir()) == []
    return read_tree(root / "site")


def build_afresh(root: Path) -> dict[str, bytes]:
    """The site of a build that uses nothing of what others have left or kept."""
    shutil.rmtree(root / "site")
    assert finish(start(root, afresh=True)) == (0, "")
    return read_tree(root / "site")


def test_a_build_killed_at_any_moment_leaves_a_whole_site(built: Built, edited: Path) -> None:
    """The old one, or the new one where the swap was done; the next build repairs what is left."""
    before = read_tree(edited / "site")
    trees, statuses = [], set()
    for number in range(MOMENTS):
        process = start_for_a_while(edited, built, number)
        os.killpg(process.pid, signal.SIGKILL)
        statuses.add(finish(process)[0])
        trees.append(read_tree(edited / "site"))
    after = build_again(edited)

    assert after == build_afresh(edited)
    assert -signal.SIGKILL in statuses
    assert after != before
    assert [tree in (before, after) for tree in trees] == [True] * MOMENTS


ENDINGS = {
    signal.SIGINT: (130, "interrupted; the earlier site is as it was"),
    signal.SIGTERM: (143, "told to end; the earlier site is as it was"),
}


@pytest.mark.parametrize("sent", ENDINGS)
def test_an_interrupted_build_says_so(sent: signal.Signals, edited: Path) -> None:
    """Its status and one sentence, the old site, nothing beside it."""
    before = read_tree(edited / "site")
    process = start(edited)
    while not list(edited.glob(".site.staging-*")) and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(sent)
    status, said = finish(process)

    assert (status, said.strip()) == ENDINGS[sent]
    assert read_tree(edited / "site") == before
    assert list_beside(edited / "site") == {"site"}


def test_an_interrupt_for_all_processes_is_said_once(built: Built, edited: Path) -> None:
    """As a terminal sends it, at any moment: one sentence or a whole site, and no traceback.

    Before Python looks out for signals, and when it has done all and looks out no more, it ends by
    them without a word.
    """
    unheard = (-signal.SIGINT, "")
    late = (130, f"interrupted; {edited / 'site'} is built")
    whole = [read_tree(edited / "site")]
    for number in range(MOMENTS):
        before = (edited / "site").stat().st_ino
        process = start_for_a_while(edited, built, number)
        os.killpg(process.pid, signal.SIGINT)

        status, said = finish(process)

        is_new = (edited / "site").stat().st_ino != before
        assert (status, said.strip()) in {(0, ""), ENDINGS[signal.SIGINT], late, unheard}
        assert is_new or said.strip() != late[1]
        assert not is_new or said.strip() != ENDINGS[signal.SIGINT][1]
        assert list_beside(edited / "site") == {"site"}
    whole.append(build_again(edited))
    assert read_tree(edited / "site") in whole


@pytest.mark.parametrize("sent", ENDINGS)
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

    word = ENDINGS[sent][1].partition(";")[0]
    assert (status, said.strip()) == (ENDINGS[sent][0], f"{word}; {edited / 'site'} is built")


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

    left = f"serving has ended; {SECOND / 'site'} holds pages alone until `site` is run"
    expected = ENDINGS[sent][0], left if command == "serve" else ENDINGS[sent][1]
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


def test_builds_at_once_do_not_mix(edited: Path) -> None:
    """Each ends well or says who builds, one of them at least; the site is that of one build."""
    ended = [finish(process) for process in [start(edited, afresh=True) for _ in range(3)]]
    site = read_tree(edited / "site")
    statuses = sorted(status for status, _ in ended)
    refused = [said for status, said in ended if status == 3]

    assert statuses[0] == 0
    assert set(statuses) <= {0, 3}
    assert all("another build is running" in said for said in refused)
    assert all(said.count("\n") == 1 for said in refused)
    assert list_beside(edited / "site") == {"site"}
    assert site == build_afresh(edited)


def test_a_disk_that_refuses_is_said_in_one_sentence(edited: Path) -> None:
    """Status 3, the place and the reason, the old site, no traceback."""
    before = read_tree(edited / "site")
    status, said = finish(start(edited, afresh=True, limit=SMALL))

    assert status == 3
    assert said.startswith("Error: ")
    assert said.endswith("\n")
    assert "Traceback" not in said
    assert read_tree(edited / "site") == before
    assert list_beside(edited / "site") == {"site"}


def test_folders_that_may_only_be_read_stop_no_build(edited: Path, tmp_path: Path) -> None:
    """Facts and words are only read; where the site may not be written, that is said."""
    site = tmp_path / "elsewhere" / "site"
    site.parent.mkdir()
    for path in [*edited.rglob("*"), edited]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        built = finish(start(edited, "--site-dir", str(site), has_rights=False))
        refused = finish(start(edited, has_rights=False))
    finally:
        for path in [edited, *edited.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)

    assert built == (0, "")
    assert (site / "index.html").is_file()
    place = edited / ".site.lock"
    assert refused == (3, f"Error: {place}: Permission denied; the earlier site is as it was\n")
