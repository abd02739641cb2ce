"""Editions begun, frozen, listed and rebuilt, as a person types it, on the second report."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from tests.asides import build_once
from tests.commands import run_here
from tests.examples import PROJECT, SECOND
from tests.sharing import make_once

NOON = "1795521600"
"""24 November 2026, 12:00 UTC."""


@pytest.fixture(scope="module", autouse=True)
def _build_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What is frozen is built and rebuilt once here for the same inputs.

    It is rebuilt elsewhere where commands have a process of their own.
    """
    with build_once(tmp_path_factory):
        yield


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """The second report in a folder of its own."""
    return Path(shutil.copytree(SECOND, tmp_path / "report"))


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second report with its edition frozen, once for all tests."""

    def freeze(root: Path) -> None:
        shutil.copytree(SECOND, root)
        assert run(root, "edition", "freeze", "2026", environment={})[0] == 0  # rebuilt elsewhere

    return make_once(tmp_path_factory, "frozen-report", freeze)


@pytest.fixture(name="frozen")
def _frozen(model: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(model, tmp_path / "frozen"))


def run(
    root: Path, *arguments: str, environment: Mapping[str, str] | None = None
) -> tuple[int, str, str]:
    """Status, output and complaints of a command as typed; in this process by default."""
    variables = {**os.environ, "SOURCE_DATE_EPOCH": NOON, **(environment or {})}
    if environment is None:
        return run_here(*arguments, "--root", str(root), environment=variables)
    command = [sys.executable, "build.py", *arguments, "--root", str(root)]
    done = subprocess.run(
        command, cwd=PROJECT, env=variables, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


def list_tree(root: Path) -> dict[str, bytes]:
    """All files of a folder."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


# Begun.


def test_a_new_edition_carries_all_words_and_figures_forward_marked(root: Path) -> None:
    """The old one is as it was; `check` lists the marks of the new one until they are gone."""
    before = list_tree(root)

    status, said, _ = run(root, "edition", "new", "2027")

    after = list_tree(root)
    assert status == 0
    assert {path: after[path] for path in before} == before
    new = sorted(set(after) - set(before))
    words = sorted(path for path in before if path.startswith("site_src/2026/"))
    figures = sorted(path for path in before if path.startswith("data/figures/"))
    assert new == sorted(
        [
            "data/editions/2027.yml",
            *(path.replace("figures/", "figures/2027/") for path in figures),
            *(path.replace("/2026/", "/2027/") for path in words),
        ]
    )
    marks = sum(after[path].decode().count("review: ") for path in new)
    assert f"{marks} marks" in said
    status, found, _ = run(root, "check", "--edition", "2027")
    assert (status, found.count(" E550 ")) == (1, marks)
    assert run(root, "check", "--edition", "2026")[0] == 0
    assert run(root, "edition", "freeze", "2027")[0] == 1
    status, _, complaint = run(root, "site", "--site-dir", str(root / "out"))
    assert status == 0
    assert f"{marks} marks are left to review" in complaint
    assert (root / "out/en/2027/index.html").is_file()

    for path in new:
        lines = after[path].decode().split("\n")
        kept = [line for line in lines if "review: " not in line]
        (root / path).write_text("\n".join(kept), encoding="utf-8")
    assert run(root, "check")[:2] == (0, run(root, "check")[1])


def test_a_revision_keeps_the_cut_off_and_must_say_what_it_revises(root: Path) -> None:
    """Its file holds a reason to be reviewed; without one it is a problem."""
    assert run(root, "edition", "new", "2026-r1")[0] == 0
    path = root / "data/editions/2026-r1.yml"
    text = path.read_text(encoding="utf-8")

    assert "cut_off: 2026-06-30" in text
    assert "reason: correction" in text
    path.write_text(text[: text.index("# review: carried forward from 2026\nrevisions")])
    _, found, _ = run(root, "check", "--edition", "2026-r1")
    assert "E226 the edition 2026-r1 does not say what it revises" in found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("2027 ", "'2027 ' names no edition"),
        ("２０２７", "names no edition"),
        ("../2027", "names no edition"),
        ("latest", "names no edition"),
        ("2026", "the edition 2026 is there already"),
        ("2025", "2025 is older than 2026"),
        ("2028-r1", "2028-r1 revises 2028, which is no edition"),
    ],
)
def test_a_name_that_makes_no_sense_is_wrong_usage(root: Path, name: str, sentence: str) -> None:
    """One sentence with the way out, status 2, and nothing is written."""
    before = list_tree(root)

    status, said, complaint = run(root, "edition", "new", name)

    assert (status, said) == (2, "")
    assert sentence in complaint
    assert complaint.count("\n") == 1
    assert list_tree(root) == before


# Frozen.


def test_an_unknown_edition_is_named_with_those_there_are(root: Path) -> None:
    """For each command that takes one."""
    for command in (("edition", "freeze"), ("edition", "verify"), ("publish",)):
        status, _, complaint = run(root, *command, "2031")
        assert (status, complaint) == (2, "Error: there is no edition '2031'; there is 2026\n")


