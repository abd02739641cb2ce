"""The first report, composed once for all tests of a process, and what can be asked without that.

Names of figures are read from the files that declare them, so that tests can be listed for each
before anything is composed. A test compares them with what is composed.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from pathlib import Path

from report.composition import Settings, Volume, compose_report
from tests.examples import PROJECT

EDITIONS = ("2017", "2026")
ID = re.compile(r"^ *- id: (\S+)$", re.MULTILINE)


def compose_edition(root: Path, edition: str) -> Volume:
    """An edition of a report folder in English, composed but not rendered."""
    settings = Settings(
        root=root,
        project=PROJECT,
        site_dir=root / "site",
        today=dt.datetime.now(dt.UTC).date(),
        edition=edition,
        language="en",
    )
    return compose_report(settings)[1][0]


@lru_cache
def compose(edition: str = "2026") -> Volume:
    """An edition of the first report."""
    return compose_edition(PROJECT, edition)


def list_figures(edition: str) -> list[str]:
    """Ids of the figures that an edition declares."""
    folder, own = PROJECT / "data/figures", PROJECT / "data/figures" / edition
    texts = [path.read_text() for path in (own if own.is_dir() else folder).glob("*.yml")]
    return sorted(name for text in texts for name in ID.findall(text))
