"""What every reader gets: drawings that fit, a menu, a search, and ways in."""

from __future__ import annotations

from playwright.sync_api import Browser

from tests.browser.readers import open_reader


def test_a_phone_sees_the_narrow_drawing_and_a_desktop_the_wide_one(
    browser: Browser, address: str
) -> None:
    """Each figure shows exactly one of its two drawings, the one that suits the screen."""
    for width, seen, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page = open_reader(browser, address, width, "light").page
        page.goto(f"{address}/en/2026/status/scale/")
        plate = page.locator(".figure__plate:not(.figure__plate--first)").first
        assert plate.locator(f"svg.{seen}").is_visible()
        assert not plate.locator(f"svg.{hidden}").is_visible()
        page.context.close()


def test_the_menu_of_a_phone_shows_every_page_at_once(browser: Browser, address: str) -> None:
    """One tap shows pages of all sections, as on a desktop; another the parts of this page."""
    page = open_reader(browser, address, 390).page
    page.goto(f"{address}/en/2026/status/scale/")
    page.locator("label.md-header__button[for=__drawer]").click()

    menu = page.locator(".md-nav--primary")
    for target in ("../../pathways/policy_coordination/", "../../safeguards/risk_control/"):
        assert menu.locator(f'a[href="{target}"]').is_visible()
    part = menu.locator(".md-nav--secondary a").first
    assert not part.is_visible()
    menu.locator("label.md-nav__link[for=__toc]").click()
    assert part.is_visible()
    page.context.close()


def test_figures_and_tables_are_there_without_scripts(browser: Browser, address: str) -> None:
    """With JavaScript off a page still shows drawings, and its tables open."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/2026/status/scale/")

    assert page.locator(".figure__plate:not(.figure__plate--first) svg.wide").first.is_visible()
    page.locator("details.figure__table summary").first.click()
    assert page.locator("details.figure__table table").first.is_visible()
    context.close()


def test_one_drawing_follows_light_and_dark(browser: Browser, address: str) -> None:
    """The same line has another colour in the dark, by the page's variables."""
    colours = set()
    for scheme in ("light", "dark"):
        page = open_reader(browser, address, 1280, scheme).page
        page.goto(f"{address}/en/2026/status/scale/", wait_until="networkidle")
        colours.add(
            page.evaluate(
                """getComputedStyle(document.querySelector(
                "svg.wide [stroke^='var(--fig-1']")).stroke"""
            )
        )
        page.context.close()

    assert len(colours) == 2


def test_search_finds_a_measure_an_event_and_a_series(browser: Browser, address: str) -> None:
    """The search box leads to registers as well as to pages."""
    reader = open_reader(browser, address, 1280, "light")
    page = reader.page
    page.goto(f"{address}/en/2026/")
    for words, where in (("Quality traceability", "market_integration"), ("Power of Siberia", "")):
        page.locator(".md-search__input").fill(words)
        results = page.locator(".md-search-result__item a")
        results.first.wait_for()
        links = [str(link.get_attribute("href")) for link in results.all()]
        assert any(where in link for link in links), words
    assert reader.wrong == []
    page.context.close()


def test_the_front_door_and_the_lost_page_lead_to_the_report(
    browser: Browser, address: str
) -> None:
    """The root offers the editions, latest holds the newest, and a wrong address says so."""
    reader = open_reader(browser, address, 1280, "light")
    page = reader.page
    page.goto(f"{address}/")
    page.get_by_role("link", name="2026").first.click()
    page.wait_for_url(f"{address}/en/2026/")
    assert "pathways and safeguards" in page.locator("h1").inner_text().lower()
    page.goto(f"{address}/en/latest/status/scale/")
    assert page.locator("h1").inner_text() == "Scale of trade"
    page.goto(f"{address}/404.html")
    assert "not found" in page.locator("h1").inner_text().lower()
    page.context.close()
