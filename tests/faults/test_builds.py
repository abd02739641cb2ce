"""Whatever happens to a build, the earlier site is as it was and the next build is whole.

These tests run the command that a person runs. Faults of single steps, such as a full disk at each
write or a renderer that hangs, are tested beside the modules that meet them.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.faults.builds import (
    SMALL,
    Built,
    build_afresh,
    build_again,
    finish,
    list_beside,
    start,
    start_for_a_while,
)
from tests.lengths import MOMENTS
from tests.trees import read_tree


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
