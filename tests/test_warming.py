"""Libraries are loaded early where they will be needed, and not at all where they will not."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from report import warming
from report.build import build_site
from report.composition import Settings
from report.figures import layers
from report.keeping import recall, stamp_machine
from report.workshop import Workshop, keep_shapes
from tests.examples import PROJECT, SECOND, TODAY
from tests.test_standing import add

_SHAPE = """
import json, sys
from pathlib import Path
from report.figures.layers import as_is, make_marks, name_schema, pixels
from report.workshop import keep_shapes

with keep_shapes(Path(sys.argv[1])):
    marks = make_marks("rule", [{"x": 1.5}], strokeDash=[3, 3])
    layer = marks.encode(x=pixels("x"), color=as_is("color", "c"))
    spec = {"$schema": name_schema(), "layer": [layer]}
print(json.dumps([type(sys.modules["altair"]).__name__, spec]))
"""
_ELSEWHERE = """
import multiprocessing, os, sys
from pathlib import Path

sys.path.insert(0, sys.argv[1])
from report.keeping import stamp_machine
from report.warming import start_server

before = dict(os.environ)
start_server(Path.cwd())
draws = multiprocessing.get_context("forkserver").Process(target=stamp_machine)
draws.start()
draws.join()
print(draws.exitcode, dict(os.environ) == before)
"""


def shape(folder: Path) -> tuple[str, str]:
    """How Altair stands in another process, and what that makes of two marks."""
    command = [sys.executable, "-c", _SHAPE, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    loaded, spec = json.loads(done.stdout)
    return loaded, json.dumps(spec)


def test_a_second_run_does_without_altair(tmp_path: Path) -> None:
    """What it made is kept, and gives the same bytes; a harmed shelf counts as empty."""
    first, second = shape(tmp_path), shape(tmp_path)
    (kept,) = tmp_path.rglob("*.shapes")
    kept.write_bytes(kept.read_bytes()[:-1])
    third = shape(tmp_path)

    assert (first[0], second[0], third[0]) == ("module", "_LazyModule", "module")
    assert first[1] == second[1] == third[1]


def test_only_new_shapes_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that made none writes nothing, and without a folder nothing is kept."""
    monkeypatch.setattr(layers, "SHAPES", {})
    with keep_shapes(tmp_path):
        pass
    with keep_shapes(None):
        pass

    assert recall(tmp_path, stamp_machine(), ".shapes") is None


def test_the_folder_of_the_command_is_no_part_of_the_program(tmp_path: Path) -> None:
    """A folder `report` beside a person's own data is not taken for ours."""
    for name in ("report", "shapes"):
        (tmp_path / name).mkdir()

    command = [sys.executable, "-c", _ELSEWHERE, str(PROJECT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)

    assert (done.stdout.split(), done.stderr) == (["0", "True"], "")


def test_where_nothing_can_be_started_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever wants to draw finds out."""

    def refuse() -> None:
        raise OSError

    monkeypatch.setattr("multiprocessing.forkserver.ensure_running", refuse)

    warming.start_server(None)


def test_a_shape_does_not_hang_on_those_before_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """A size written as 11 or as 11.0 is the same size, but not the same text."""
    for sizes in ((11, 11.0), (11.0, 11)):
        monkeypatch.setattr(layers, "SHAPES", {})
        for size in sizes:
            layer = layers.make_marks("text", [], fontSize=size).encode(x=layers.pixels("x"))
            assert f'"fontSize": {size},' in json.dumps(layer).replace("}", ",")


def test_nobody_stands_ready_to_draw_what_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a change of words alone; after one of facts, or in another scope, somebody does."""
    asked: list[int] = []
    monkeypatch.setattr(Settings, "cache", property(lambda _self: tmp_path / "cache"))
    monkeypatch.setattr(Workshop, "prepare", lambda _self, count: asked.append(count))
    root = Path(shutil.copytree(SECOND, tmp_path / "report"))
    settings = Settings(root, PROJECT, tmp_path / "site", TODAY, jobs=1, whole=False)
    build_site(settings)
    add(root / "site_src/2026/en/method.md", "\nA sentence.\n")
    build_site(settings)
    after_words = list(asked)
    build_site(replace(settings, edition="2026"))
    rows = root / "data/observations/trips.csv"
    row = "river.trips,2025,777,final,2026-05-01,counters,p. 3,,routine\n"
    rows.write_text(rows.read_text() + row)
    build_site(settings)

    assert after_words == [2]
    assert asked == [2, 1, 1]
