"""Words are explained, long registers open where a link leads, and every page says where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

PAGE = "en/2026/safeguards/innovative_models/"
LONG = ("events/#ev0194", "sources/#source-swift_pr_2018_02", "data/#series-trade.cn_ru.total.usd")


@pytest.fixture(name="plain", params=[1280, 390])
def open_plain(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser without scripts, wide or narrow, with a touch screen."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 844}, java_script_enabled=False, has_touch=True
    )
    yield context.new_page()
    context.close()


def test_a_word_is_explained_by_key_and_closed_by_escape(plain: Page, address: str) -> None:
    """The meaning stays while it is read, leads on, and covers nothing beyond the screen."""
    plain.goto(f"{address}/{PAGE}")
    word = plain.get_by_role("button", name="SWIFT", exact=True)
    note = plain.locator("#term-swift")
    expect(note).to_be_hidden()
    expect(word).to_have_accessible_description(re.compile("^The cooperative of banks"))

    word.focus()
    plain.keyboard.press("Enter")
    expect(note).to_be_visible()
    box, size = note.bounding_box(), plain.viewport_size
    assert box is not None
    assert size is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= size["width"]
    plain.keyboard.press("Tab")
    expect(note.get_by_role("link", name="Glossary")).to_be_focused()
    expect(note).to_be_visible()

    plain.keyboard.press("Escape")
    expect(note).to_be_hidden()


def test_a_word_is_explained_by_touch_and_leads_to_the_glossary(plain: Page, address: str) -> None:
    """A touch beside it closes it again."""
    plain.goto(f"{address}/{PAGE}")
    word, note = plain.get_by_role("button", name="SWIFT", exact=True), plain.locator("#term-swift")
    word.tap()
    expect(note).to_be_visible()
    plain.locator("h1").tap()
    expect(note).to_be_hidden()

    word.tap()
    note.get_by_role("link").tap()
    expect(plain.locator("dt#term-swift")).to_be_in_viewport()


@pytest.mark.parametrize("place", LONG)
def test_a_link_into_a_long_register_opens_its_fold(plain: Page, address: str, place: str) -> None:
    """What is folded is found by its address, without a script."""
    plain.goto(f"{address}/en/2026/{place}")

    expect(plain.locator(f'[id="{place.partition("#")[2]}"]')).to_be_in_viewport()


@pytest.mark.parametrize(("place", "section"), [("events/", "2015"), ("sources/", "R")])
def test_a_section_that_is_jumped_to_is_open(
    plain: Page, address: str, place: str, section: str
) -> None:
    """Below its heading, without a script."""
    plain.goto(f"{address}/en/2026/{place}")
    plain.locator("nav.jump").get_by_role("link", name=section, exact=True).click()

    heading = plain.get_by_role("heading", level=2, name=section, exact=False).first
    expect(heading).to_be_in_viewport()
    expect(heading.locator("xpath=following-sibling::details[1]//li").first).to_be_in_viewport()


@pytest.mark.parametrize("place", ["events/", "sources/", "data/"])
def test_a_long_register_is_short_on_a_phone(browser: Browser, address: str, place: str) -> None:
    """No more than twenty screens, with a list to jump by where it has parts."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(f"{address}/en/2026/{place}")

    assert page.evaluate("document.documentElement.scrollHeight") < 20 * 844
    page.close()


@pytest.mark.parametrize("edition", ["2026", "2017"])
def test_every_page_says_where_it_is_and_how_new_its_data_are(
    built_site: Path, edition: str
) -> None:
    """A path from the first page down to its section, and the newest period of its data."""
    folder = built_site / "en" / edition
    pages = [path for path in folder.rglob("index.html") if path.parent.name != "embed"]
    assert len(pages) > 25
    for path in pages:
        text = path.read_text("utf-8")
        assert re.search(r"Newest data:(?:\s|<[^>]*>)*[\w ]*20\d\d", text), path
        trail = re.findall(r'class="?md-path__link"?>\s*<span[^>]*>\s*(.*?)\s*<', text, re.DOTALL)
        if path.parent == folder:
            assert trail == []
        else:
            assert trail[0] == "Home", path
            assert len(trail) == 2, path
