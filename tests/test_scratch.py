"""Folders on the side do not pile up, and nobody sweeps what another run still uses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from report.problems import WriteFailed
from report.scratch import open_scratch
from tests.examples import PROJECT

HOLD = """
import sys
from report.scratch import open_scratch
with open_scratch() as folder:
    (folder / "site").mkdir()
    (folder / "site" / "page").write_text("x")
    print(folder, flush=True)
    sys.stdin.read()
"""


@pytest.fixture(name="place", autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A temporary folder that nobody else uses."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)
    return tmp_path


def hold() -> tuple[subprocess.Popen[str], Path]:
    """Another process that has a folder with something in it."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD], cwd=PROJECT, env=dict(os.environ), text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout is not None
    return process, Path(process.stdout.readline().strip())


def test_a_folder_is_empty_and_gone_afterwards(place: Path) -> None:
    """Also when the work in it fails."""
    with open_scratch() as folder:
        assert list(folder.iterdir()) == []
        (folder / "file").write_text("x")
    with pytest.raises(KeyError), open_scratch():
        raise KeyError
    assert list(place.iterdir()) == []


def test_what_a_killed_run_left_is_swept_by_the_next(place: Path) -> None:
    """Folder and lock, whatever is in them."""
    process, left = hold()
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert (left / "site" / "page").is_file()

    with open_scratch() as folder:
        assert not left.exists()
        assert {path.stem for path in place.iterdir()} == {folder.name}
    assert list(place.iterdir()) == []


def test_what_another_run_uses_stays(place: Path) -> None:
    """Until it ends, and then it takes its own away."""
    process, used = hold()
    with open_scratch() as folder:
        assert folder != used
        assert (used / "site" / "page").is_file()
    process.communicate("")
    assert list(place.iterdir()) == []


def test_what_is_not_ours_stays(place: Path) -> None:
    """Other files, a lock that is a link, and what a link of a folder leads to."""
    (place / "other").mkdir()
    (place / "other" / "kept").write_text("x")
    (place / "report-site-a.lock").symlink_to(place / "other" / "kept")
    (place / "report-site-b.lock").write_text("")
    (place / "report-site-b").symlink_to(place / "other")

    with open_scratch():
        pass

    assert (place / "other" / "kept").read_text() == "x"
    assert (place / "report-site-a.lock").is_symlink()


def test_no_room_is_a_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the temporary folder is gone, it is named."""
    monkeypatch.setattr(tempfile, "tempdir", str(place / "none"))
    with pytest.raises(WriteFailed, match=r"none.*No such file"), open_scratch():
        pass
