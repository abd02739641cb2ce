"""Previews come and go on the branch of pages, and nothing else on it is ever touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from report import previews
from report.archives import ArchiveRefused, pack_files
from report.notices import NOTICE
from report.previews import (
    describe_preview,
    pack_site,
    place_preview,
    remove_others,
    remove_previews,
    unpack_site,
)
from report.problems import UsageError, WriteFailed
from report.writing import MARKER
from tests.test_policies import PAGE, SOUND

BRANCH = "gh-pages"


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(name="remote")
def _remote(tmp_path: Path) -> Path:
    """A repository that is pushed to, with a published edition on the branch of pages."""
    remote, first = tmp_path / "remote.git", tmp_path / "first"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", str(remote))
    git(tmp_path, "init", "--quiet", "--initial-branch=gh-pages", str(first))
    (first / "en/2026").mkdir(parents=True)
    (first / "en/2026/index.html").write_text("published")
    git(first, "add", "--all")
    git(first, "commit", "--quiet", "-m", "Publish 2026")
    git(first, "push", "--quiet", str(remote), BRANCH)
    return remote


@pytest.fixture(name="clone")
def _clone(tmp_path: Path, remote: Path) -> Path:
    """A working copy that knows the remote and has work of its own in its index."""
    clone = tmp_path / "clone"
    git(tmp_path, "init", "--quiet", str(clone))
    git(clone, "remote", "add", "origin", remote.as_uri())
    (clone / "work.txt").write_text("mine")
    (clone / ".gitignore").write_text("*.css\n")
    git(clone, "add", "work.txt", ".gitignore")
    return clone


def make_folder(folder: Path, **files: str) -> Path:
    """A folder of files, `_` for a dot."""
    folder.mkdir(exist_ok=True)
    for name, text in files.items():
        (folder / name.replace("_", ".")).write_text(text)
    return folder


def show(remote: Path) -> dict[str, str]:
    """What the branch holds."""
    names = git(remote, "ls-tree", "-r", "--name-only", BRANCH).splitlines()
    return {name: git(remote, "show", f"{BRANCH}:{name}") for name in names}


def test_a_site_is_packed_judged_and_unpacked_with_its_notice(tmp_path: Path) -> None:
    """What was built comes out whole but for the marker; every page says that it is a preview."""
    site = make_folder(tmp_path / "site", index_html=SOUND, a_css="p{}")
    (site / MARKER).write_text("{}")
    diff = make_folder(tmp_path / "diff", index_html=PAGE, summary_md="# What changed")

    assert pack_site(site, tmp_path / "p.tar", {"diff": diff}) == 4
    assert unpack_site(tmp_path / "p.tar", tmp_path / "out") == 5

    pages = {p.relative_to(tmp_path / "out").as_posix() for p in (tmp_path / "out").rglob("*.*")}
    assert pages == {
        *("index.html", "a.css", "diff/index.html", "diff/summary.md", "preview-notice.css"),
    }
    for page in ("index.html", "diff/index.html"):
        text = (tmp_path / "out" / page).read_text()
        assert NOTICE in text
        assert 'content="noindex"' in text


def test_what_would_be_refused_is_not_packed(tmp_path: Path) -> None:
    """Whoever builds a site learns of it, not only whoever shows it."""
    site = make_folder(tmp_path / "site", index_html=SOUND, run_exe="")

    with pytest.raises(ArchiveRefused, match=r"'run\.exe' is no kind of file"):
        pack_site(site, tmp_path / "p.tar", {})
    with pytest.raises(UsageError, match="is no folder"):
        pack_site(tmp_path / "none", tmp_path / "p.tar", {})
    assert not (tmp_path / "p.tar").exists()


def test_a_refused_archive_writes_nothing(tmp_path: Path) -> None:
    """One bad file among good ones, no first page, or no archive: the folder is not even made."""
    archive, out = tmp_path / "p.tar", tmp_path / "out"
    archive.write_bytes(pack_files({"index.html": SOUND.encode(), "../x.css": b""}))
    with pytest.raises(ArchiveRefused):
        unpack_site(archive, out)
    archive.write_bytes(pack_files({"a.css": b""}))
    with pytest.raises(ArchiveRefused, match=r"no index\.html"):
        unpack_site(archive, out)
    with pytest.raises(UsageError, match="cannot be read"):
        unpack_site(tmp_path / "none.tar", out)

    assert not out.exists()
    assert not (tmp_path / "x.css").exists()


def test_a_preview_is_placed_replaced_and_removed(
    tmp_path: Path, remote: Path, clone: Path
) -> None:
    """Each state takes the place of the last; ignored files go along; the edition stays."""
    edition = {"en/2026/index.html": "published", ".nojekyll": ""}
    place_preview(
        clone, make_folder(tmp_path / "a", index_html="one", x_css="p"), 7, "origin", BRANCH
    )
    first = {"preview/pr-7/index.html": "one", "preview/pr-7/x.css": "p"}
    assert show(remote) == {**edition, **first}

    place_preview(clone, make_folder(tmp_path / "b", index_html="two"), 7, "origin", BRANCH)
    place_preview(clone, make_folder(tmp_path / "c", index_html="new"), 71, "origin", BRANCH)
    second = {"preview/pr-7/index.html": "two", "preview/pr-71/index.html": "new"}
    assert show(remote) == {**edition, **second}

    remove_previews(clone, "origin", BRANCH, wanted=lambda number: number == 7)
    assert show(remote) == {**edition, "preview/pr-71/index.html": "new"}
    assert git(remote, "rev-list", "--count", BRANCH) == "5"


def test_what_is_as_it_should_be_makes_no_commit(tmp_path: Path, remote: Path, clone: Path) -> None:
    """The same preview again, or none to remove, changes nothing."""
    folder = make_folder(tmp_path / "a", index_html="one")
    place_preview(clone, folder, 7, "origin", BRANCH)
    before = git(remote, "rev-parse", BRANCH)

    assert "as it should be" in place_preview(clone, folder, 7, "origin", BRANCH)
    said = remove_previews(clone, "origin", BRANCH, wanted=lambda number: number == 8)
    assert "as it should be" in said
    assert git(remote, "rev-parse", BRANCH) == before


def test_previews_of_closed_changes_are_swept(tmp_path: Path, remote: Path, clone: Path) -> None:
    """Only the numbers that are still open keep theirs; other files of the folder are not ours."""
    for number in (7, 8, 9):
        folder = make_folder(tmp_path / str(number), index_html=str(number))
        place_preview(clone, folder, number, "origin", BRANCH)
    remove_others(clone, "origin", BRANCH, [8, 100])

    assert sorted(show(remote)) == [
        *(".nojekyll", "en/2026/index.html", "preview/pr-8/index.html"),
    ]


def test_a_branch_that_does_not_exist_is_begun(tmp_path: Path, remote: Path, clone: Path) -> None:
    """The first preview of a repository that has published nothing."""
    git(remote, "update-ref", "-d", f"refs/heads/{BRANCH}")
    place_preview(clone, make_folder(tmp_path / "a", index_html="one"), 7, "origin", BRANCH)

    assert show(remote) == {".nojekyll": "", "preview/pr-7/index.html": "one"}


def test_one_who_is_late_tries_again_on_the_newest_state(
    tmp_path: Path, remote: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An edition published meanwhile stays; the push is never forced."""
    first = tmp_path / "first"
    once: list[int] = []

    def publish(git_: previews._Git) -> None:
        if not once:
            once.append(1)
            (first / "zh.html").write_text("later")
            git(first, "add", "--all")
            git(first, "commit", "--quiet", "-m", "Publish")
            git(first, "push", "--quiet", str(remote), BRANCH)
        keep_plain(git_)

    keep_plain = previews._keep_plain
    monkeypatch.setattr(previews, "_keep_plain", publish)
    place_preview(clone, make_folder(tmp_path / "a", index_html="one"), 7, "origin", BRANCH)

    shown = show(remote)
    assert shown["zh.html"] == "later"
    assert shown["preview/pr-7/index.html"] == "one"


