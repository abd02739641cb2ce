"""An edition that nothing has changed for stands as it was built; anything else is made anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.build import build_site
from report.composition import Settings
from report.inventories import take_inventory
from report.model import Edition, Observation, PageFigures
from report.problems import WriteFailed
from report.standing import hash_rows, make_keys
from report.takeovers import Earlier
from report.writing import MARKER
from tests.examples import (
    PROJECT,
    TODAY,
    copy_in_two_editions,
    find_problems,
    make_second_report,
    observe,
)

ROW = "river.trips,2023,475,final,2026-06-30,counters,table 1,,routine\n"
"""Published after the older edition's cut-off."""
DAYS = st.dates(date(2020, 1, 1), date(2026, 12, 31))
OLD, NEW = (
    Edition(
        id=str(year), cut_off=date(year, 6, 30), released=date(year, 7, 1), title={"en": "Edition"}
    )
    for year in (2024, 2026)
)
INPUTS = {
    "data/series.csv": "a",
    "data/figures/x.yml": "a",
    "data/figures/2024/x.yml": "a",
    "data/observations/x.csv": "a",
    "site_src/2024/en/index.md": "a",
    "site_src/2024/ru/index.md": "a",
    "site_src/2026/en/index.md": "a",
    "site_src/assets/report.css": "a",
    "templates/pages/home.md.jinja": "a",
}


def publish(day: date, value: str = "1") -> Observation:
    """A row that was published on a day."""
    return replace(observe("x", "2019", value), published=day)


def name_changed(
    inputs: Mapping[str, str], *rows: Observation, frame: str = "", **changes: Any
) -> set[str]:
    """The editions that do not stand, of two in English and one of them in Russian too.

    The older one has figures of its own, unless the report is changed.
    """
    volumes = [(OLD, "en"), (OLD, "ru"), (NEW, "en")]
    first = publish(date(2023, 1, 1))
    own = (PageFigures("x", (), (), "2024"), PageFigures("x", (), ()))
    values = {"editions": (OLD, NEW), "figures": own, "frozen": {}, **changes}
    report = replace(make_second_report(), **values, observations=(first,))
    before = make_keys(report, volumes, INPUTS, "")
    after = make_keys(replace(report, observations=(first, *rows)), volumes, inputs, frame)
    assert before.keys() == after.keys() == {"en/2024", "ru/2024", "en/2026"}
    return {name for name in before if before[name] != after[name]}


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("data/series.csv", {"en/2024", "ru/2024", "en/2026"}),
        ("templates/pages/home.md.jinja", {"en/2024", "ru/2024", "en/2026"}),
        ("site_src/assets/report.css", {"en/2024", "ru/2024", "en/2026"}),
        ("site_src/2024/en/index.md", {"en/2024", "en/2026"}),
        ("site_src/2024/ru/index.md", {"ru/2024"}),
        ("site_src/2026/en/index.md", {"en/2026"}),
        ("data/figures/2024/x.yml", {"en/2024", "ru/2024", "en/2026"}),
        ("data/figures/x.yml", {"en/2026"}),
        ("data/observations/x.csv", set()),
    ],
)
def test_a_changed_file_changes_the_editions_that_know_it(path: str, changed: set[str]) -> None:
    """Rows are judged one by one, not by their file."""
    assert name_changed({**INPUTS, path: "b"}) == changed


def test_a_file_that_comes_or_goes_changes_every_edition() -> None:
    """That there is one is known to all, since pages lead to those of other editions."""
    every = {"en/2024", "ru/2024", "en/2026"}

    assert name_changed({**INPUTS, "site_src/2026/en/more.md": ""}) == every
    assert name_changed({p: c for p, c in INPUTS.items() if "2026" not in p}) == every
    assert name_changed(INPUTS, frame="another renderer") == every


def test_a_row_changes_the_editions_that_know_it() -> None:
    """By the end of the day of its cut-off."""
    assert name_changed(INPUTS, publish(date(2024, 6, 30))) == {"en/2024", "ru/2024", "en/2026"}
    assert name_changed(INPUTS, publish(date(2024, 7, 1))) == {"en/2026"}
    assert name_changed(INPUTS, publish(date(2026, 7, 1))) == set()


def test_an_edition_without_figures_of_its_own_shows_the_common_ones() -> None:
    """Whatever else lies in a folder of its name."""
    every = {"en/2024", "ru/2024", "en/2026"}

    assert name_changed({**INPUTS, "data/figures/x.yml": "b"}, figures=()) == every


def test_a_frozen_edition_is_told_of_any_of_its_words() -> None:
    """So that what its manifest names is judged."""
    changed = {**INPUTS, "site_src/2024/ru/index.md": "b"}

    assert name_changed(changed, frozen={"2024": frozenset()}) == {"en/2024", "ru/2024"}


