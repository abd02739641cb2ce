"""Commands end with the status they promise and say what a person can act on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from report.cli import commands
from report.writing import MARKER

PROJECT = Path(__file__).resolve().parents[1]
SECOND = PROJECT / "tests" / "second_report"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The project's own command, as a person runs it."""
    return subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(name="report")
def _report(tmp_path: Path) -> Path:
    """A copy of the second report that a test may spoil."""
    return Path(shutil.copytree(SECOND, tmp_path / "report"))


@pytest.fixture(scope="module", name="model")
def _model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report and the site of its pages, once for all tests."""
    folder = tmp_path_factory.mktemp("built")
    shutil.copytree(SECOND, folder / "report")
    built = run("site", *name_both(folder))
    assert built.stdout.startswith("built "), built.stderr
    return folder


@pytest.fixture(name="built")
def _built(model: Path, tmp_path: Path) -> Path:
    """The same, to be changed."""
    return Path(shutil.copytree(model, tmp_path / "built"))


def name_both(folder: Path) -> tuple[str, ...]:
    """The options for a report and a site of pages that lie in a folder."""
    return ("--root", str(folder / "report"), "--site-dir", str(folder / "site"), "--pages-only")


def test_every_command_has_help_with_an_example() -> None:
    """What a command does and how it is called can be read without a manual."""
    for name, command in commands.commands.items():
        said = CliRunner().invoke(commands, [name, "--help"])
        assert said.exit_code == 0
        assert "Example: python build.py" in said.output, name
        assert command.help


def test_check_of_a_good_report_ends_with_zero_and_writes_nothing(report: Path) -> None:
    """`check` says what it has read and leaves no trace."""
    before = snapshot(report)
    done = run("check", "--root", str(report))

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith("no problems: 64 observations")
    assert snapshot(report) == before


def test_problems_end_with_one_and_leave_the_earlier_site(built: Path) -> None:
    """A bad change is said on stdout with its place; the site stays byte for byte."""
    before = snapshot(built / "site")
    rows = next((built / "report/data/observations").glob("*.csv"))
    spoiled = rows.read_text().replace(",final,", ",finished,", 1)
    rows.write_text(spoiled)
    line = next(i for i, text in enumerate(spoiled.split("\n"), 1) if ",finished," in text)
    done = run("site", *name_both(built))

    assert done.returncode == 1
    assert f"data/observations/{rows.name}:{line}:" in done.stdout
    assert "E204 status is 'finished'; write one of final, provisional" in done.stdout
    assert done.stderr.strip() == "1 problem found; nothing written"
    assert snapshot(built / "site") == before


def test_an_unchanged_report_is_not_built_again(built: Path) -> None:
    """Nothing changed costs next to nothing, and a touched site is built again."""
    page = built / "site/index.html"
    again = run("site", *name_both(built))
    assert again.stdout.strip() == f"{built / 'site'} is up to date"
    page.write_text("touched")
    mended = run("site", *name_both(built))

    assert mended.stdout.startswith("built ")
    assert "touched" not in page.read_text()


BACKWARDS = """
import os
import pathlib

listdir, scandir, iterdir = os.listdir, os.scandir, pathlib.Path.iterdir
os.listdir = lambda *given: listdir(*given)[::-1]
pathlib.Path.iterdir = lambda self: iter(list(iterdir(self))[::-1])


