"""Figures are made once from the same, and come out the same however they are made."""

from __future__ import annotations

import multiprocessing
import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path

import pytest

from report import plates, workshop
from report.crews import Crew
from report.figures import Order
from report.pages import PLATE, Composer
from report.plates import Plate, Shelf, begin_plates, finish_plates, unpack_plate
from report.problems import Place, WriteFailed
from report.spools import Spool
from report.views import make_view
from report.workshop import Workshop
from tests.examples import ENGLISH, make_second_report
from tests.test_pages import read_templates
from tests.test_renderer import wait_until


def be_quiet(_done: int) -> None:
    """Somebody who is told of what is done."""


@lru_cache
def compose() -> Composer:
    """The second report, composed."""
    report = make_second_report()
    view = make_view(report, report.editions[0])
    composer = Composer(view, ENGLISH, read_templates(), lambda name, _: Place(name))
    composer.compose()
    return composer


@lru_cache
def draw_plainly() -> dict[str, Plate]:
    """All plates, made in this process without a cache."""
    return make_plates(compose(), list_names(), None, Workshop(1), be_quiet)


def make_plates(
    composer: Composer,
    names: Sequence[str],
    shelf: Shelf | None,
    shop: Workshop,
    tell: Callable[[int], None],
) -> dict[str, Plate]:
    """Plates of these figures, begun and waited for."""
    with Spool(Path(tempfile.gettempdir())) as spool:
        return dict(finish_plates(begin_plates(composer, names, shelf, shop, spool), tell))


def list_names() -> list[str]:
    """Ids of the figures of the second report."""
    return list(compose().result.figures)


@pytest.fixture(name="model", scope="module")
def _model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all plates are kept."""
    folder = tmp_path_factory.mktemp("shelf")
    make_plates(compose(), list_names(), Shelf(folder), Workshop(1), be_quiet)
    return folder


@pytest.fixture(name="shelf")
def _shelf(model: Path, tmp_path: Path) -> Shelf:
    """The same, to be harmed."""
    return Shelf(Path(shutil.copytree(model, tmp_path / "shelf")))


def test_a_kept_plate_is_the_plate(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """With and without a cache each byte is the same, and nothing is made twice."""
    plain = draw_plainly()
    monkeypatch.setattr(workshop, "draw_figure", None)
    done: list[int] = []
    again = make_plates(compose(), list_names(), shelf, Workshop(1), done.append)

    assert again == plain
    assert sum(done) == len(list_names())


def test_a_packed_plate_is_the_plate() -> None:
    """Every file of it, empty ones and those with line ends too."""
    plate = Plate("<p>苹果</p>\n", {"figures/a.csv": b"a\n\nb", "figures/none": b"", "b": b"\0"})

    assert unpack_plate(plate.pack()) == plate


def test_a_harmed_plate_is_made_again(shelf: Shelf) -> None:
    """And is whole in the next run."""
    for place in shelf.plates.rglob("*.plate"):
        place.write_bytes(place.read_bytes()[:-9])

    assert make_plates(compose(), list_names(), shelf, Workshop(1), be_quiet) == draw_plainly()
    assert not list(shelf.folder.rglob("*.part"))


def test_other_code_keeps_no_plate(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another version of a library or of the machine makes every plate anew."""
    monkeypatch.setattr(plates, "stamp_machine", lambda: "another")
    drawn: list[str] = []

    def draw(order: Order, kept: Path | None) -> workshop.Drawn:
        drawn.append(order.declaration.id)
        return draw_figure(order, kept)

    draw_figure = workshop.draw_figure
    monkeypatch.setattr(workshop, "draw_figure", draw)
    made = make_plates(compose(), list_names(), Shelf(shelf.folder), Workshop(1), be_quiet)

    assert drawn == list_names()
    assert made == draw_plainly()


def test_the_plate_s_form_stands_alone() -> None:
    """Its text is all of the templates that a plate's key needs to name."""
    text = compose().templates[PLATE]

    assert not any(f"% {word}" in text for word in ("include", "import", "extends", "from"))


def test_processes_make_the_same_plates(capfd: pytest.CaptureFixture[str]) -> None:
    """Two processes and one give the same bytes, and nothing is said on the way."""
    with Workshop(2) as shop:
        shop.prepare(2)
        made = make_plates(compose(), list_names(), None, shop, be_quiet)
        again = make_plates(compose(), list_names()[:2], None, shop, be_quiet)

    assert made == draw_plainly()
    assert again == {name: made[name] for name in list_names()[:2]}
    assert capfd.readouterr() == ("", "")


def test_a_process_that_ends_is_told_and_replaced() -> None:
    """A drawing process that is killed stops the build with a sentence, not the workshop."""
    with Workshop(2) as shop:
        shop.prepare(1)
        assert wait_until(lambda: bool(multiprocessing.active_children()))
        for process in multiprocessing.active_children():
            process.kill()
        with pytest.raises(WriteFailed, match="the process that was at it has ended"):
            make_plates(compose(), list_names(), None, shop, be_quiet)

        assert make_plates(compose(), list_names(), None, shop, be_quiet) == draw_plainly()


def test_where_no_process_can_be_started_this_one_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """A temporary folder whose name is too long for a socket does not stop a build."""

    def refuse(_self: Crew) -> None:
        raise OSError("AF_UNIX path too long")

    monkeypatch.setattr(Crew, "_start", refuse)
    with Workshop(2) as shop:
        shop.prepare(2)
        made = make_plates(compose(), list_names(), None, shop, be_quiet)

    assert made == draw_plainly()