def test_a_row_that_an_earlier_edition_knew_changes_a_later_one() -> None:
    """A later one may have ended earlier, and yet tells what has changed since the other."""
    revised = NEW.model_copy(update={"id": "2026-r1", "cut_off": date(2022, 6, 30)})
    report = replace(make_second_report(), editions=(NEW, revised), observations=())
    later = replace(report, observations=(publish(date(2025, 1, 1)),))
    keys = [make_keys(one, [(revised, "en")], INPUTS, "") for one in (report, later)]

    assert keys[0] != keys[1]


@given(st.lists(DAYS), DAYS, DAYS)
def test_rows_of_later_days_change_no_hash(days: list[date], day: date, added: date) -> None:
    """Those of the day itself and of earlier ones do."""
    rows = [publish(one) for one in days]
    before = hash_rows(rows, {day})[day]
    after = hash_rows([*rows, publish(added, "2")], {day})[day]

    assert (before == after) == (added > day)


def add(path: Path, text: str) -> None:
    """Put text at the end of a file, or before the end of its last block."""
    said = path.read_text(encoding="utf-8")
    end = "{% endblock %}"
    at = said.rindex(end) if end in said else len(said)
    path.write_text(said[:at] + text + said[at:], encoding="utf-8")


@pytest.fixture(name="root")
def _root(tmp_path: Path) -> Path:
    """The second report in two editions a day apart."""
    root = tmp_path / "report"
    copy_in_two_editions(root)
    return root


def test_words_lean_on_no_words_of_another_edition(root: Path) -> None:
    """They could change without these being made again; for these they do not exist."""
    add(root / "site_src/2026/en/method.md", '{% include "site_src/2024/en/data.md" %}\n')
    problems = find_problems(root)

    assert [(str(p.place.file), p.code) for p in problems] == [
        ("site_src/2026/en/method.md", "E512")
    ]


def test_what_stands_is_what_a_build_of_everything_gives(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A newer value and newer words leave the older edition; a touched page is made again."""
    site = root / "site"
    settings = Settings(root, PROJECT, site, TODAY, jobs=1, whole=False)
    first = build_site(settings)
    add(root / "data/observations/trips.csv", ROW)
    add(root / "site_src/2026/en/method.md", "\nA sentence that was added.\n")
    second = build_site(settings)
    fresh = replace(settings, site_dir=tmp_path / "fresh", use_cache=False)
    build_site(fresh)

    assert first.endswith(str(site))
    assert second.endswith(f"{site}; en/2024 as before")
    assert take_inventory(site).sums == take_inventory(fresh.site_dir).sums

    page = site / "en/2024/method/index.html"
    whole = page.read_text(encoding="utf-8")
    add(root / "site_src/2026/en/method.md", "\nOne more.\n")
    take_over = Earlier.lay_folder

    def touch_before(earlier: Earlier, folder: str, staging: Path) -> None:
        page.write_text(f"{whole}touched", encoding="utf-8")
        take_over(earlier, folder, staging)

    def touch_after(earlier: Earlier, folder: str, staging: Path) -> None:
        take_over(earlier, folder, staging)
        page.write_text(f"{whole}touched", encoding="utf-8")

    for touch in (touch_before, touch_after):
        page.write_text(whole, encoding="utf-8")
        with monkeypatch.context() as patch:
            patch.setattr(Earlier, "lay_folder", touch)
            with pytest.raises(WriteFailed, match="changed while it was copied"):
                build_site(settings)
    assert "as before" not in build_site(settings)
    assert page.read_text(encoding="utf-8") == whole
    assert (site / MARKER).is_file()


def test_what_is_known_linked_and_made_at_the_side_gives_the_same_bytes(
    root: Path, tmp_path: Path
) -> None:
    """With all that readers take away, after a value, a figure and words have changed."""
    settings = Settings(root, PROJECT, root / "site", TODAY, jobs=2)
    build_site(settings)
    before = take_inventory(root / "site").sums
    add(root / "data/observations/trips.csv", ROW)
    add(root / "site_src/2026/en/method.md", "\nA sentence that was added.\n")
    declared = root / "data/figures/river-corridor.yml"
    words = declared.read_text(encoding="utf-8")
    assert "notes: " in words
    declared.write_text(words.replace("notes: ", "notes: More is told. ", 1), encoding="utf-8")
    build_site(settings)
    fresh = replace(settings, site_dir=tmp_path / "fresh", use_cache=False, jobs=1)
    build_site(fresh)

    after = take_inventory(root / "site").sums
    assert after == take_inventory(fresh.site_dir).sums
    kept = [path for path in after if before.get(path) == after[path]]
    assert len(after) > len(kept) > len(after) / 3
