"""Translators see every interface word: the template of messages is current."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]


def test_the_template_of_messages_is_current(tmp_path: Path) -> None:
    """What `make messages` gathers is what lies in templates/locale/."""
    gathered = tmp_path / "report.pot"
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", "extract"]
    options = ["--no-location", "--sort-output", "--omit-header", "-F", "babel.cfg"]
    keywords = ["-k", "gettext", "-k", "_", "-k", "say", "-o", str(gathered), "."]
    subprocess.run([*command, *options, *keywords], cwd=PROJECT, check=True)
    kept = (PROJECT / "templates" / "locale" / "report.pot").read_text(encoding="utf-8")

    assert gathered.read_text(encoding="utf-8") == kept, "run `make messages`"