def test_a_remote_that_refuses_is_said(tmp_path: Path, remote: Path, clone: Path) -> None:
    """After some tries the reason is told."""
    hook = remote / "hooks" / "pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n")
    hook.chmod(0o755)
    with pytest.raises(WriteFailed, match="not today"):
        place_preview(clone, make_folder(tmp_path / "a", index_html="one"), 7, "origin", BRANCH)
    with pytest.raises(WriteFailed, match="git ls-remote"):
        place_preview(clone, tmp_path / "a", 7, "nowhere", BRANCH)
    with pytest.raises(UsageError, match="is no folder"):
        place_preview(clone, tmp_path / "none", 7, "origin", BRANCH)


def test_the_working_copy_is_left_alone(
    tmp_path: Path, remote: Path, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither files, nor what is staged, nor branches, nor how deep the history goes."""
    before = git(clone, "status", "--short", "--branch")
    git(clone, "fetch", "--quiet", "origin", BRANCH)
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))  # as a hook has it
    place_preview(clone, make_folder(tmp_path / "a", index_html="one"), 7, "origin", BRANCH)
    monkeypatch.delenv("GIT_DIR")

    assert git(clone, "status", "--short", "--branch") == before
    assert git(clone, "rev-parse", "--is-shallow-repository") == "false"
    assert git(clone, "branch", "--list") == ""
    assert git(remote, "rev-list", "--count", BRANCH) == "2"


def test_the_words_hold_the_address_and_the_commit_and_nothing_else() -> None:
    """The address is made of the number; a commit that is no hash is refused."""
    said = describe_preview("https://example.org/r/", 12, "ab" * 20)

    assert "https://example.org/r/preview/pr-12/)" in said
    assert "https://example.org/r/preview/pr-12/diff/)" in said
    assert "ab" * 20 in said
    assert "removed. It last showed" in describe_preview("u", 12, "ab" * 20, removed=True)
    for commit in ("@everybody", "ab" * 20 + "\n", "AB" * 20, ""):
        with pytest.raises(UsageError):
            describe_preview("https://example.org/r/", 12, commit)
