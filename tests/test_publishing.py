"""Published by real git to a bare repository on the disk: whole, once, and never overwritten."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.asides import build_once
from tests.publication import Clone, commit_on_branch


@pytest.fixture(scope="module", autouse=True)
def _build_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is frozen and published is built once for the same inputs; test_releases.py rebuilds."""
    with build_once(tmp_path_factory):
        yield


def read_versions(clone: Clone) -> list[dict[str, object]]:
    """What the menu of editions reads."""
    text = clone.git("show", "gh-pages:en/versions.json", folder=clone.bare)
    versions: list[dict[str, object]] = json.loads(text)
    return versions


def test_two_editions_an_overwriting_and_a_correction(clone: Clone) -> None:
    """The whole course: what each step touches, refuses and lists."""
    assert clone.build("publish", "2024", "--push")[0] == 0
    first = clone.files()
    above = {"index.html", "404.html", ".nojekyll", "robots.txt", "llms.txt", "sitemap.xml"}
    assert {path.split("/")[0] for path in first} == {"en", *above}
    assert [entry["version"] for entry in read_versions(clone)] == ["2024"]

    assert clone.build("publish", "2026", "--push")[0] == 0
    second = clone.files()
    touched = {path for path in {*first, *second} if first.get(path) != second.get(path)}
    beside = {path for path in touched if not path.startswith(("en/2026/", "en/latest/"))}
    assert beside == {"en/versions.json", "sitemap.xml"}
    listed = clone.git("show", "gh-pages:sitemap.xml", folder=clone.bare)
    assert re.findall(r"en/(\w+)/sitemap.xml", listed) == ["2024", "2026"]
    assert [(e["version"], e["aliases"]) for e in read_versions(clone)] == [
        ("2026", ["latest"]),
        ("2024", []),
    ]
    for path, found in second.items():
        if path.startswith("en/2026/"):
            assert second[path.replace("/2026/", "/latest/")] == found

    tip = clone.tip()
    status, said, _ = clone.build("publish", "2026", "--push")
    assert (status, said) == (0, "2026 is published as it is; gh-pages is unchanged\n")
    assert clone.tip() == tip

    clone.revise("2026")
    status, said, _ = clone.build("publish", "2026-r1", "--push")
    assert status == 0, said
    assert clone.build("edition", "verify", "2026-r1")[0] == 0, "as the audit asks by the tag"
    third = clone.files()
    touched = {path for path in {*second, *third} if second.get(path) != third.get(path)}
    assert "en/2026/method/index.html" in touched
    assert all(p.startswith(("en/2026/", "en/latest/")) or p == "en/versions.json" for p in touched)
    status, said, _ = clone.build("edition", "list", "--published")
    assert said.splitlines() == [
        "en  2026  Edition 2026  revision 1  latest",
        "en  2024  Edition 2024",
    ]


def test_a_published_edition_is_not_overwritten_by_stealth(clone: Clone) -> None:
    """Thawed by taking its manifest away and frozen anew, it is refused at the branch."""
    assert clone.build("publish", "2026", "--push")[0] == 0
    tip = clone.tip()
    (clone.root / "data/editions/2026.manifest.json").unlink()
    clone.rewrite("2026")
    clone.freeze("2026")

    status, said, complaint = clone.build("publish", "2026", "--push")

    assert (status, said) == (2, "")
    assert complaint.startswith("Error: 2026 is published and must not change; declare a revision")
    assert (clone.tip(), clone.tip(here=True)) == (tip, tip)


def test_an_older_edition_published_later_is_not_the_latest(clone: Clone) -> None:
    """The address of the newest stays where it is."""
    assert clone.build("publish", "2026", "--push")[0] == 0
    before = clone.files()
    assert clone.build("publish", "2024", "--push")[0] == 0
    after = clone.files()

    touched = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    beside = {path for path in touched if not path.startswith("en/2024/")}
    assert beside == {"en/versions.json", "sitemap.xml"}
    assert [(e["version"], e["aliases"]) for e in read_versions(clone)] == [
        ("2026", ["latest"]),
        ("2024", []),
    ]


