"""What measurements come to, worked out by hand, and what becomes of commands that fail."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from benchmarks import contests
from benchmarks.__main__ import is_wanted, read_pattern
from benchmarks.contests import Contest
from benchmarks.measuring import CommandFailed, Cost
from benchmarks.peers import list_peers
from benchmarks.peers.reports import Report, Words, copy_report, count_pages, find_value
from benchmarks.summaries import (
    CHANGED,
    COLD,
    SAME,
    find_growth,
    pivot,
    summarise,
    tabulate,
    take_medians,
)
from benchmarks.workload import CHANGED as YEAR
from benchmarks.workload import MORE_YEARS, find_changed, make_sheets, write_report
from tests.examples import PROJECT, SECOND

FLOOR = [Cost(2.0, 1.0, 30.0), Cost(1.0, 1.5, 40.0), Cost(4.0, 2.0, 20.0)]
BUILT = [Cost(8.0, 6.0, 300.0), Cost(5.0, 3.0, 100.0), Cost(6.0, 9.0, 200.0)]


def test_peers_are_chosen_by_patterns() -> None:
    """A word, a whole name between signs for its ends, or none at all."""
    names = [peer.name for peer in list_peers()]

    whole = [read_pattern("^This project$")]
    assert [name for name in names if is_wanted(name, whole)] == ["this project"]
    several = [read_pattern("project"), read_pattern("sphinx")]
    assert len([name for name in names if is_wanted(name, several)]) > 2
    assert [name for name in names if is_wanted(name, [])] == names
    with pytest.raises(ArgumentTypeError, match=r"'\(this' is no pattern: missing \)"):
        read_pattern("(this")


def test_medians_stand_against_the_floors_cold_build() -> None:
    """Each number has its own median: 6 s of 5, 6, 8 against 2 s of 1, 2, 4."""
    costs = {("floor", COLD): FLOOR, ("ours", COLD): BUILT, ("ours", SAME): [Cost(1.0, 0.3, 29.0)]}

    floor, cold, same = summarise(costs, "floor")

    assert (floor["ratio"], floor["processor ratio"], floor["MiB"]) == (1, 1, 30)
    assert (cold["seconds"], cold["ratio"]) == (6, 3)
    assert (cold["processor seconds"], cold["processor ratio"]) == (6, 4)
    assert (cold["MiB"], cold["fastest"], cold["slowest"], cold["runs"]) == (200, 5, 8, 3)
    assert (same["what"], same["case"], same["ratio"], same["processor ratio"]) == (
        *("ours", SAME),
        *(0.5, 0.2),
    )


def test_without_a_floor_there_is_no_ratio() -> None:
    """As where the floor has failed, or was not asked for."""
    (row,) = summarise({("ours", COLD): BUILT}, "floor")

    assert (row["seconds"], row["ratio"], row["processor ratio"]) == (6, None, None)


def test_growth_is_told_for_each_page_and_by_its_power() -> None:
    """Ten times the pages in ten times the time is linear; in a hundred times, quadratic."""
    sizes = [
        {"pages": pages, "rows": [{"what": "ours", "case": COLD, "processor seconds": seconds}]}
        for pages, seconds in ((1000, 400.0), (10, 0.4), (100, 4.0))
    ]

    rows = find_growth(sizes, "ours", COLD)

    assert [row["pages"] for row in rows] == [10, 100, 1000]
    assert [row["ms for each page"] for row in rows] == [40, 40, 400]
    assert [row["steepness"] for row in rows] == [None, 1, 2]
    assert find_growth(sizes, "ours", SAME) == []


def test_a_table_has_a_row_for_each_thing_and_a_column_for_each_case() -> None:
    """What was not measured stays empty."""
    rows = [
        {"what": "floor", "case": COLD, "ratio": 1.0},
        {"what": "ours", "case": COLD, "ratio": 8.314},
        {"what": "ours", "case": CHANGED, "ratio": 1234.5},
    ]

    table = tabulate(pivot(rows, "ratio"), {"what": "", COLD: "cold", CHANGED: "changed"})

    assert table.splitlines() == [
        "|  | cold | changed |",
        "|---|---|---|",
        "| floor | 1 |  |",
        "| ours | 8.31 | 1234 |",
    ]


def test_a_visit_without_a_chart_counts_for_the_rest() -> None:
    """Medians of what there is."""
    visits = [{"paint": 1.0}, {"paint": 3.0, "chart": 4.0}, {"paint": 2.0, "chart": 6.0}]

    assert take_medians(visits) == {"paint": 2, "chart": 5}


def test_a_change_is_one_value_of_the_first_page() -> None:
    """And pages say the same however many there are."""
    before, after = make_sheets(3), make_sheets(3, shift=1500)

    assert after[1:] == before[1:]
    assert make_sheets(2) == before[:2]
    assert find_changed(after) == pytest.approx(find_changed(before) + 1.5)
    changed = [one for one, two in zip(before[0].rows, after[0].rows, strict=True) if one != two]
    assert [year for year, *_ in changed] == [YEAR]


def test_with_many_editions_only_the_newest_sees_the_change(tmp_path: Path) -> None:
    """Of three editions the value of the last year is published after the second one's cut-off."""
    write_report(tmp_path, 1, editions=3, languages=("en", "zh"))
    table = (tmp_path / "data/observations/crops-000.csv").read_text().splitlines()
    value = find_changed(make_sheets(1, 0, MORE_YEARS), 2025)
    days = {
        edition: (tmp_path / f"data/editions/{edition}.yml").read_text()
        for edition in (2024, 2025, 2026)
    }

    (row,) = [line for line in table if line.startswith("page-0000.a,2025,")]
    assert row.split(",")[2:5] == [f"{value:.3f}", "final", "2026-01-15"]
    assert '"cut_off": "2025-01-31"' in days[2025]
    assert '"cut_off": "2026-01-31"' in days[2026]
    assert {path.name for path in (tmp_path / "site_src/2024").iterdir()} == {"en", "zh"}


