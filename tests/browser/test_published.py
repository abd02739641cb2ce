"""The branch of pages as readers get it: two published editions, served below a base path."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from report.links import find_faults
from tests.browser.conftest import serve_folder
from tests.publication import Clone, freeze_both

OLDER = "This is an older edition."


@pytest.fixture(scope="module", name="branch")
def _branch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the bare repository holds after 2024 and then 2026 were published."""
    folder = tmp_path_factory.mktemp("published")
    clone = Clone(folder, freeze_both(tmp_path_factory))
    for name in ("2024", "2026"):
        status, said, complaint = clone.build("publish", name, "--push")
        assert status == 0, said + complaint
    packed = subprocess.run(
        ["git", "archive", "gh-pages"], cwd=clone.bare, capture_output=True, check=True
    )
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder / "pages", filter="data")
    return folder / "pages"


@pytest.fixture(scope="module", name="pages")
def _pages(branch: Path) -> Iterator[str]:
    """Where the branch is served."""
    with serve_folder(branch) as served:
        yield served


@pytest.fixture(name="page")
def _page(browser: Browser) -> Iterator[Page]:
    """A page of a reader with scripts, with whatever goes wrong as a failure."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    yield page
    context.close()
    assert wrong == []


def test_every_link_of_the_branch_leads_somewhere(branch: Path) -> None:
    """Editions, `latest` and the doors together, below the path of the report's address."""
    assert find_faults(branch, "/bicycles/") == []


def test_a_reader_comes_in_and_finds_both_editions(page: Page, pages: str) -> None:
    """From the door to the newest, by the menu to the same page of the older one, and back."""
    page.goto(f"{pages}/")
    page.get_by_role("link", name="the newest edition").click()
    expect(page).to_have_url(f"{pages}/en/latest/")
    page.goto(f"{pages}/en/latest/method/")
    expect(page.get_by_text(OLDER)).to_be_hidden()
    page.locator(".md-version__current").focus()
    page.locator(".md-version__link", has_text="Edition 2024").press("Enter")
    expect(page).to_have_url(f"{pages}/en/2024/method/")
    expect(page.get_by_text(OLDER)).to_be_visible()
    page.get_by_role("link", name="Read the newest edition.").click()
    expect(page).to_have_url(f"{pages}/en/latest/method/")


def test_pages_of_the_older_edition_were_not_touched_by_the_newer_one(branch: Path) -> None:
    """They do not name it, yet lead to it; the newer one names the older."""
    old = (branch / "en/2024/method/index.html").read_text(encoding="utf-8")
    new = (branch / "en/2026/method/index.html").read_text(encoding="utf-8")

    assert "Edition 2026" not in old
    assert 'href="../../latest/method/"' in old
    assert 'href="../../2024/method/"' in new


def test_without_scripts_both_editions_are_reached(browser: Browser, pages: str) -> None:
    """By the door and the foot of a page."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{pages}/")
    page.get_by_role("link", name="the newest edition").click()
    editions = page.get_by_role("navigation", name="Editions of this page")
    editions.get_by_role("link", name="Edition 2024").click()
    expect(page).to_have_url(f"{pages}/en/2024/")
    expect(editions.get_by_role("link", name="Newest edition")).to_be_visible()
    context.close()
