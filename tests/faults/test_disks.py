"""A disk that is full at any write, and a run that is killed at any write, for every command.

The law for each: the status that is documented, one sentence with the place, whatever was there
before byte for byte as it was, nothing left behind after the next run, and never a traceback.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from report import build, comparing, releases, site
from report.composition import Settings
from report.writing import MARKER
from tests.examples import PROJECT, TODAY, copy_in_two_editions
from tests.faults.disks import (
    GROWING,
    SHRINKING,
    Disk,
    choose_moments,
    run_killed,
    run_refused,
    watch,
)
from tests.faults.runs import (
    COMMANDS,
    Run,
    begin_an_edition,
    build_beside_what_stands,
    copy_over,
    freeze_an_edition,
)
from tests.lengths import MOMENTS
from tests.test_standing import add
from tests.trees import list_empty, read_tree

MOST = 10_000 if MOMENTS >= 40 else 0
"""How many moments of a run are tried at least: the audit tries all of them."""
Tree = dict[str, bytes | None]


def read_all(folder: Path) -> Tree:
    """Every file below a folder, and every empty folder."""
    tree = {**dict.fromkeys(list_empty(folder)), **read_tree(folder)}
    for path, content in tree.items():
        if path.endswith(MARKER) and content:  # without what it says of the machine's own code
            tree[path] = json.dumps(json.loads(content).get("files")).encode()
    return tree


COMPOSING = {"prepare_report", "compose_in_turn", "compose_report", "_compose_sides"}
"""What takes long and writes nothing."""


def remember(make: Callable[..., Any]) -> Callable[..., Any]:
    """A function that does its work once for each folder."""
    known: dict[Path, Any] = {}

    def recall(given: Any, *more: Any, **named: Any) -> Any:
        root = getattr(given, "root", None) or given.settings.root
        if root not in known:
            made = make(given, *more, **named)
            known[root] = list(made) if isinstance(made, Iterator) else made
        return known[root]

    return recall


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a report in two editions, its site, its rendered pages, and a cache of it all.

    The `earlier` site is that from before the newer edition got a sentence more. What is drawn is
    kept for all runs. The renderer is another program, whose writes are not seen here: its pages
    are only put where it would put them.
    """
    folder = tmp_path_factory.mktemp("disks")
    root, pages = folder / "report", folder / "pages"
    copy_in_two_editions(root)
    settings = Settings(root, PROJECT, root / "site", TODAY, jobs=1, whole=False)
    ended = site.end_render

    def save(renderer: Any, rendered: Path, impressions: Any = None) -> None:
        ended(renderer, rendered, impressions)
        copy_over(rendered, pages / rendered.parent.name)

    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1795521600")
        patch.setattr(Settings, "cache", property(lambda _self: folder / "cache"))
        with patch.context() as once:
            once.setattr(site, "end_render", save)
            build.build_site(settings)
            shutil.copytree(root / "site", folder / "earlier")
            add(root / "site_src/2026/en/method.md", "\nA sentence that was added.\n")
            build.build_site(settings)
        patch.setattr("report.renderer.Renderer", lambda _name: Painter(pages))
        for module in (build, releases, comparing):
            for name in COMPOSING & {*vars(module)}:
                patch.setattr(module, name, remember(getattr(module, name)))
        yield folder


class Painter(contextlib.AbstractContextManager["Painter", None]):
    """Stands for the renderer: its pages lie ready, and it writes them without being seen."""

    name, stands_ready = "mkdocs", True

    def __init__(self, pages: Path) -> None:
        self.pages, self.folder = pages, pages

    def __exit__(self, *_: object) -> None:
        pass

    def start(self, folder: Path, *_: object) -> None:
        """Remember where the pages are wanted."""
        self.folder = folder

    def give_up(self) -> None:
        """Do nothing: nothing runs."""

    def wait(self) -> None:
        """Put them there, as another process would."""
        with watch(Disk(Path("/nowhere"))):
            pages = self.pages / self.folder.name
            shutil.copytree(pages, self.folder / "rendered", dirs_exist_ok=True)


@pytest.fixture(name="place")
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for a command and for what it needs on the side."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795521600")
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "temporary"))
    return tmp_path


