"""Figures as first published and as revised: by keyboard, without scripts, never on paper."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A page with figures that have vintages, without scripts."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{address}/en/latest/status/scale/")
    yield page
    context.close()


def find_plates(page: Page) -> tuple[Locator, Locator, Locator]:
    """The first figure with vintages, and its two plates."""
    figure = page.locator("figure:has(.vintages)").first
    return (
        figure,
        figure.locator(".figure__plate--first"),
        figure.locator(".figure__plate--revised"),
    )


def test_a_choice_shows_one_drawing_and_hides_the_other(page: Page) -> None:
    """What is revised stands first; an arrow key changes to what was first published."""
    figure, first, revised = find_plates(page)

    expect(revised).to_be_visible()
    expect(first).to_be_hidden()
    figure.get_by_role("radio", name="as revised").focus()
    page.keyboard.press("ArrowLeft")
    expect(figure.get_by_role("radio", name="as first published")).to_be_checked()
    expect(first).to_be_visible()
    expect(revised).to_be_hidden()
    page.keyboard.press("ArrowRight")
    expect(revised).to_be_visible()


def test_figures_are_chosen_each_for_itself(page: Page) -> None:
    """Another figure stays as it is."""
    figures = page.locator("figure:has(.vintages)")
    figures.nth(0).get_by_role("radio", name="as first published").check()

    expect(figures.nth(1).locator(".figure__plate--revised")).to_be_visible()
    expect(figures.nth(1).locator(".figure__plate--first")).to_be_hidden()


def test_paper_shows_what_is_revised(page: Page) -> None:
    """Whatever was chosen; the choice itself is not printed."""
    figure, first, revised = find_plates(page)
    figure.get_by_role("radio", name="as first published").check()
    page.emulate_media(media="print")

    expect(revised).to_be_visible()
    expect(first).to_be_hidden()
    expect(figure.locator(".vintages")).to_be_hidden()


def test_the_table_gives_both_numbers(page: Page) -> None:
    """China's customs first gave 48.2 billion dollars for 2007; 48.1 is known now."""
    figure, _, _ = find_plates(page)
    figure.locator(".figure__table > summary").click()
    row = figure.get_by_role("row").filter(has=page.get_by_role("rowheader", name="2007"))

    expect(row.get_by_role("cell").first).to_have_text("48.1 first 48.2")


def test_the_feed_is_named_in_the_head_of_each_page(page: Page, address: str) -> None:
    """Where a reader's program looks for it, and it is there."""
    link = page.locator('link[rel="alternate"][type="application/atom+xml"]')

    expect(link).to_have_count(1)
    target = page.request.get(f"{address}/en/latest/feed.xml")
    assert target.ok
    href = link.get_attribute("href") or ""
    assert href.endswith("../latest/feed.xml")
