"""What `diff` says of changes: real ones worked out by hand, and what it says where it cannot."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import html5lib
import pytest

from report.comparing import compare_sides
from report.policies import find_policy_faults
from report.problems import DataProblems, UsageError, WriteFailed
from tests.commands import run_here
from tests.examples import PROJECT, SECOND
from tests.sides import CHANGES, EXTRACT, ask, count, edit, lay_out

NAMES = sorted(path.parent.name for path in CHANGES.glob("*/expected.json"))


def shorten(value: Any) -> Any:
    """Long numbers with twelve digits, as `expected.json` has them."""
    if isinstance(value, dict):
        return {key: shorten(part) for key, part in value.items()}
    if isinstance(value, list):
        return [shorten(part) for part in value]
    if isinstance(value, str) and re.fullmatch(r"-?\d+\.\d{12,}", value):
        return f"{Decimal(value):.12g}"
    return value


@pytest.fixture
def sides(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to work in, where `before` is the extract."""
    monkeypatch.chdir(tmp_path)
    lay_out(tmp_path / "before")
    return tmp_path


@pytest.mark.parametrize("name", NAMES)
def test_a_real_change_gives_exactly_its_differences(name: str, sides: Path) -> None:
    """Values, figures, sentences and verdicts; what does not change is counted."""
    lay_out(sides / "now", name)

    found = compare_sides(ask(EXTRACT), "before", "now")

    expected = json.loads((CHANGES / name / "expected.json").read_text())
    assert shorten(json.loads(found.transcript)) == expected


def test_the_three_changes_are_there() -> None:
    """No case is lost unseen."""
    assert NAMES == ["customs", "routine", "sign"]


@pytest.mark.usefixtures("sides")
def test_a_report_that_is_the_same_says_so() -> None:
    """In one sentence, with the count of figures."""
    found = compare_sides(ask(EXTRACT), "before", "before")

    assert found.digest == (
        "## What this change does to the figures\n\n"
        "From the folder before to the folder before.\n\n"
        "**Edition 2021, en**: nothing differs; 2 figures show the same.\n"
    )


def test_the_folder_holds_three_files_and_the_page_needs_nothing_else(sides: Path) -> None:
    """Both drawings once, four ways to lay them, no script, a policy, sound HTML."""
    lay_out(sides / "now", "customs")

    found = compare_sides(ask(EXTRACT), "before", "now", sides / "out")

    page = (sides / "out" / "index.html").read_text()
    assert sorted(path.name for path in (sides / "out").glob("[!.]*")) == [
        "diff.json",
        "index.html",
        "summary.md",
    ]
    assert (sides / "out" / "summary.md").read_text() == found.digest
    assert json.loads((sides / "out" / "diff.json").read_text()) == json.loads(found.transcript)
    html5lib.HTMLParser(strict=True).parse(page)
    assert list(find_policy_faults(page)) == []
    assert "<script" not in page
    assert re.findall(r'(?:src|href)="(?!#)[^"]*"', page) == []
    assert page.count("<svg ") == 2
    assert page.count('type="radio"') == 4
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    assert "69.754901" in page
    assert "▲ moderate" in page
    assert "1 figures show the same" in page


def test_text_of_the_data_stays_text(sides: Path) -> None:
    """On the page, in the Markdown and within the block of sentences."""
    now = lay_out(sides / "now", "customs")
    title = "Trade came to {{ value"
    edit(now, "data/figures/trade.yml", title, f"To @all ``` *so* {title}")

    found = compare_sides(ask(EXTRACT), "before", "now", sides / "out")

    assert "To &#64;<!-- -->all &#96;&#96;&#96; &#42;so&#42; Trade came to 69.8" in found.digest
    assert "+ To @all ''' *so* Trade came to 69.8 bn USD in 2016" in found.digest
    assert found.digest.count("```") == 2


def test_problems_say_on_which_side_they_are(sides: Path) -> None:
    """Those of both sides come out together, and nothing is written."""
    now = lay_out(sides / "now")
    edit(sides / "before", "data/observations/trade.csv", ",68,", ",sixty-eight,")
    edit(now, "data/observations/macro.csv", ",-0.2,", ",−0.2,")

    with pytest.raises(DataProblems) as caught:
        compare_sides(ask(EXTRACT), "before", "now", sides / "out")

    assert [f"{p.place} {p.code}" for p in caught.value.problems] == [
        "before:data/observations/trade.csv:2:28 E201",
        "now:data/observations/macro.csv:5:30 E201",
    ]
    assert not (sides / "out").exists()