@pytest.fixture(name="run", params=COMMANDS, ids=lambda make: make.__name__)
def _run(
    request: pytest.FixtureRequest, model: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> Run:
    """A command in its folder."""
    run: Run = request.param(model, place, monkeypatch)
    return run


def finish(run: Run) -> Tree:
    """The folder after one whole run from the beginning."""
    run.reset()
    assert run() == 0
    return read_all(run.folder)


def list_done(run: Run, kinds: frozenset[str]) -> list[str]:
    """What a run does to its folder, each thing with the function that does it."""
    run.reset()
    with watch(Disk(run.folder, kinds)) as disk:
        assert run() == 0
    return disk.done


def choose(run: Run, kinds: frozenset[str], writer: str = "") -> list[tuple[int, str]]:
    """Moments of a run, of one of its functions where that is said, each with what is done."""
    done = list_done(run, kinds)
    said = done if kinds == GROWING else [what.split()[1] for what in done]
    moments = choose_moments(said, MOST)
    chosen = [(moment, done[moment]) for moment in moments if done[moment].endswith(writer)]
    assert chosen, "nothing was seen to be written"
    return chosen


def refuse_each(
    run: Run, after: Tree, capsys: pytest.CaptureFixture[str], writer: str = ""
) -> None:
    """Run with a disk that is full, once for each way to fail."""
    refused = 0
    for moment, what in choose(run, GROWING, writer):
        run.reset()
        before = read_all(run.folder)
        capsys.readouterr()
        status = run_refused(Disk(run.folder, GROWING, moment), run)
        said = capsys.readouterr().err

        told = f"at {moment}, {what}: {said}"
        assert status in {0, 3}, told
        if status == 3:
            assert said.startswith("Error: "), told
            assert "No space left on device" in said, told
            assert str(run.folder) in said, told
            assert said.count("\n") == 1, told
        assert read_all(run.folder) == (before if status == 3 else after), told
        refused += status == 3
    assert refused, "no write was one that the command cannot do without"


def kill_each(run: Run, after: Tree, capsys: pytest.CaptureFixture[str], writer: str = "") -> None:
    """Run until it is killed, at each moment that counts, and then once more."""
    moments = choose(run, GROWING | SHRINKING, writer)
    run.reset()
    before = read_all(run.folder)
    for moment, what in moments:
        run.reset()
        assert run_killed(Disk(run.folder, GROWING | SHRINKING, moment), run), what
        left = read_all(run.folder)
        changed = {path for path in before if left.get(path) != before[path]}
        whole = {path for path in after if left.get(path) != after[path]}
        assert not changed or not whole, (moment, what)
        again = run()
        said = capsys.readouterr().err

        told = f"at {moment}, {what}: {said}"
        assert again in run.again, told
        assert "Traceback" not in said
        assert read_all(run.folder) == after, told


def test_a_full_disk_is_said_and_changes_nothing(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whichever write finds it full: status 3, one sentence with the place, all as it was.

    What is only kept for the next run may be lost without a word.
    """
    refuse_each(run, finish(run), capsys)


def test_a_killed_run_is_repaired_by_the_next(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Before whichever write: the old or the new, whole, and after the next run nothing beside."""
    kill_each(run, finish(run), capsys)


def test_what_stands_is_taken_over_whole(
    model: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An edition of the earlier site that nothing has changed for, while the other is made."""
    run = build_beside_what_stands(model, place)
    after = finish(run)
    assert "en/2024 as before" in capsys.readouterr().out

    refuse_each(run, after, capsys, "takeovers.lay_folder")
    kill_each(run, after, capsys, "takeovers._link")


def test_a_disk_without_links_gets_copies(
    model: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files, each with a name of its own, where a disk knows no second ones."""
    run = build_beside_what_stands(model, place)
    after = finish(run)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", refuse)
    assert finish(run) == after


@pytest.mark.parametrize("make", [begin_an_edition, freeze_an_edition], ids=lambda f: f.__name__)
def test_a_killed_run_is_repaired_by_another_command(
    make: Callable[..., Run], model: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of another name too: it gives what it gives after the old or the new, nothing beside.

    What lies beside until then is nothing that git would take in.
    """
    run = make(model, place, monkeypatch)
    root = place / "report"
    other = Run(place, ("edition", "new", "2028", "--root", str(root)), run.reset)
    wanted = []
    for first in (other, run):  # after nothing, and after all of the first
        first.reset()
        assert first() == 0
        if first is run:
            assert other() == 0
        wanted.append(read_all(place))
    after = finish(run)
    done = list_done(run, GROWING | SHRINKING)
    beside = set()
    for moment in choose_moments([what.split()[1] for what in done], MOST):
        run.reset()
        before = read_all(place)
        assert run_killed(Disk(place, GROWING | SHRINKING, moment), run), done[moment]
        beside |= read_all(root).keys() - {path.removeprefix("report/") for path in before | after}
        assert other() == 0
        assert read_all(place) in wanted, (moment, done[moment])

    assert any(path.endswith(".part") for path in beside)
    shutil.copy(PROJECT / ".gitignore", place)
    subprocess.run(["git", "init", "-q", str(place)], check=True)
    command = ["git", "check-ignore", "--no-index", *(f"report/{path}" for path in beside)]
    ignored = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
    assert set(ignored.stdout.split()) == {f"report/{path}" for path in beside}