def test_latest_may_lead_instead_of_being_a_copy(clone: Clone) -> None:
    """Each of its pages names the page of the edition."""
    assert clone.build("publish", "2026", "--push", "--alias-type", "redirect")[0] == 0
    page = clone.git("show", "gh-pages:en/latest/method/index.html", folder=clone.bare)

    assert "../../2026/method/" in page
    assert all(not path.startswith("en/latest/assets/") for path in clone.files())
    assert all(mode != "120000" for mode in list_modes(clone))


def list_modes(clone: Clone) -> set[str]:
    """Kinds of files on the branch: pages may hold no links."""
    listed = clone.git("ls-tree", "-r", "gh-pages", folder=clone.bare).splitlines()
    return {line.split()[0] for line in listed}


def test_without_push_only_this_repository_knows(clone: Clone) -> None:
    """Two editions later one push carries both."""
    assert clone.build("publish", "2024")[0] == 0
    assert clone.tip() == ""
    assert clone.build("publish", "2026", "--push")[0] == 0
    assert clone.tip() == clone.tip(here=True)
    assert {p.split("/")[1] for p in clone.files() if p.startswith("en/2")} == {"2024", "2026"}


def refuse(clone: Clone, name: str = "2026", *more: str, status: int) -> str:
    """What a publication says that fails with a status and changes no branch."""
    before = (clone.tip(), clone.tip(here=True))
    found, said, complaint = clone.build("publish", name, "--push", *more)
    assert (found, said) == (status, "")
    assert complaint.count("\n") == 1
    assert (clone.tip(), clone.tip(here=True)) == before
    return complaint


def test_what_is_not_frozen_is_not_published(clone: Clone) -> None:
    """The way out is a freeze; names are judged first."""
    (clone.root / "data/editions/2026.manifest.json").unlink()

    assert "2026 is not frozen; run `edition freeze 2026`" in refuse(clone, status=2)
    assert "names no edition" in refuse(clone, "2026\u200b", status=2)
    assert "there is no edition '2030'" in refuse(clone, "2030", status=2)


def test_changed_facts_of_a_frozen_edition_are_problems(clone: Clone) -> None:
    """Listed as by `check`; nothing is published."""
    clone.rewrite("2026")

    status, found, _ = clone.build("publish", "2026", "--push")

    assert (status, clone.tip()) == (1, "")
    assert "E551" in found


def test_a_machine_that_builds_otherwise_does_not_publish(clone: Clone) -> None:
    """What is published is what was frozen, byte for byte."""
    path = clone.root / "data/editions/2026.manifest.json"
    manifest = json.loads(path.read_text())
    manifest["outputs"]["en/index.html"] = "0" * 64
    path.write_text(json.dumps(manifest))
    clone.commit("Another manifest")

    assert "what 2026 builds today is not what was frozen: en/index.html" in refuse(clone, status=2)


def test_nobody_commits_without_a_name(clone: Clone) -> None:
    """The command that tells git is in the sentence."""
    clone.git("config", "--unset", "user.email")

    assert "git config user.email" in refuse(clone, status=3)


def test_a_branch_that_diverged_is_refused(clone: Clone, tmp_path: Path) -> None:
    """A publication here that was never pushed, and another one there."""
    assert clone.build("publish", "2024", "--push")[0] == 0
    assert clone.build("publish", "2026")[0] == 0
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")

    assert "gh-pages here and at origin have diverged" in refuse(clone, status=3)


