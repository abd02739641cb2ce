"""Figures are made once from the same, and come out the same however they are made."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

import pytest

from report import plates
from report.pages import PLATE, Composer
from report.plates import Shelf, make_plates
from report.problems import Place
from report.views import make_view
from tests.examples import ENGLISH, PROJECT, make_second_report
from tests.test_pages import read_templates


@lru_cache
def compose() -> Composer:
    """The second report, composed."""
    report = make_second_report()
    view = make_view(report, report.editions[0])
    composer = Composer(view, ENGLISH, read_templates(), lambda name, _: Place(name))
    composer.compose()
    return composer


@lru_cache
def draw_plainly() -> dict[str, str]:
    """All plates, made in this process without a cache."""
    return make_plates(compose(), list_names(), None, 1, lambda _done: None)


def list_names() -> list[str]:
    """Ids of the figures of the second report."""
    return list(compose().result.figures)


@pytest.fixture(name="shelf")
def _shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    make_plates(compose(), list_names(), shelf, 1, lambda _done: None)
    return shelf


def test_a_kept_plate_is_the_plate(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without a cache each byte is the same, and nothing is made twice."""
    plain = draw_plainly()
    monkeypatch.setattr(plates, "make_plate", None)
    done: list[int] = []
    again = make_plates(compose(), list_names(), shelf, 1, done.append)

    assert again == plain
    assert sum(done) == len(list_names())


def test_a_harmed_plate_is_made_again(shelf: Shelf) -> None:
    """And is whole in the next run."""
    for place in shelf.plates.rglob("*.html"):
        place.write_bytes(place.read_bytes()[:-9])

    assert make_plates(compose(), list_names(), shelf, 1, lambda _done: None) == draw_plainly()
    assert not list(shelf.folder.rglob("*.part"))


def test_other_code_keeps_no_plate(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library or of the machine makes every plate anew."""
    monkeypatch.setattr(plates, "version", lambda _name: "0")
    monkeypatch.setattr(plates, "make_plate", lambda _composer, name, _drawings: f"new {name}")
    made = make_plates(compose(), list_names(), Shelf(shelf.folder), 1, lambda _done: None)

    assert list(made.values()) == [f"new {name}" for name in list_names()]


def test_the_plate_s_form_stands_alone() -> None:
    """Its text is all of the templates that a plate's key needs to name."""
    text = compose().templates[PLATE]

    assert not any(f"% {word}" in text for word in ("include", "import", "extends", "from"))


def test_once_this_process_has_drawn_it_forks_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """The drawing library's engine does not outlive a fork: workers would wait for ever."""
    monkeypatch.setattr(plates, "FEWEST", 1)
    monkeypatch.setattr(plates, "_share_out", None)
    draw_plainly()

    assert make_plates(compose(), list_names(), None, 2, lambda _done: None) == draw_plainly()


def test_workers_make_the_same_plates() -> None:
    """Two processes and one give the same bytes."""
    code = (
        "import json, sys\n"
        "from report import plates\n"
        "from tests.test_plates import compose, list_names\n"
        "plates.FEWEST = 1\n"
        "made = plates.make_plates(compose(), list_names(), None, 2, lambda done: None)\n"
        "assert 'vl_convert' not in sys.modules\n"
        "sys.stdout.write(json.dumps(made, sort_keys=True))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )

    assert json.loads(done.stdout) == draw_plainly()
