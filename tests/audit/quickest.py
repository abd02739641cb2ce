"""A plugin of pytest for mutants: the quickest tests first, as mutmut has timed them.

Most mutants are noticed by a test of milliseconds, and the first test that fails ends the run.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

TIMES = Path("mutmut-stats.json")
"""Where mutmut writes what it timed, seen from where it runs the tests."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests in the order of their time; before anything is timed, leave them."""
    if TIMES.exists():
        times = json.loads(TIMES.read_text())["duration_by_test"]
        items.sort(key=lambda item: times.get(item.nodeid, 0.0))