def test_a_frozen_edition_holds_still(frozen: Path) -> None:
    """Later vintages and new facts pass; what it would show is refused until declared."""
    manifest = json.loads((frozen / "data/editions/2026.manifest.json").read_text())
    assert manifest["outputs"]["en/index.html"]
    assert manifest["facts"]["series/river.trips"]
    assert "frozen" in run(frozen, "edition", "list")[1]
    assert "frozen already" in run(frozen, "edition", "freeze", "2026")[1]

    trips = frozen / "data/observations/trips.csv"
    known = trips.read_text(encoding="utf-8")
    trips.write_text(known + "river.trips,2025,777,final,2026-09-01,counters,p. 3,,routine\n")
    assert run(frozen, "check")[0] == 0
    trips.write_text(known + "river.trips,2025,777,final,2026-05-01,counters,p. 3,,routine\n")
    assert run(frozen, "check")[0] == 0
    first = known.index("river.trips,2025,")
    wrong = known[:first] + known[first:].replace(",2025,", ",2025,1", 1)
    trips.write_text(wrong)
    status, found, _ = run(frozen, "check")
    assert status == 1
    assert "E551 the edition 2026 is frozen, and series/river.trips has changed" in found
    assert run(frozen, "edition", "verify")[0] == 1
    assert run(frozen, "site", "--site-dir", str(frozen / "out"))[0] == 1

    with (frozen / "data/editions/2026.yml").open("a", encoding="utf-8") as file:
        file.write(
            "revisions:\n  - day: 2026-11-24\n    reason: correction\n"
            "    what: The counters' value of 2025 was late.\n    conclusion_changed: false\n"
        )
    assert run(frozen, "check")[0] == 0
    assert "draft of a revision" in run(frozen, "edition", "list")[1]
    assert run(frozen, "edition", "freeze", "2026")[0] == 0
    assert run(frozen, "check")[0] == 0


def test_an_edition_with_a_series_of_which_nothing_was_known_can_be_frozen(root: Path) -> None:
    """A constraint names a series whose first value came after the cut-off."""
    series, rows = root / "data/series.csv", root / "data/observations/trips.csv"
    items = root / "data/framework/constraints.csv"
    trips = next(line for line in series.read_text().split("\n") if line.startswith("river.trips,"))
    lake = trips.replace("river.trips", "lake.trips").replace("counters > survey", "counters")
    series.write_text(series.read_text() + lake + "\n")
    late = "lake.trips,2025,5,final,2026-09-01,counters,p. 3,,first\n"
    rows.write_text(rows.read_text() + late)
    items.write_text(items.read_text().replace("river.time,", "river.time lake.trips,"))
    words = root / "site_src/2026/en/constraints.md"
    words.write_text('{% extends "pages/constraints.md.jinja" %}\n')

    status, _, complaint = run(root, "edition", "freeze", "2026")

    assert (status, complaint) == (0, "")
    assert run(root, "check")[0] == 0
    assert run(root, "edition", "verify", "2026")[0] == 0


def test_an_older_edition_that_is_begun_later_changes_no_page(frozen: Path) -> None:
    """Frozen first, then another is put before it: the same bytes."""
    own = (frozen / "data/editions/2026.yml").read_text()
    older = own.replace("2026", "2025")
    (frozen / "data/editions/2025.yml").write_text(older)
    shutil.copytree(frozen / "site_src/2026", frozen / "site_src/2025")
    assert "2025" in run(frozen, "edition", "list")[1]

    status, _, complaint = run(frozen, "edition", "verify", "2026")

    assert (status, complaint) == (0, "")


def test_changed_words_of_a_frozen_edition_are_refused(frozen: Path) -> None:
    """At the manifest's line that names the file."""
    words = frozen / "site_src/2026/en/method.md"
    words.write_text(
        words.read_text(encoding="utf-8").replace("{% endblock %}", "So.\n{% endblock %}")
    )

    status, found, _ = run(frozen, "check")

    assert status == 1
    assert "and site_src/2026/en/method.md has changed" in found


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"TZ": "America/Los_Angeles", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
        {"TZ": "Asia/Kathmandu", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "4242"},
    ],
)
def test_a_frozen_edition_can_be_rebuilt_anywhere(frozen: Path, elsewhere: dict[str, str]) -> None:
    """Frozen here and rebuilt in another zone, locale, hash seed and folder: the same bytes."""
    moved = frozen.rename(frozen.with_name("another place"))

    status, said, _ = run(moved, "edition", "verify", "2026", environment=elsewhere)

    assert status == 0
    assert "are as they were frozen" in said


def test_a_rebuild_that_differs_is_told_by_its_files(frozen: Path) -> None:
    """A manifest with another hash, one file too many and one too few: all are named."""
    path = frozen / "data/editions/2026.manifest.json"
    manifest = json.loads(path.read_text())
    manifest["outputs"]["en/index.html"] = "0" * 64
    manifest["outputs"]["en/gone.html"] = manifest["outputs"].pop("en/data/index.html")
    path.write_text(json.dumps(manifest, indent=1))

    status, found, _ = run(frozen, "edition", "verify", "2026")

    assert status == 1
    assert [line.split(": ", 1)[1].split(";")[0] for line in found.splitlines()] == [
        "E553 en/data/index.html is new",
        "E553 en/gone.html is missing",
        "E553 en/index.html differs",
    ]
    assert "look at the older editions, with which it is compared, and at the renderer" in found


def test_a_manifest_that_cannot_be_read_is_a_problem(frozen: Path) -> None:
    """Cut short by whatever: the way out is the repository's history."""
    path = frozen / "data/editions/2026.manifest.json"
    path.write_text(path.read_text()[:500])

    for command in (("check",), ("edition", "verify"), ("edition", "freeze", "2026")):
        status, found, _ = run(frozen, *command)
        assert status == 1
        assert "data/editions/2026.manifest.json:1:1: E552 no manifest" in found


def test_a_freeze_of_faulty_facts_writes_nothing(root: Path) -> None:
    """Problems come out as `check` tells them."""
    (root / "data/units.csv").unlink()
    before = list_tree(root)

    status, found, _ = run(root, "edition", "freeze", "2026")

    assert status == 1
    assert "data/units.csv:1:1: E101" in found
    assert list_tree(root) == before