def test_an_untouched_file_keeps_its_time(tmp_path: Path) -> None:
    """Else whoever judges by times would build all anew after one change."""
    write_report(tmp_path, 2)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}

    write_report(tmp_path, 2, shift=1000)

    changed = [path.name for path, time in before.items() if path.stat().st_mtime_ns != time]
    assert changed == ["crops-000.csv"]


def test_peers_have_names_of_their_own_and_tell_what_they_keep() -> None:
    """Results are kept by name."""
    peers = list_peers()

    assert len({peer.name for peer in peers}) == len(peers) == 8
    assert all(peer.keeps for peer in peers)


def test_of_a_command_that_fails_no_path_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Results are published; who waits is told all of it."""
    peer, place = list_peers()[0], str(tmp_path)

    def end(*_: object) -> Cost:
        raise CommandFailed("ended with status 2", f"{place}/build {place}")

    monkeypatch.setattr(contests, "run", end)
    contest = Contest(1, tmp_path, 10)
    contest.measure(peer, COLD, [place], tmp_path)

    assert contest.summarise(1, "floor")["failed"] == {
        f"{peer.name}, {COLD}": "ended with status 2"
    }
    assert f"{place}/build" in capsys.readouterr().err


def test_a_page_that_is_not_there_fails_its_case(tmp_path: Path) -> None:
    """And leaves the others; one that shows the value fails nothing."""
    peer = list_peers()[0]
    page = peer.find_site(tmp_path) / peer.find_page()
    contest = Contest(1, tmp_path, 10)
    contest.check(peer, tmp_path)
    assert contest.failed == {f"{peer.name}, {CHANGED}": "the first page is not there"}

    contest.failed.clear()
    page.parent.mkdir(parents=True)
    page.write_text("another value")
    contest.check(peer, tmp_path)
    assert "does not show" in contest.failed.pop(f"{peer.name}, {CHANGED}")
    page.write_text(peer.tell_changed(1, 1000))
    contest.check(peer, tmp_path)
    assert not contest.failed


_RUN = """
import os, sys
from pathlib import Path
from benchmarks import measuring
measuring.adopt_orphans()
try:
    measuring.run(["sh", "-c", sys.argv[1]], Path(), 1)
except measuring.CommandFailed as failure:
    print(failure.brief)
print(measuring._list_below(os.getpid()))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the system for lists of children")
@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", ["ended with status 3"]),
        ("sleep 300", ["took more than 1 seconds"]),
        ("(setsid sleep 300 &)", ["took more than 1 seconds"]),
        ("(setsid sleep 300 2>/dev/null &)", []),
    ],
    ids=["fails", "stays", "leaves one that holds its outputs", "leaves one that holds nothing"],
)
def test_nothing_of_a_command_stays_behind(script: str, said: list[str]) -> None:
    """Nor is it waited for without end."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    command = [sys.executable, "-c", _RUN, script]
    begun = time.monotonic()
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=True, timeout=60
    )

    assert done.stdout.splitlines() == [*said, "[]"]
    assert time.monotonic() - begun < 30


def test_a_real_report_is_copied_and_one_value_of_it_changed(tmp_path: Path) -> None:
    """By what was asked, of a source that may be passed on; the report itself is as it was."""
    peer = Report(SECOND, whole=True)
    path, line, row = find_value(SECOND)
    before = (SECOND / path).read_text().split("\n")

    peer.write(tmp_path, 3, shift=1500)

    after = (peer.find_root(tmp_path) / path).read_text().split("\n")
    assert [number for number, text in enumerate(after) if text != before[number]] == [line]
    assert after[line].split(",")[:3] == [*before[line].split(",")[:2], peer.tell_changed(3, 1500)]
    assert peer.tell_changed(3, 1500) != row[2]
    assert peer.find_page() == "en/2026/data/observations.csv"
    assert (SECOND / path).read_text().split("\n") == before


@pytest.mark.parametrize(
    ("read", "changed"),
    [("14.7", "15.0012"), ("175", "178.012"), ("0.05", "0.08012"), ("1.250", "1.253012")],
)
def test_a_value_changes_in_a_place_that_is_shown(
    read: str, changed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each thousand in its own last place: less would leave figures and books as they are."""
    row = find_value(SECOND)[2]
    found = (row[0], find_value(SECOND)[1], [*row[:2], read, *row[3:]])
    monkeypatch.setattr("benchmarks.peers.reports.find_value", lambda _: found)

    assert Report(SECOND, whole=True).tell_changed(3, 3012) == changed


def test_the_value_that_changes_is_drawn(tmp_path: Path) -> None:
    """One that is merely named in a text would not have a figure drawn anew."""
    copy_report(SECOND, tmp_path)
    kept = tmp_path / "data/figures"
    for path in kept.glob("*.yml"):
        path.write_text(
            "figures: [{id: a, title: \"{{ value('river.trips') }}\", series: [hill.trips]}]"
        )

    assert find_value(tmp_path)[2][0] == "hill.trips"


def test_the_floor_of_a_report_has_all_its_words(tmp_path: Path) -> None:
    """A folder for each edition, with as many documents as the report has pages."""
    floor = Words(SECOND)

    floor.write(tmp_path, 0)

    assert len(list(tmp_path.rglob("*.md"))) == count_pages(SECOND) > 3
    assert floor.build(tmp_path)[3:] == [str(tmp_path / "en-2026" / "mkdocs.yml")]
    assert floor.find_page() == "en-2026/index.html"
