"""Editions made one after another: what is begun early is made once, or given up without trace."""

from __future__ import annotations

import multiprocessing
import shutil
import signal
import tempfile
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from report import writing
from report.build import build_site
from report.composition import Settings
from report.inventories import take_inventory
from report.problems import DataProblems, WriteFailed
from report.renderer import Renderer
from report.workshop import Workshop
from tests.commands import main
from tests.examples import PROJECT, SECOND, TODAY, copy_in_two_editions
from tests.test_standing import add
from tests.trees import read_tree


@pytest.fixture(name="settings")
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A report in two editions of which nothing is kept, to be built with two processes."""
    monkeypatch.setattr(Settings, "cache", property(lambda _self: None))
    copy_in_two_editions(tmp_path / "report")
    return Settings(tmp_path / "report", PROJECT, tmp_path / "site", TODAY, jobs=2, whole=False)


def test_words_of_the_older_edition_stop_what_was_begun_of_the_newer(settings: Settings) -> None:
    """All problems are told, nothing is left, and the same workshop builds once words are mended.

    The newer edition's pages are being rendered by then, and its figures drawn.
    """
    words = settings.root / "site_src/2024/en/method.md"
    sound = words.read_text(encoding="utf-8")
    add(words, "\n{{ value('none.such') }}\n")
    before, threads = read_tree(settings.root.parent), threading.active_count()
    with Workshop(2) as workshop:
        with Renderer("mkdocs") as renderer, pytest.raises(DataProblems) as found:
            build_site(settings, workshop, renderer=renderer)
        told = [(str(p.place.file), p.code) for p in found.value.problems]
        left = read_tree(settings.root.parent)
        at_work = multiprocessing.active_children()
        has_run = not renderer.stands_ready
        words.write_text(sound, encoding="utf-8")
        said = build_site(settings, workshop)

    assert told == [("site_src/2024/en/method.md", "E501")]
    assert left == before
    assert (has_run, at_work) == (True, [])
    assert said.startswith("built ")
    assert threading.active_count() == threads


def test_settings_that_are_broken_hide_no_wrong_words(settings: Settings, tmp_path: Path) -> None:
    """Words of the older edition are told first; settings once these are mended."""
    project = tmp_path / "project"
    project.mkdir()
    for name in ("templates", "site_src", "node_modules", "report"):
        (project / name).symlink_to(PROJECT / name)
    (project / "mkdocs.yml").write_text("theme: [")
    broken = replace(settings, project=project)
    words = settings.root / "site_src/2024/en/method.md"
    sound = words.read_text(encoding="utf-8")
    add(words, "\n{{ value('none.such') }}\n")
    with pytest.raises(DataProblems):
        build_site(broken)
    words.write_text(sound, encoding="utf-8")

    with pytest.raises(WriteFailed, match="no settings of the renderer"):
        build_site(broken)


def test_problems_of_the_newer_edition_are_told_with_those_of_the_older(settings: Settings) -> None:
    """Where the first has problems, nothing is begun, and the second is judged all the same."""
    for edition in ("2024", "2026"):
        add(settings.root / f"site_src/{edition}/en/method.md", "\n{{ value('none.such') }}\n")
    with Renderer("mkdocs") as renderer:
        with pytest.raises(DataProblems) as found:
            build_site(settings, renderer=renderer)
        is_ready = renderer.stands_ready

    assert [str(problem.place.file) for problem in found.value.problems] == [
        "site_src/2024/en/method.md",
        "site_src/2026/en/method.md",
    ]
    assert is_ready


def test_two_editions_are_made_as_each_alone(settings: Settings, tmp_path: Path) -> None:
    """What is drawn ahead in processes goes to the edition it was drawn for."""
    build_site(settings)
    alone = Settings(
        settings.root, PROJECT, tmp_path / "alone", TODAY, edition="2024", jobs=1, whole=False
    )
    build_site(alone)
    both, one = take_inventory(settings.site_dir).sums, take_inventory(alone.site_dir).sums

    names = [name for name in one if name.startswith("en/2024/")]
    assert len(names) > 10
    assert {name: both[name] for name in names} == {name: one[name] for name in names}


def test_wrong_words_leave_no_site(tmp_path: Path) -> None:
    """Not even the folders that would lie above it."""
    shutil.copytree(SECOND, tmp_path / "report")
    add(tmp_path / "report/site_src/2026/en/method.md", "\n{{ value('none.such') }}\n")
    target = tmp_path / "new" / "deep" / "site"
    with pytest.raises(DataProblems):
        build_site(Settings(tmp_path / "report", PROJECT, target, TODAY, jobs=1, use_cache=False))

    assert not (tmp_path / "new").exists()


def test_what_a_killed_build_put_aside_goes_though_nothing_is_built(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site that is up to date is no reason to leave it for ever."""
    build_site(settings)
    aside = tmp_path / "aside"
    aside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    (aside / "report-site-old.lock").touch()
    (aside / "report-site-old").mkdir()

    said = build_site(settings)

    assert said == f"{settings.site_dir} is up to date"
    assert list(aside.iterdir()) == []


ENDINGS = {signal.SIGINT: (130, "interrupted"), signal.SIGTERM: (143, "told to end")}


@pytest.mark.parametrize(
    ("sent", "changed"),
    [(signal.SIGINT, "report/site_src/2026/en/method.md"), (signal.SIGTERM, "site/index.html")],
)
def test_an_interrupt_while_sites_are_exchanged_waits_and_says_which_one_stands(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    sent: signal.Signals,
    changed: str,
) -> None:
    """The new site is there as a whole, and nothing beside it; also one made of the same again."""
    build_site(settings)
    add(settings.site_dir.parent / changed, "\nA sentence that was added.\n")
    before = read_tree(settings.site_dir)
    swap = writing._swap

    def swap_and_hear(staging: Path, target: Path) -> None:
        signal.raise_signal(sent)
        swap(staging, target)
        signal.raise_signal(sent)

    monkeypatch.setattr(writing, "_swap", swap_and_hear)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")
    command = ["site", "--pages-only", "--root", str(settings.root)]
    ended = main([*command, "--site-dir", str(settings.site_dir)])

    status, said = ENDINGS[sent]
    assert ended == status
    assert capsys.readouterr().err.strip() == f"{said}; {settings.site_dir} is built"
    assert read_tree(settings.site_dir) != before
    assert {path.name for path in settings.site_dir.parent.iterdir()} == {"report", "site"}
    assert build_site(settings) == f"{settings.site_dir} is up to date"
