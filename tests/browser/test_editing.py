"""An editor sees a changed value, text or template in the open page, without a restart."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 60_000
"""Milliseconds that a busy machine may take for one build."""


@pytest.fixture(name="report")
def _report(tmp_path: Path) -> Path:
    """A copy of the second report with a form of its own, to be edited."""
    root = Path(shutil.copytree(PROJECT / "tests" / "second_report", tmp_path / "report"))
    own = root / "templates" / "pages"
    own.mkdir(parents=True)
    shutil.copy(PROJECT / "templates" / "pages" / "method.md.jinja", own)
    return root


@pytest.fixture(name="served")
def _served(report: Path, tmp_path: Path) -> Iterator[str]:
    """The address at which `serve` shows the report."""
    command = [sys.executable, str(PROJECT / "build.py"), "serve", "--root", str(report)]
    process = subprocess.Popen(
        [*command, "--site-dir", str(tmp_path / "site"), "--port", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr is not None
    address = ""
    for line in process.stderr:
        if found := re.search(r"http://127\.0\.0\.1:\d+", line):
            address = found[0]
            break
    yield address
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "Traceback" not in said


def replace(path: Path, old: str, new: str) -> None:
    """Change one place of a file that must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_edits_show_in_the_open_page(browser: Browser, served: str, report: Path) -> None:
    """Words, a value and a form are edited one after another; the page follows each."""
    page = browser.new_page()
    page.goto(f"{served}/en/2026/method/")
    words = report / "site_src/2026/en/method.md"
    first = re.search(r"\n([A-Z][a-z]+ )", words.read_text(encoding="utf-8"))
    assert first is not None
    replace(words, first[1], f"Edited words. {first[1]}")
    expect(page.locator("article")).to_contain_text("Edited words.", timeout=PATIENCE)

    replace(report / "templates/pages/method.md.jinja", "# {{", "Edited form.\n\n# {{")
    expect(page.locator("article")).to_contain_text("Edited form.", timeout=PATIENCE)

    rows = next(
        path
        for path in sorted((report / "data/observations").glob("*.csv"))
        if "river.trips,2025," in path.read_text()
    )
    page.goto(f"{served}/en/2026/")
    expect(page.locator("article")).not_to_contain_text("543.2")
    text = rows.read_text(encoding="utf-8")
    rows.write_text(
        re.sub(r"(?m)^(river\.trips,2025,)[0-9.]+", r"\g<1>543.2", text), encoding="utf-8"
    )
    expect(page.locator("article")).to_contain_text("543.2", timeout=PATIENCE)
    page.close()
