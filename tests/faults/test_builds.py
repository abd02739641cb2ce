"""Whatever happens to a build, the earlier site is as it was and the next build is whole.

These tests run the command that a person runs. Faults of single steps, such as a full disk at each
write or a renderer that hangs, are tested beside the modules that meet them.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from report.build import build_site
from report.composition import Settings
from tests.examples import PROJECT, SECOND, TODAY

MOMENTS = int(os.environ.get("FAULT_MOMENTS", "6"))
"""At how many moments builds are killed: `make audit` asks for 40."""
SMALL = 20_000
"""Bytes that a file may have where the disk is made to refuse: less than a page of the site."""


def start(root: Path, limit: int | None = None) -> subprocess.Popen[str]:
    """A build of a report folder, as a person starts it; `limit` is the greatest size of a file."""

    def confine() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(root)]
    return subprocess.Popen(
        [*command, "--no-cache", "--pages-only"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=confine,  # noqa: PLW1509 - the limit is for the build alone
        start_new_session=True,
    )


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The status with which a build ended, and what it said on stderr."""
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def list_beside(site: Path) -> set[str]:
    """What lies beside the site and is no part of the report."""
    return {path.name for path in site.parent.iterdir()} - {"data", "site_src", "README.md"}


@pytest.fixture(scope="module", name="built")
def _built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, float]:
    """A report folder with its site, and the seconds that its build took."""
    root = Path(shutil.copytree(SECOND, tmp_path_factory.mktemp("faults") / "report"))
    begun = time.monotonic()
    assert finish(start(root))[0] == 0
    return root, time.monotonic() - begun


@pytest.fixture(name="edited")
def _edited(built: tuple[Path, float], tmp_path: Path) -> Path:
    """A copy of it with an edit that its site does not show yet."""
    root = Path(shutil.copytree(built[0], tmp_path / "report"))
    words = root / "site_src" / "2026" / "en" / "method.md"
    text = words.read_text()
    assert text.count("{% endblock %}") == 1
    words.write_text(text.replace("{% endblock %}", "\nA sentence that was added.\n{% endblock %}"))
    return root


def build_again(root: Path) -> dict[str, bytes]:
    """The site after one more build, which must be whole and leave nothing beside it."""
    status, said = finish(start(root))
    assert (status, said) == (0, "")
    assert list_beside(root / "site") == {"site"}
    return read_tree(root / "site")


def test_a_build_killed_at_any_moment_leaves_a_whole_site(
    built: tuple[Path, float], edited: Path
) -> None:
    """The old one, or the new one where the swap was done; the next build repairs what is left."""
    before = read_tree(edited / "site")
    trees = []
    for number in range(MOMENTS):
        process = start(edited)
        time.sleep(built[1] * (number + 0.5) / MOMENTS)
        os.killpg(process.pid, signal.SIGKILL)
        finish(process)
        trees.append(read_tree(edited / "site"))
    after = build_again(edited)

    assert after != before
    assert [tree in (before, after) for tree in trees] == [True] * MOMENTS


def test_an_interrupted_build_says_so(built: tuple[Path, float], edited: Path) -> None:
    """Status 130 and one sentence, the old site, nothing beside it."""
    before = read_tree(edited / "site")
    process = start(edited)
    time.sleep(built[1] / 2)
    process.send_signal(signal.SIGINT)
    status, said = finish(process)

    assert (status, said.strip()) == (130, "interrupted; the earlier site is as it was")
    assert read_tree(edited / "site") == before
    assert list_beside(edited / "site") == {"site"}


def test_builds_at_once_do_not_mix(edited: Path) -> None:
    """Each ends well or says who builds; the site is that of a single build."""
    ended = [finish(process) for process in [start(edited) for _ in range(4)]]
    site = read_tree(edited / "site")
    statuses = sorted(status for status, _ in ended)
    refused = [said for status, said in ended if status == 3]

    assert statuses[0] == 0
    assert set(statuses) <= {0, 3}
    assert all("another build is running" in said for said in refused)
    assert all(said.count("\n") == 1 for said in refused)
    assert site == build_again(edited)


def test_a_disk_that_refuses_is_said_in_one_sentence(edited: Path) -> None:
    """Status 3, the place and the reason, the old site, no traceback."""
    before = read_tree(edited / "site")
    status, said = finish(start(edited, SMALL))

    assert status == 3
    assert said.startswith("Error: ")
    assert said.endswith("\n")
    assert "Traceback" not in said
    assert read_tree(edited / "site") == before
    assert list_beside(edited / "site") == {"site"}


def test_a_report_without_rights_to_write_is_built_elsewhere(edited: Path, tmp_path: Path) -> None:
    """Facts and words are only read: read-only folders stop no build."""
    for path in [*edited.rglob("*"), edited]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    site = tmp_path / "elsewhere"
    try:
        settings = replace(make_settings(edited), site_dir=site, use_cache=False)
        assert build_site(settings).startswith("built ")
    finally:
        for path in [edited, *edited.rglob("*")]:
            path.chmod(0o755 if path.is_dir() else 0o644)


def make_settings(root: Path) -> Settings:
    """A build of the pages alone, in this process."""
    return Settings(
        root=root, project=PROJECT, site_dir=root / "site", today=TODAY, jobs=1, whole=False
    )


HARMS: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "turned": lambda content: bytes(255 - byte for byte in content),
    "emptied": lambda _: b"",
    "other": lambda _: b'{"format": 99}',
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_harmed_cache_changes_no_byte(
    harm: str,
    built: tuple[Path, float],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever is kept and broken is made anew."""
    root = Path(shutil.copytree(built[0], tmp_path / "report"))
    monkeypatch.setattr(Settings, "cache", property(lambda _self: tmp_path / "cache"))
    shutil.rmtree(root / "site")
    build_site(make_settings(root))
    whole = read_tree(root / "site")
    kept = [path for path in (tmp_path / "cache").rglob("*") if path.is_file()]
    for path in kept:
        path.write_bytes(HARMS[harm](path.read_bytes()))
    shutil.rmtree(root / "site")
    build_site(make_settings(root))

    assert kept
    assert read_tree(root / "site") == whole == read_tree(built[0] / "site")
