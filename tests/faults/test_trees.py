"""Report folders that are made to do harm: told at once, with the place, and never followed."""

from __future__ import annotations

import os
import resource
import shutil
import stat
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.commands import main
from tests.examples import SECOND, find_problems

HIDDEN = "what nobody outside may read"


def link_out(root: Path) -> None:
    """A file of the machine beside the facts."""
    (root / "data" / "passwords.csv").symlink_to(root.parent / "secret")


def link_folder_out(root: Path) -> None:
    """A folder of the machine in the place of one of the facts."""
    shutil.rmtree(root / "data" / "observations")
    (root / "data" / "observations").symlink_to(root.parent)


def link_words_out(root: Path) -> None:
    """A page that is a link."""
    words = root / "site_src" / "2026" / "en" / "method.md"
    words.unlink()
    words.symlink_to(root.parent / "secret")


def lay_a_pipe(root: Path) -> None:
    """A pipe that nobody writes to: whoever opens it waits for ever."""
    os.mkfifo(root / "data" / "observations" / "pipe.csv")


def lay_a_device(root: Path) -> None:
    """A device without an end."""
    try:
        os.mknod(root / "data" / "zero.csv", stat.S_IFCHR | 0o644, os.makedev(1, 5))
    except PermissionError:
        pytest.skip("only root makes devices")


def lay_a_huge_cell(root: Path) -> None:
    """One cell of 50 MB."""
    with (root / "data" / "observations" / "huge.csv").open("w") as file:
        file.write("series,period,value\n")
        for _ in range(50):
            file.write("9" * 1_000_000)


def name_by_case_alone(root: Path) -> None:
    """Two files that are one on other machines."""
    (root / "data" / "Sources.csv").write_text("id\n")


def name_without_end(root: Path) -> None:
    """A name as long as the disk takes, of a page that the facts do not know."""
    (root / "site_src" / "2026" / "en" / f"{'a' * 250}.md").write_text("# A\n")


def nest_without_end(root: Path) -> None:
    """Folders within folders."""
    (root / "data").joinpath(*["deep"] * 150).mkdir(parents=True)
    (root / "data").joinpath(*["deep"] * 150, "x.csv").write_text("id\n")


def name_a_page(name: str) -> Callable[[Path], None]:
    """A page whose name is also the name of a file."""

    def change(root: Path) -> None:
        pages = root / "data" / "framework" / "pages.csv"
        text = pages.read_text()
        assert "hill-corridor" in text
        pages.write_text(text.replace("hill-corridor", name))

    return change


TREES: dict[str, tuple[Callable[[Path], None], str]] = {
    "a link out": (link_out, "data/passwords.csv:1:1 E103"),
    "a folder that is a link": (link_folder_out, "data/observations:1:1 E103"),
    "words that are a link": (link_words_out, "site_src/2026/en/method.md:1:1 E103"),
    "a pipe": (lay_a_pipe, "data/observations/pipe.csv:1:1 E103"),
    "a device": (lay_a_device, "data/zero.csv:1:1 E103"),
    "a huge cell": (lay_a_huge_cell, "data/observations/huge.csv:1:1 E117"),
    "names that differ by case": (name_by_case_alone, "data/sources.csv:1:1 E104"),
    "a name without end": (name_without_end, f"site_src/2026/en/{'a' * 250}.md:"),
    "folders without end": (nest_without_end, f"data/{'deep/' * 150}x.csv:"),
    "a page named ../x": (name_a_page("../x"), "data/framework/pages.csv:"),
    "a page named /x": (name_a_page("/etc/x"), "data/framework/pages.csv:"),
    "a page named CON": (name_a_page("CON"), "data/framework/pages.csv:"),
    "a page named aux": (name_a_page("aux"), "data/framework/pages.csv:"),
    "a page of 300 letters": (name_a_page("a" * 300), "data/framework/pages.csv:"),
}


@pytest.mark.parametrize("tree", TREES)
def test_a_hostile_tree_is_told_with_its_place(tree: str, tmp_path: Path) -> None:
    """In a few seconds and little memory; nothing of the machine gets into what is said."""
    root = Path(shutil.copytree(SECOND, tmp_path / "report"))
    (tmp_path / "secret").write_text(HIDDEN)
    change, place = TREES[tree]
    change(root)
    begun, held = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = find_problems(root)
    seconds = time.process_time() - begun
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - held
    said = [f"{problem.place} {problem.code} {problem}" for problem in found]

    assert [line for line in said if line.startswith(place)], said
    assert not [line for line in said if HIDDEN in line]
    assert seconds < 5
    assert grown < 200_000, "kilobytes"


@pytest.mark.parametrize("epoch", ["0", "4102444800", "-1", "abc", "1e9", "9" * 30])
def test_whatever_day_it_is_is_no_failure_of_the_program(
    epoch: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """1970, 2100 and no day at all: known, problems in the data, or wrong usage."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    status = main(["check", "--root", str(SECOND)])
    said = capsys.readouterr()

    assert status == {"0": 1, "4102444800": 0, "-1": 1}.get(epoch, 2), said.out + said.err
    assert said.err.count("\n") == int(status != 0)
    assert (f"SOURCE_DATE_EPOCH is {epoch!r}" in said.err) is (status == 2)
