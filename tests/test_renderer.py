"""The renderer as a process: begun, waited for, stopped, and told of when it breaks down."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from report import renderer
from report.problems import WriteFailed
from report.renderer import Renderer
from report.site import start_render
from tests.rivers import PROJECT, SETTINGS, THEME, make_source


def test_a_warning_of_the_renderer_ends_the_build(tmp_path: Path) -> None:
    """A dead link, an absolute one and a missing anchor are all told, without the workspace."""
    words = {"index.md": "# A\n\n[x](no.md) [y](/abs/) [z](#no)\n"}
    source = make_source(words, navigation=["index.md"])

    with Renderer("mkdocs") as mkdocs:
        start_render(mkdocs, source, SETTINGS, THEME, tmp_path / "w")
        with pytest.raises(WriteFailed) as found:
            mkdocs.wait()

    said = str(found.value)
    assert said.startswith("mkdocs could not render the site (status 1):\n  WARNING")
    assert "'no.md'" in said
    assert "'/abs/'" in said
    assert "'#no'" in said
    assert "Aborted with 3 warnings" in said
    assert str(tmp_path) not in said


def start_fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> Renderer:
    """A renderer, at work already, that is a module with this code."""
    name = f"renderer_{re.sub('[^a-z]', '', tmp_path.name)}"
    (tmp_path / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    path = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    monkeypatch.setattr(renderer, "_SERVER", path + renderer._SERVER)
    fake = Renderer(name)
    start_render(fake, make_source(), SETTINGS, THEME, tmp_path / "work")
    return fake


def wait_in_vain(fake: Renderer) -> None:
    """Wait for one that is stopped meanwhile."""
    with contextlib.suppress(WriteFailed):
        fake.wait()


def test_nothing_that_must_end_first_watches_the_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An interrupted command would go on until such a thread has waited, for two minutes."""
    before = set(threading.enumerate())

    with start_fake(tmp_path, monkeypatch, "import time; time.sleep(60)") as fake:
        waiting = threading.Thread(target=wait_in_vain, args=(fake,), daemon=True)
        waiting.start()
        time.sleep(0.5)
        others = set(threading.enumerate()) - before
        fake.process.kill()
        waiting.join(5)

    assert others == {waiting}


def test_a_renderer_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time the renderer is killed and the build says so."""
    monkeypatch.setattr(renderer, "TIMEOUT", 0.3)

    with (
        start_fake(tmp_path, monkeypatch, "import time; time.sleep(60)") as fake,
        pytest.raises(WriteFailed, match=r"did not end within 0\.3 seconds"),
    ):
        fake.wait()

    assert fake.process.poll() is not None


def test_one_renderer_renders_one_site_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that fails does not touch the next, and each has its own folder and clock."""
    code = (
        "import os, pathlib, sys\n"
        "pathlib.Path('said').write_text(os.environ['SOURCE_DATE_EPOCH'])\n"
        "sys.exit('no' if pathlib.Path('bad').exists() else None)\n"
    )
    with start_fake(tmp_path, monkeypatch, code) as fake:
        fake.wait()
        for name, clock in (("bad", 1), ("good", 2)):
            (tmp_path / name).mkdir()
            (tmp_path / name / name).touch()
            fake.start(tmp_path / name, [], tmp_path / name / "log", clock)
            if name == "bad":
                with pytest.raises(WriteFailed, match="could not render"):
                    fake.wait()
            else:
                fake.wait()

    assert (tmp_path / "bad" / "said").read_text() == "1"
    assert (tmp_path / "good" / "said").read_text() == "2"


def read_complaint(folder: Path, patch: pytest.MonkeyPatch, code: str) -> list[str]:
    """What is told of a renderer that fails by this code, after the line that says so."""
    with start_fake(folder, patch, code) as fake, pytest.raises(WriteFailed) as found:
        fake.wait()
    return str(found.value).split("\n")[1:]


def test_only_the_last_lines_of_a_long_complaint_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve lines are enough to act on; progress lines are none of them."""
    code = "for n in range(40): print('INFO x') or print('line', n)\nraise SystemExit(1)"

    assert read_complaint(tmp_path, monkeypatch, code) == [f"  line {n}" for n in range(28, 40)]


KILLED = """
import sys
sys.path[:0] = [project, folder]
from pathlib import Path
from report import renderer
from report.site import start_render
from tests.rivers import SETTINGS, THEME, make_source
renderer._SERVER = f"import sys; sys.path.insert(0, {folder!r})" + renderer._SERVER
sleeper = renderer.Renderer("sleeper")
start_render(sleeper, make_source(), SETTINGS, THEME, Path(folder, "w"))
sleeper.wait()
"""


def test_a_renderer_that_breaks_down_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor sees what happened, and no traceback of a program that is not theirs."""
    code = "def write():\n    raise OSError(28, 'No space left on device', 'rendered/x')\nwrite()\n"

    assert read_complaint(tmp_path, monkeypatch, code) == [
        "  OSError: [Errno 28] No space left on device: 'rendered/x'"
    ]


def test_a_renderer_dies_with_the_build(tmp_path: Path) -> None:
    """A build that is killed leaves no renderer behind that writes into its folder."""
    note = tmp_path / "pid"
    (tmp_path / "sleeper.py").write_text(
        "import os, time, pathlib\n"
        f"pathlib.Path({str(note)!r}).write_text(f'{{os.getpid()}}.')\n"
        "time.sleep(60)\n"
    )
    values = f"project, folder = {str(PROJECT)!r}, {str(tmp_path)!r}"
    with subprocess.Popen([sys.executable, "-c", values + KILLED]) as parent:
        written = wait_until(lambda: note.is_file() and note.read_text().endswith("."))
        parent.kill()

    assert written
    assert wait_until(lambda: not is_running(int(note.read_text()[:-1])))


def test_a_run_is_given_up_after_an_interrupt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was interrupted while waiting has had no answer: the run still goes on."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with Renderer("mkdocs") as mkdocs:
        start_render(mkdocs, make_source(), SETTINGS, THEME, tmp_path)
        with monkeypatch.context() as patch:
            patch.setattr("report.renderer.select.poll", interrupt)
            with pytest.raises(KeyboardInterrupt):
                mkdocs.wait()
        mkdocs.give_up()
        ended = mkdocs.process.poll()

    assert ended is not None


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within some seconds."""
    deadline = time.monotonic() + 10
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet asked for does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_renderer_that_is_not_there_is_said() -> None:
    """The name and the option, not a traceback."""
    with pytest.raises(WriteFailed, match="the renderer nosuch is not installed; choose another"):
        Renderer("nosuch")


def test_a_renderer_with_a_run_that_nobody_waited_for_is_not_ready(tmp_path: Path) -> None:
    """A next run would take that one's answer for its own."""
    with Renderer("mkdocs") as mkdocs:
        before = mkdocs.stands_ready
        start_render(mkdocs, make_source(), SETTINGS, THEME, tmp_path)
        meanwhile = mkdocs.stands_ready
        mkdocs.wait()
        after = mkdocs.stands_ready

    assert (before, meanwhile, after, mkdocs.stands_ready) == (True, False, True, False)
