"""Pages print well: nothing to press, light colours, addresses written out, drawings whole."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.books import read_words

PAGE = "/en/2026/pathways/market_integration/"


def test_a_page_on_paper_has_its_words_and_no_controls(browser: Browser, address: str) -> None:
    """Tables and folded events are printed; menus and what takes a figure away are not."""
    page = browser.new_page(color_scheme="dark")
    page.goto(address + PAGE)
    words = read_words(page.pdf(format="A4"))
    summary = page.locator("details.fold:has(> .timeline) .timeline__title").last
    oldest = summary.text_content() or "?"
    page.close()

    assert oldest in words
    assert "Take this figure" not in words
    assert "Explore this chart" not in words
    assert "Link to this figure" not in words
    assert words.count("Figure 2.1: Mean tariffs") >= 1


def test_paper_is_light_and_says_where_links_lead(browser: Browser, address: str) -> None:
    """A dark page prints dark on white, and a link to another host shows its address."""
    page = browser.new_page(color_scheme="dark")
    page.goto(f"{address}/en/2026/sources/")
    page.emulate_media(media="print", color_scheme="dark")
    ink = page.locator("article p").first.evaluate("e => getComputedStyle(e).color")
    link = page.locator("article li a[href^=http]").first
    shown = link.evaluate("e => getComputedStyle(e, '::after').content")
    href = link.get_attribute("href")
    page.close()

    assert sum(int(part) for part in ink.strip("rgba()").split(",")[:3]) < 300
    assert str(href) in shown


def test_no_drawing_is_split_or_parted_from_its_title(browser: Browser, address: str) -> None:
    """Title, takeaway and drawing are kept together."""
    page = browser.new_page()
    page.goto(address + PAGE)
    page.emulate_media(media="print")
    rules = page.locator(".figure__plate--revised, .figure__plate").first.evaluate(
        "e => [getComputedStyle(e).breakInside, getComputedStyle(e).breakBefore]"
    )
    page.close()

    assert rules == ["avoid", "avoid"]