def test_a_base_with_problems_is_told_and_refuses_nothing(sides: Path) -> None:
    """A change that repairs them must be able to pass; all three files say why they are empty."""
    edit(sides / "before", "data/observations/trade.csv", ",68,", ",@sixty-eight,")
    lay_out(sides / "now")

    found = compare_sides(ask(EXTRACT), "before", "now", sides / "out")

    said = "Today's machine finds 1 problem in the folder before and none in the folder now."
    page = (sides / "out" / "index.html").read_text()
    (problem,) = json.loads(found.transcript)["problems"]
    assert f"**Nothing is compared.** {said}\n\n- `before:data/obs" in found.digest
    assert "E201" in found.digest
    assert "@sixty" not in found.digest  # nobody is called
    assert json.loads(found.transcript)["editions"] == []
    assert problem.startswith("before:data/observations/trade.csv:2:")
    html5lib.HTMLParser(strict=True).parse(page)
    assert f"<strong>Nothing is compared.</strong> {said.replace(chr(39), '&#39;')}" in page
    assert "<td>before:data/observations/trade.csv:2:" in page
    assert "new and compared with nothing" not in found.digest


def test_of_many_problems_of_a_base_the_first_are_told_and_the_rest_counted(sides: Path) -> None:
    """Twenty in the summary; each in the JSON."""
    before = sides / "before" / "data" / "observations" / "trade.csv"
    head, row = before.read_text().splitlines()[:2]
    before.write_text("\n".join([head, *[row.replace(",68,", f",x{n},") for n in range(25)], ""]))
    lay_out(sides / "now")

    found = compare_sides(ask(EXTRACT), "before", "now")

    problems = json.loads(found.transcript)["problems"]
    assert found.digest.count("\n- `before:") == 20
    assert f"… and {len(problems) - 20} more that are not shown here." in found.digest
    assert len(problems) >= 25


