"""Revisions of a repository, folders and whole projects, as `diff` finds them to compare."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from report.checkouts import count_machine, open_checkout
from report.comparing import compare_sides
from report.problems import UsageError
from tests.examples import PROJECT
from tests.sides import CHANGES, EXTRACT, ask, count, edit, lay_out


def git(folder: Path, *words: str) -> str:
    """What git says."""
    settings = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false"]
    result = subprocess.run(
        ["git", *settings, *words], cwd=folder, capture_output=True, text=True, check=True
    )
    return result.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with the extract below `reports/`, and a second commit with the customs case."""
    root = lay_out(tmp_path / "repository" / "reports")
    git(root.parent, "init", "--quiet", "--initial-branch=main")
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "-m", "first")
    git(root.parent, "tag", "first")
    shutil.copytree(CHANGES / "customs" / "data", root / "data", dirs_exist_ok=True)
    git(root.parent, "add", "--all")
    git(root.parent, "commit", "--quiet", "-m", "second")
    return root


def test_revisions_are_read_without_touching_the_working_tree(repository: Path) -> None:
    """Two revisions; one and the tree; a tree with changes in no commit, which is said."""
    both = compare_sides(ask(repository), "first", "HEAD")
    clean = compare_sides(ask(repository), "first", None)
    edit(repository, "data/observations/macro.csv", "2016,-0.2,", "2016,-0.3,")
    (repository / "data/observations/more.txt").write_text("not read")
    state = git(repository, "status", "--porcelain")

    dirty = compare_sides(ask(repository), "HEAD", None)

    assert (count(both.transcript), count(clean.transcript), count(dirty.transcript)) == (3, 3, 1)
    assert "to the working tree." in clean.digest
    assert "to the working tree (2 files not committed)." in dirty.digest
    assert "routine, **overwritten in place**" not in dirty.digest
    assert "first, **overwritten in place**" in dirty.digest
    assert git(repository, "status", "--porcelain") == state


def test_an_unknown_revision_gets_one_sentence_with_a_way_out(repository: Path) -> None:
    """Also one that looks like an option."""
    for name in ("no-such", "--output=x", "HEAD:reports", "-h"):
        with pytest.raises(UsageError) as caught:
            compare_sides(ask(repository), name, None)
        assert str(caught.value) == (
            f"there is no revision {name!r} here, nor a folder of this name with data/; "
            "run `git fetch`, or name a revision that `git log` shows"
        )


def test_a_shallow_checkout_says_how_to_deepen_it(repository: Path, tmp_path: Path) -> None:
    """What is there can be compared; what is not cannot."""
    shallow = tmp_path / "shallow"
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository.parent}", str(shallow))
    settings = ask(shallow / "reports")

    assert count(compare_sides(settings, "HEAD", None).transcript) == 0
    with pytest.raises(UsageError, match=r"this checkout is shallow: run `git fetch --unshallow`"):
        compare_sides(settings, "HEAD~1", None)


def test_a_revision_without_data_and_one_with_links_are_refused(repository: Path) -> None:
    """Links are never followed, not even in a revision."""
    (repository / "data" / "units.csv").unlink()
    (repository / "data" / "units.csv").symlink_to("series.csv")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "a link")
    git(repository, "rm", "-r", "--quiet", "data")
    git(repository, "commit", "--quiet", "-m", "no data")

    with pytest.raises(UsageError, match=r"'HEAD~1' holds data/units.csv, which is a link"):
        compare_sides(ask(repository), "HEAD~1", "first")
    with pytest.raises(UsageError, match=r"'HEAD' has no data/ in reports/"):
        compare_sides(ask(repository), "HEAD", "first")


def test_attributes_of_a_repository_hide_nothing(repository: Path) -> None:
    """What an archive would leave out or change is read as it is stored."""
    (repository.parent / ".gitattributes").write_text(
        "reports/data/** export-ignore text eol=crlf\n"
    )
    git(repository, "add", "--all", "..")
    git(repository, "commit", "--quiet", "-m", "attributes")

    assert count(compare_sides(ask(repository), "first", "HEAD").transcript) == 3


def test_an_empty_name_and_a_span_are_refused(repository: Path) -> None:
    """An unset variable compares nothing with nothing; a span is two arguments."""
    for name in ("", " "):
        with pytest.raises(UsageError, match="the name of a side is empty"):
            compare_sides(ask(repository), name, None)
    with pytest.raises(UsageError, match="the name of a side is empty"):
        compare_sides(ask(repository), "first", "")
    for span, words in (
        ("first..HEAD", "first HEAD"),
        ("HEAD~1...", "HEAD~1 HEAD"),
        ("..", "HEAD HEAD"),
    ):
        with pytest.raises(UsageError) as caught:
            compare_sides(ask(repository), span, None)
        assert str(caught.value) == (
            f"{span!r} names a span; write two arguments, e.g. `diff {words}`"
        )


def test_a_folder_with_the_name_of_a_revision_is_mentioned(
    repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder is compared, and that is said."""
    monkeypatch.chdir(repository)
    lay_out(repository / "first")

    found = compare_sides(ask(repository), "first", None)

    assert "first is both a folder and a revision; the folder is compared." in found.digest


def test_files_of_the_machine_that_changed_are_counted(repository: Path) -> None:
    """Between two revisions, or one and the tree; of a folder nothing is known."""
    (repository / "report").mkdir()
    (repository / "report" / "a.py").write_text("one = 1\n")
    (repository / "mkdocs.yml").write_text("site_name: x\n")
    (repository / "other.txt").write_text("no machine\n")
    git(repository, "add", "--all")
    git(repository, "commit", "--quiet", "-m", "machine")
    settings = replace(ask(repository), project=repository)
    with (
        open_checkout("first", repository, repository) as first,
        open_checkout("HEAD", repository, repository) as head,
        open_checkout(None, repository, repository) as tree,
        open_checkout(str(EXTRACT), repository, repository) as folder,
    ):
        (repository / "report" / "a.py").write_text("one = 2\n")
        pairs = [(first, head), (head, head), (head, tree), (folder, head)]
        counts = [count_machine(old, new, settings.project) for old, new in pairs]

    assert counts == [2, 0, 1, 0]


def test_hidden_files_of_a_whole_project_are_not_read_and_its_size_is_limited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As of a revision."""
    other = lay_out(tmp_path / "other")
    (other / "report").mkdir()
    (other / "data" / ".secret").write_text("x")
    with open_checkout(str(other), EXTRACT, PROJECT) as side:
        names = [path.name for path in (side.root / "data").iterdir()]
    monkeypatch.setattr("report.checkouts.LARGEST", 10)

    assert "units.csv" in names
    assert ".secret" not in names
    with pytest.raises(UsageError, match=r"holds [\d,]+ bytes; at most 10 are read"):
        compare_sides(ask(EXTRACT), str(other), str(EXTRACT))


def test_a_whole_project_is_compared_by_the_machine_of_today(tmp_path: Path) -> None:
    """A folder with a machine of its own gives its data and words, not its forms."""
    other = lay_out(tmp_path / "other", "customs")
    (other / "report").mkdir()
    (other / "templates" / "pages").mkdir(parents=True)
    (other / "templates" / "pages" / "topic.md.jinja").write_text("{{ broken")

    assert count(compare_sides(ask(EXTRACT), str(EXTRACT), str(other)).transcript) == 3
