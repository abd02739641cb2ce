"""A figure is taken by its menu: by keyboard, without a script, into pandas, into other pages."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, Route

from tests.browser.readers import open_reader
from tests.browser.test_access import list_faults

PAGE = "status/scale/"
FIGURE = "scale-levels"


def test_the_menu_opens_by_keyboard_and_without_a_script(browser: Browser, address: str) -> None:
    """Enter opens it; the next stop is its first link; all codes can be read and reached."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/2026/{PAGE}")
    menu = page.locator(f"#plate-{FIGURE} details.take")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.locator("a:focus").inner_text() == "PNG"
    assert menu.locator(".take__files a").all_inner_texts() == ["PNG", "SVG", "CSV", "JSON", "ZIP"]
    assert [code.is_visible() for code in menu.locator("pre.take__code").all()] == [True] * 3
    assert menu.locator(".take__citation").is_visible()
    context.close()


def test_paper_shows_no_menu(browser: Browser, address: str) -> None:
    """Nothing of it can be used there."""
    page = open_reader(browser, address, 1280).page
    page.goto(f"{address}/en/2026/{PAGE}")
    menu = page.locator(f"#plate-{FIGURE} details.take")
    assert menu.is_visible()
    page.emulate_media(media="print")
    assert not menu.is_visible()
    page.context.close()


@pytest.mark.parametrize("edition", ["2026", "latest"])
def test_the_line_for_pandas_loads_the_values(browser: Browser, address: str, edition: str) -> None:
    """As it is printed, but for the host: the values of the line, as numbers."""
    page = open_reader(browser, address, 1280).page
    page.goto(f"{address}/en/{edition}/{PAGE}")
    menu = page.locator(f"#plate-{FIGURE} details.take")
    line = menu.locator("pre.take__code").nth(1).text_content() or ""
    link = menu.locator(".take__files a", has_text="CSV").evaluate("link => link.href")
    page.context.close()
    found = re.fullmatch(r'import pandas as pd; data = pd.read_csv\("(https://.*)"\)', line)

    assert found is not None
    local = address + found[1][found[1].index("/en/2026/") :]
    assert link == local
    names: dict[str, pd.DataFrame] = {}
    exec(line.replace(found[1], local), names)  # noqa: S102 - what a reader would do
    assert names["data"]["value"].dtype == "float64"
    assert names["data"]["value"].notna().sum() > 50


def _answer(page: Page, body: str) -> None:
    """Let a made-up page of the same host have this body."""

    def answer(route: Route) -> None:
        route.fulfill(body=body, content_type="text/html")

    page.route("**/other-page", answer)


LOADED = """() => new Promise(done => document.readyState === "complete" ? done(true)
  : addEventListener("load", () => done(true)))"""
"""The page that shows another one does not wait for it, and its styles come after its words."""


def test_the_code_shows_the_figure_in_another_page(browser: Browser, address: str) -> None:
    """One drawing for the width, in the colours of the reader, from this host alone."""
    colours = set()
    for width, scheme, seen in ((390, "light", "narrow"), (1280, "dark", "wide")):
        reader = open_reader(browser, address, width, scheme)
        page = reader.page
        reader.visit(f"en/2026/{PAGE}")
        code = page.locator(f"#plate-{FIGURE} details.take pre.take__code").nth(2).text_content()
        assert code is not None
        other = re.sub(r"https://[^\"]*(?=/en/2026/)", address, code, count=1)
        body = f'<!doctype html><title>Other page</title><link rel="icon" href="data:,">{other}'
        _answer(page, body)
        page.goto(f"{address}/other-page")
        frame = page.frame_locator("iframe")
        frame.locator(f"svg.{seen}").wait_for(state="attached")
        frame.locator("html").evaluate(LOADED)
        assert frame.locator(f"svg.{seen}").is_visible()

        assert page.locator("iframe").get_attribute("title") == frame.locator("h1").inner_text()
        assert frame.locator("svg:visible").count() == 1
        assert frame.locator("script").count() == 0
        back = frame.locator("a").evaluate("link => link.href")
        assert back == f"{address}/en/2026/{PAGE}#figure-{FIGURE}"
        colours.add(
            frame.locator("body").evaluate("body => getComputedStyle(body).backgroundColor")
        )
        assert reader.wrong == []
        reader.close()

    assert colours == {"rgb(255, 255, 255)", "rgb(20, 24, 31)"}


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("name", [FIGURE, "policy-agreements", "risk-dashboard"])
def test_the_page_to_embed_is_fit_for_all(
    browser: Browser, address: str, name: str, width: int, scheme: str
) -> None:
    """Nothing reaches over the edge, nothing is wrong, and axe-core finds no fault."""
    reader = open_reader(browser, address, width, scheme)
    reader.page.goto(f"{address}/en/2026/figures/{name}/embed/")
    faults, _ = list_faults(reader)

    assert reader.page.evaluate("document.documentElement.scrollWidth") <= width
    assert faults == []
    assert reader.wrong == []
    reader.close()