def test_a_figure_that_only_the_base_cannot_make_is_a_problem_of_the_base(
    sides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found late, when the figure is made; a head with such a figure is refused."""
    now = lay_out(sides / "now")
    # A line of three years is too long when two are the most.
    monkeypatch.setattr("report.figures.line.MOST_POINTS", 2)
    figure = "id: trade-output\n    form: "
    edit(sides / "before", "data/figures/trade.yml", f"{figure}bars", f"{figure}line")
    edit(now, "data/figures/trade.yml", f"{figure}bars", f'{figure}line\n    start: "2015"')

    found = compare_sides(ask(EXTRACT), "before", "now")
    with pytest.raises(DataProblems) as caught:
        compare_sides(ask(EXTRACT), "now", "before")

    assert "**Nothing is compared.**" in found.digest
    assert [f"{p.place.file} {p.code}" for p in caught.value.problems] == [
        "before:data/figures/trade.yml E403"
    ]


def test_an_edition_that_the_base_has_not_is_new(sides: Path) -> None:
    """Also where it alone is asked for; one that the head has not is refused."""
    now = lay_out(sides / "now")
    edition = (now / "data/editions/2021.yml").read_text()
    (now / "data/editions/2022.yml").write_text(edition.replace("2021", "2022"))
    shutil.copytree(now / "site_src/2021", now / "site_src/2022")
    settings = replace(ask(EXTRACT), edition="2022")

    assert "Edition 2022 (en) is new" in compare_sides(settings, "before", "now").digest
    with pytest.raises(UsageError, match="no edition '2022'"):
        compare_sides(settings, "now", "before")


def test_a_direction_that_the_change_turns_is_a_problem_of_its_side(sides: Path) -> None:
    """Words that are bound to the data cannot be published against them."""
    words = "site_src/2021/en/status/trade.md"
    bound = 'Output {{ says("fell", number("macro.ru.gdp.growth_pct", 2016) < 0) }}. Trade changed'
    now = lay_out(sides / "now", "sign")
    edit(sides / "before", words, "Trade changed", bound)
    edit(now, words, "Trade changed", bound)

    with pytest.raises(DataProblems) as caught:
        compare_sides(ask(EXTRACT), "before", "now")

    assert [f"{p.place.file} {p.code}" for p in caught.value.problems] == [f"now:{words} E505"]


def test_a_site_is_not_replaced_by_differences(sides: Path) -> None:
    """Nor is a folder with anybody's files; earlier differences are."""
    (sides / "site").mkdir()
    (sides / "site" / ".report-site.json").write_text('{"format": 1}')
    (sides / "other").mkdir()
    (sides / "other" / "letter.txt").write_text("mine")

    compare_sides(ask(EXTRACT), "before", "before", sides / "out")
    compare_sides(ask(EXTRACT), "before", "before", sides / "out")
    with pytest.raises(UsageError, match="holds a site"):
        compare_sides(ask(EXTRACT), "before", "before", sides / "site")
    with pytest.raises(WriteFailed, match="no build has made"):
        compare_sides(ask(EXTRACT), "before", "before", sides / "other")

    assert (sides / "other" / "letter.txt").read_text() == "mine"


def test_editions_that_only_one_side_has_are_told(sides: Path) -> None:
    """They are compared with nothing."""
    now = lay_out(sides / "now")
    edition = (now / "data/editions/2021.yml").read_text()
    (now / "data/editions/2022.yml").write_text(edition.replace("2021", "2022"))
    shutil.copytree(now / "site_src/2021", now / "site_src/2022")

    there = compare_sides(ask(EXTRACT), "before", "now").digest
    back = compare_sides(ask(EXTRACT), "now", "before").digest

    assert "Edition 2022 (en) is new and compared with nothing." in there
    assert "Edition 2022 (en) is gone." in back


def test_outside_of_a_repository_only_folders_are_compared(sides: Path) -> None:
    """And the sentence says so."""
    with pytest.raises(UsageError, match="lies in no git repository; name a folder"):
        compare_sides(ask(sides / "before"), "main", None)


def test_differences_are_not_written_among_what_they_are_made_from(sides: Path) -> None:
    """Neither into the report's own folders nor into those of the machine."""
    settings = ask(sides / "before")
    inside = PROJECT / "templates" / "differences"
    for folder in (sides / "before" / "data" / "x", sides / "before" / "site_src", inside):
        with pytest.raises(UsageError, match="which differences are made from; name another"):
            compare_sides(settings, "before", None, folder)
    assert not (sides / "before" / "data" / "x").exists()
    assert not inside.exists()


def run(*words: str, folder: Path) -> tuple[int, str, str]:
    """Status, output and complaints of `diff` as typed in a folder."""
    # 24 November 2026, 12:00 UTC.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600"}
    return run_here("diff", *words, environment=environment, folder=folder)


def test_the_command_ends_with_the_status_that_is_documented(sides: Path) -> None:
    """0 with differences, 1 with problems, 2 for what is not there, 3 where nothing can be put."""
    now = lay_out(sides / "now", "sign")
    root = ("--root", str(EXTRACT))
    (sides / "full").mkdir()
    (sides / "full" / "letter.txt").write_text("mine")

    status, said, complaint = run("before", "now", *root, "--json", folder=sides)
    assert (status, count(said), complaint) == (0, 1, "")

    status, _, complaint = run("before", "now", *root, "--out", "out", folder=sides)
    assert (status, complaint) == (0, "")

    status, said, complaint = run("nowhere", "now", *root, folder=sides)
    assert (status, said, complaint.count("\n")) == (2, "", 1)

    status, said, _ = run("before", "now", "--json", "--markdown", folder=sides)
    assert (status, said) == (2, "")

    status, said, _ = run("before", "now", *root, "--out", "full", folder=sides)
    assert (status, said) == (3, "")

    edit(now, "data/units.csv", "percent,percent", "percent,")
    status, said, _ = run("before", "now", *root, folder=sides)
    assert (status, said.partition(":3:")[0]) == (1, "now:data/units.csv")

    status, _, complaint = run("now", "before", *root, "--out", "mended", folder=sides)
    assert (status, complaint) == (0, "")
    assert "Nothing is compared" in (sides / "mended" / "summary.md").read_text()


def test_the_second_report_does_not_differ_from_itself() -> None:
    """All of a whole report's figures are counted, none is drawn."""
    found = compare_sides(ask(SECOND), str(SECOND), None)

    assert "nothing differs; 9 figures show the same." in found.digest
