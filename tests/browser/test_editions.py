"""A reader moves between editions on the same page, and sees which one it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

LABEL = "2017 edition, retrospective, compiled in November 2026."


@pytest.fixture(name="page")
def _page(browser: Browser) -> Iterator[Page]:
    """A page of a reader with scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context.new_page()
    context.close()


@pytest.fixture(name="plain")
def _plain(browser: Browser) -> Iterator[Page]:
    """A page of a reader without scripts."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def choose(page: Page, title: str) -> None:
    """Open the theme's menu of editions and choose one."""
    page.locator(".md-version__current").focus()  # by keyboard: an open menu covers its button
    page.locator(".md-version__link", has_text=title).press("Enter")


@pytest.mark.parametrize("path", ["status/scale/", "pathways/", "", "claims/"])
def test_the_menu_leads_to_the_same_page_of_another_edition(
    page: Page, address: str, path: str
) -> None:
    """There and back again, below a base path."""
    page.goto(f"{address}/en/2026/{path}")
    choose(page, "2017 edition")
    expect(page).to_have_url(f"{address}/en/2017/{path}")
    choose(page, "2026 edition")
    expect(page).to_have_url(f"{address}/en/2026/{path}")


def test_without_scripts_the_foot_of_a_page_leads_to_the_same_page(
    plain: Page, address: str
) -> None:
    """Of the older edition by name, and of the newest by the address that stays."""
    plain.goto(f"{address}/en/2026/status/scale/")
    editions = plain.get_by_role("navigation", name="Editions of this page")
    editions.get_by_role("link", name="2017 edition").click()
    expect(plain).to_have_url(f"{address}/en/2017/status/scale/")
    expect(plain.get_by_text(LABEL)).to_be_visible()
    editions.get_by_role("link", name="Newest edition").click()
    expect(plain).to_have_url(f"{address}/en/latest/status/scale/")
    expect(editions).to_contain_text("This edition: 2026 edition")


def test_the_older_edition_says_so_and_the_newest_does_not(page: Page, address: str) -> None:
    """One banner on each page of 2017, with a way to the newest; none on 2026."""
    page.goto(f"{address}/en/2017/status/macro/")
    expect(page.get_by_text(LABEL)).to_be_visible()
    expect(page.get_by_text("This is an older edition.")).to_have_count(0)
    page.get_by_role("link", name="Read this page in the newest edition.").click()
    expect(page).to_have_url(f"{address}/en/latest/status/macro/")
    page.wait_for_timeout(300)
    expect(page.locator("[data-md-component=outdated]")).to_be_hidden()
    expect(page.locator("[data-md-component=announce]")).to_be_empty()


def test_the_front_door_tells_editions_apart(plain: Page, address: str) -> None:
    """Newest first, the one that looks back with its label."""
    plain.goto(f"{address}/")
    items = plain.get_by_role("listitem").all_inner_texts()

    assert [re.sub(r"\s+", " ", item) for item in items[:2]] == [
        "English: 2026 edition",
        "English: 2017 edition (retrospective, compiled in November 2026)",
    ]