def test_a_branch_that_moved_on_is_followed(clone: Clone, tmp_path: Path) -> None:
    """A preview placed by others stays; the local branch was behind."""
    assert clone.build("publish", "2024", "--push")[0] == 0
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")
    assert clone.build("publish", "2026", "--push")[0] == 0

    assert "preview/pr-1/index.html" in clone.files()
    assert "en/2026/index.html" in clone.files()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("docs/index.html", "gh-pages holds 'docs', which is none of this report's"),
        ("en/v1.0/index.html", "gh-pages holds 'en/v1.0', which is no edition"),
        ("en/versions.json", "en/versions.json on the branch of pages lists no editions"),
    ],
)
def test_a_branch_that_holds_something_else_is_refused(
    clone: Clone, tmp_path: Path, path: str, sentence: str
) -> None:
    """Nobody's work is mixed with a report."""
    commit_on_branch(clone, tmp_path / "other", path, "{}")

    assert sentence in refuse(clone, status=3)


def test_a_missing_remote_is_wrong_usage(clone: Clone) -> None:
    """The command that adds one is in the sentence."""
    assert "git remote add upstream ADDRESS" in refuse(
        clone, "2026", "--remote", "upstream", status=2
    )


def test_a_remote_that_refuses_leaves_all_as_it_was(clone: Clone) -> None:
    """A hook says no: neither branch moves."""
    hook = clone.bare / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)

    assert "git push" in refuse(clone, status=3)


def test_a_branch_that_is_checked_out_is_not_pulled_from_under_anybody(
    clone: Clone, tmp_path: Path
) -> None:
    """Whoever works on it, in this folder or in one beside, must leave it first."""
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")
    clone.git("fetch", "-q", "origin", "gh-pages:gh-pages")
    clone.git("worktree", "add", "-q", str(tmp_path / "beside"), "gh-pages")

    assert "gh-pages is checked out here" in refuse(clone, status=3)


def test_what_is_in_no_commit_is_not_published(clone: Clone) -> None:
    """Nobody could build it again; the commands that commit it are in the sentence."""
    manifest, page = "data/editions/2026.manifest.json", "site_src/2026/en/né w.md"
    clone.git("rm", "-q", "--cached", manifest)
    clone.git("commit", "-q", "-m", "Forget")
    (clone.root / ".gitignore").write_text("*.manifest.json\n")
    clone.git("add", ".gitignore")
    clone.git("commit", "-q", "-m", "Ignore")
    assert f"{manifest}; git add -- {manifest} && git commit\n" in refuse(clone, status=2)

    clone.git("add", "--force", manifest)
    assert f"be published: {manifest}; git" in refuse(clone, status=2)  # staged is not committed
    clone.git("commit", "-q", "-m", "Remember")
    edition = clone.root / "data/editions/2026.yml"
    edition.write_text(edition.read_text() + "# read again\n")
    assert "be published: data/editions/2026.yml; git add" in refuse(clone, status=2)
    clone.git("commit", "-q", "-a", "-m", "Read again")
    (clone.root / "templates").mkdir()
    for name in ("a b", "né", "c", "d"):
        (clone.root / f"templates/{name}.jinja").write_text("x")
    said = refuse(clone, status=2)
    assert "templates/a b.jinja, templates/c.jinja, templates/d.jinja and 1 more; " in said
    assert said.endswith("git add -- templates && git commit\n")
    assert page not in said


def test_where_nothing_can_be_it_is_said(clone: Clone, tmp_path: Path) -> None:
    """No such remote, no such branch, and a branch with previews alone."""
    assert "there is no remote 'nosuch'" in clone.build("publish", "2026", "--remote", "nosuch")[2]
    listing = ("edition", "list", "--published")
    status, _, complaint = clone.build(*listing, "--remote", "nosuch")
    assert (status, "there is no remote 'nosuch'" in complaint) == (2, True)
    status, _, complaint = clone.build(*listing, "--branch", "nosuch")
    assert (status, "there is no branch 'nosuch' here or at origin" in complaint) == (2, True)
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")
    assert clone.build(*listing) == (0, "nothing is published on gh-pages yet\n", "")
    assert (clone.tip(here=True), clone.git("branch", "--list", "gh-pages")) == ("", "")
