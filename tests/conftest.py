"""What many tests share: the first report's site, built once, and how hard properties are tried."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import Phase, settings
from playwright.sync_api import Browser, sync_playwright
from xdist.scheduler import WorkStealingScheduling  # type: ignore[import-untyped] # it has none

from tests.browser.chromium import find_chromium
from tests.publication import Clone, freeze_both
from tests.sharing import build_site, make_once

PROJECT = Path(__file__).resolve().parent.parent

# `make audit` chooses among these. Without a choice Hypothesis' own stand, that for CI included.
settings.register_profile("long", max_examples=1000, deadline=None)
settings.register_profile(
    # Whether something fails is asked of each mutant, not what the simplest example is; and each
    # promise is kept by hand-worked tests as well.
    "mutants",
    max_examples=25,
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    derandomize=True,
)
if "HYPOTHESIS_PROFILE" in os.environ:
    settings.load_profile(os.environ["HYPOTHESIS_PROFILE"])


def pytest_configure() -> None:
    """Hear interrupts, and have what tests start hear them, wherever all of it was started.

    What a script runs in the background ignores them, and so would each program that a test ends.
    """
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> object:
    """Give each worker tests that lie beside each other: what a module makes is made once."""
    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture(scope="session")
def built_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first report's site, built by its own command; workers that run side by side share it."""
    return make_once(tmp_path_factory, "first-report-site", build_site)


@pytest.fixture
def clone(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """The second report with both editions frozen, in a clone that can be changed and published."""
    return Clone(tmp_path, freeze_both(tmp_path_factory))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A headless Chromium that looks nothing up on its own."""
    path = find_chromium()
    assert path is not None, "no browser: run python -m tests.browser.chromium"
    with sync_playwright() as driver:
        started = driver.chromium.launch(
            executable_path=path,
            args=[
                *("--no-sandbox", "--disable-gpu", "--disable-background-networking"),
                *("--disable-component-update", "--disable-sync", "--no-first-run"),
            ],
        )
        yield started
        started.close()
