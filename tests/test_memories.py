"""What was found out of a report's texts is known wherever the same report lies."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from report.build import build_site
from report.composition import Settings, compose_report
from report.keeping import stamp_machine
from report.memories import _name_report, open_memory, save_memory
from report.remembering import Memory
from tests.examples import PROJECT, SECOND, TODAY, copy_in_two_editions


def test_a_copy_of_a_report_knows_what_the_report_does(tmp_path: Path) -> None:
    """Another report does not, and a memory that is not kept is empty."""
    cache, copy = tmp_path / "cache", tmp_path / "copy"
    shutil.copytree(SECOND, copy)
    memory = Memory()
    memory.keep(b"yes", "question")
    save_memory(cache, SECOND, memory)

    assert open_memory(cache, copy).recall("question") == b"yes"
    assert open_memory(None, copy).recall("question") is None
    with (copy / "data" / "report.yml").open("a") as file:
        file.write("# another\n")
    assert open_memory(cache, copy).recall("question") is None
    assert open_memory(cache, tmp_path / "nowhere").recall("question") is None


class Counter(Memory):
    """A memory that counts what it had to be told."""

    told = 0

    def keep(self, answer: bytes, *question: str | bytes) -> None:
        """Hold an answer, and count it."""
        self.told += 1
        super().keep(answer, *question)


def count_news(settings: Settings) -> int:
    """How much is found out anew when a report is composed with what is kept of it."""
    memory = Counter()
    memory._kept = open_memory(settings.cache, settings.root)._kept
    assert memory._kept
    compose_report(settings, memory=memory)
    return memory.told


@pytest.fixture(name="settings")
def _settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A report in two editions whose pages have been built, with a cache of its own."""
    monkeypatch.setattr(Settings, "cache", property(lambda _self: tmp_path / "cache"))
    copy_in_two_editions(tmp_path / "report")
    built = Settings(tmp_path / "report", PROJECT, tmp_path / "site", TODAY, jobs=1, whole=False)
    build_site(built)
    return built


def test_one_edition_is_composed_from_what_a_whole_build_found_out(
    settings: Settings, tmp_path: Path
) -> None:
    """Also from a copy elsewhere: nothing is read or compiled a second time."""
    copy = Path(shutil.copytree(settings.root, tmp_path / "copy"))

    assert count_news(replace(settings, root=copy, edition="2026")) == 0


def test_a_build_of_one_edition_forgets_nothing_of_the_others(
    settings: Settings, tmp_path: Path
) -> None:
    """After it a whole build finds out nothing anew."""
    build_site(replace(settings, edition="2024", site_dir=tmp_path / "one"))

    assert count_news(settings) == 0


def test_a_declaration_that_cannot_be_read_is_told_by_whoever_reads_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With all else that is wrong, and not by the one who looks for a memory."""

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    stamp_machine()  # which is found out once, from other files
    monkeypatch.setattr(Path, "read_bytes", refuse)

    assert _name_report(SECOND) == _name_report(tmp_path)