class Reversed:
    def __init__(self, *given):
        with scandir(*given) as found:
            self.found = iter(list(found)[::-1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def __iter__(self):
        return self

    def __next__(self):
        return next(self.found)

    def close(self):
        pass


os.scandir = Reversed
"""
"""Folders that list what they hold the other way round."""


def test_two_builds_give_the_same_bytes(report: Path, tmp_path: Path) -> None:
    """Nothing of the machine leaves a trace, and neither does the cache.

    Folder, day, time zone, locale, rights of new files, hash seed, order of folders' lists, number
    of processes and optimisation differ.
    """
    first, second = tmp_path / "one", tmp_path / "some where" / "two"
    moved = Path(shutil.copytree(report, tmp_path / "moved" / "other name"))
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "sitecustomize.py").write_text(BACKWARDS)
    later = datetime(2027, 12, 30, tzinfo=UTC)
    other = {
        "PYTHONPATH": str(strange),
        "PYTHONOPTIMIZE": "1",
        "PYTHONHASHSEED": "77",
        "SOURCE_DATE_EPOCH": str(int(later.timestamp())),
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
    }
    plain = run("site", "--root", str(report), "--site-dir", str(first))
    mask = os.umask(0o077)
    try:
        options = ("--no-cache", "--jobs", "1")
        done = run("site", "--root", str(moved), "--site-dir", str(second), *options, **other)
    finally:
        os.umask(mask)
    files, others = snapshot(first), snapshot(second)
    for found in (files, others):
        found.pop(".report-site.json")

    assert (plain.returncode, done.returncode) == (0, 0), done.stderr
    assert files
    assert [path for path in files if files[path] != others.get(path)] == []
    assert set(files) == set(others)


def test_wrong_usage_ends_with_two(report: Path) -> None:
    """Options and names that do not exist are said as such."""
    assert run("site", "--nonsense").returncode == 2
    assert run("check", "--root", str(report), "--edition", "1999").returncode == 2
    assert run("check", "--root", str(report / "absent")).returncode == 2
    bad = run("check", "--root", str(report), SOURCE_DATE_EPOCH="abc")
    assert bad.returncode == 2
    assert "SOURCE_DATE_EPOCH is 'abc'" in bad.stderr


@pytest.mark.parametrize(
    "command",
    [["site"], ["check"], ["serve"], ["edition", "list"], ["audit", "addresses"]],
    ids=" ".join,
)
def test_a_folder_without_a_report_is_told_of_once(command: list[str], tmp_path: Path) -> None:
    """Not as five files that are missing, nor by a server that waits for them."""
    done = run(*command, "--root", str(tmp_path))

    assert done.returncode == 2
    assert f"there is no report in '{tmp_path}': it has no folder 'data'" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_site_among_what_it_is_made_from_is_refused(report: Path) -> None:
    """Else each build would change what the next one reads, and `serve` would never rest."""
    for folder in ("data", "site_src/site"):
        done = run("site", "--root", str(report), "--site-dir", str(report / folder))
        assert done.returncode == 2
        assert "which a site is made from; name another folder" in done.stderr


def test_what_no_one_expects_is_said_in_a_sentence(report: Path) -> None:
    """A name that is no UTF-8 and a report without a language end as problems."""
    declaration = report / "data" / "report.yml"
    declaration.write_text(declaration.read_text().replace("languages: [en]", "languages: []"))
    (report / "data" / os.fsdecode(b"\xff.csv")).write_text("a")
    done = run("site", "--root", str(report), PYTHONIOENCODING="utf-8:strict")

    assert done.returncode == 1
    assert done.stderr == "2 problems found; nothing written\n"
    assert "data/\\udcff.csv:1:1: E102 no file of this name" in done.stdout
    assert "data/report.yml:7:1: E131 languages is []; name at least 1" in done.stdout


def test_a_figure_s_form_that_fails_is_a_problem_at_its_line(report: Path, tmp_path: Path) -> None:
    """With processes of its own as well, and nothing is written."""
    form = (PROJECT / "templates" / "parts" / "figure.html.jinja").read_text()
    (report / "templates" / "parts").mkdir(parents=True)
    (report / "templates" / "parts" / "figure.html.jinja").write_text(
        form.replace("{% if figure.notes %}", "{{ figure.nope.x }}{% if figure.notes %}", 1)
    )
    line = form[: form.index("{% if figure.notes %}")].count("\n") + 1

    site = tmp_path / "site"
    built = run("site", "--root", str(report), "--site-dir", str(site), "--jobs", "2", "--no-cache")

    assert built.returncode == 1
    place = f"templates/parts/figure.html.jinja:{line}:1: E511 "
    assert built.stdout.startswith(place)
    assert "Traceback" not in built.stderr
    assert not site.exists()


def test_a_site_of_one_part_says_that_it_is_one(built: Path) -> None:
    """Whoever asks for one edition is told that others are not in the site, also when unchanged."""
    for _ in range(2):
        part = run("site", *name_both(built), "--edition", "2026", "--lang", "en")
        said = ": only edition 2026, language en; no other is in this site\n"
        assert part.stdout.endswith(said)
    whole = run("site", *name_both(built))
    assert whole.returncode == 0
    assert "no other" not in whole.stdout


def test_a_folder_of_others_is_never_replaced(report: Path, tmp_path: Path) -> None:
    """A folder that no build has made is refused with status three."""
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "letter.txt").write_text("dear")
    done = run("site", "--root", str(report), "--site-dir", str(foreign))

    assert done.returncode == 3
    assert "that no build has made" in done.stderr
    assert "Traceback" not in done.stderr
    assert snapshot(foreign) == {"letter.txt": b"dear"}


def test_a_reader_who_has_read_enough_is_no_failure(report: Path) -> None:
    """What `head` leaves unread is dropped without a word, and the status is that of the check."""
    with (report / "data" / "series.csv").open("a") as series:
        series.writelines(f"torn{number},1\n" for number in range(3_000))
    command = [sys.executable, "build.py", "check", "--root", str(report)]
    with subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert "E112" in process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()

    assert process.returncode == 1
    assert said == "3000 problems found; nothing written\n"


def test_latest_leaves_out_what_is_taken_from_the_edition_alone(
    report: Path, tmp_path: Path
) -> None:
    """And nothing that only looks like it, such as a PDF among the assets."""
    assets = report / "site_src" / "assets" / "figures"
    assets.mkdir(parents=True)
    (assets / "map.png").write_bytes(b"picture")
    (assets.parent / "annex.pdf").write_bytes(b"%PDF")
    done = run("site", "--root", str(report), "--site-dir", str(tmp_path / "site"))
    newest, latest = tmp_path / "site" / "en" / "2026", tmp_path / "site" / "en" / "latest"

    assert done.returncode == 0, done.stdout + done.stderr
    assert (latest / "assets" / "figures" / "map.png").is_file()
    assert (latest / "assets" / "annex.pdf").is_file()
    assert list(newest.glob("*.pdf"))
    assert list(newest.glob("figures/*.png"))
    assert not list(latest.glob("*.pdf"))
    assert not list(latest.glob("figures/*.png"))


@pytest.mark.parametrize(
    ("stamp", "options", "is_told"),
    [
        ('{"whole": true}', (), True),
        ('{"whole": true}', ("--whole",), False),
        ('{"whole": false}', (), False),
        ("", (), False),
    ],
)
def test_serve_says_first_that_it_takes_downloads_away(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    stamp: str,
    options: tuple[str, ...],
    *,
    is_told: bool,
) -> None:
    """Where the site that stands has any, and those are not asked for."""
    (tmp_path / "data").mkdir()
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / MARKER).write_text(stamp)
    monkeypatch.setattr("report.build.serve_site", lambda *_: None)
    result = CliRunner().invoke(commands, ["serve", "--root", str(tmp_path), *options])

    assert result.exit_code == 0
    assert ("will hold pages alone until `site` is run" in result.stderr) is is_told
