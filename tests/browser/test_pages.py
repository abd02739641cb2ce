"""What every reader gets: whole pages, quiet, on any screen, from this host alone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

PROJECT = Path(__file__).resolve().parents[2]
AXE = PROJECT / "node_modules" / "axe-core" / "axe.min.js"
KINDS = (
    *("", "pathways/", "pathways/policy_coordination/", "safeguards/risk_control/"),
    *("status/scale/", "events/", "data/", "sources/", "method/", "measures/", "institutions/"),
    *("claims/", "constraints/", "opportunities/", "revisions/", "cite/"),
)
"""One page of every kind, below the edition."""
WIDTHS = (320, 768, 1280)


def _open(
    browser: Browser, address: str, width: int, scheme: str, *, probed: bool = False
) -> tuple[Page, list[str]]:
    """A page at a width and colour scheme, and a list that fills with whatever goes wrong.

    Only a page that is probed by a script of the test may leave the page's own policy aside.
    """
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        bypass_csp=probed,
    )
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))

    def judge(request: Request) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            wrong.append(f"asked {request.url}")

    page.on("request", judge)
    page.on("requestfailed", lambda request: wrong.extend(_say_failure(request)))
    return page, wrong


def _say_failure(request: Request) -> list[str]:
    """What failed; a request that the next page cut off did not."""
    return [] if request.failure == "net::ERR_ABORTED" else [f"failed {request.url}"]


def _list_pages(site: Path) -> list[str]:
    edition = site / "en" / "2026"
    return sorted(
        path.parent.relative_to(edition).as_posix().removeprefix(".") + "/"
        for path in edition.rglob("index.html")
    )


def test_every_page_loads_quietly_and_asks_no_other_host(
    browser: Browser, address: str, built_site: Path
) -> None:
    """No page says an error, fails to load a part, or asks another host; none scrolls sideways."""
    for width in (390, 1280):
        page, wrong = _open(browser, address, width, "light")
        for name in _list_pages(built_site):
            page.goto(f"{address}/en/2026/{name.lstrip('/')}", wait_until="networkidle")
            over = page.evaluate(
                "document.documentElement.scrollWidth - document.documentElement.clientWidth"
            )
            assert over <= 0, f"{name} is {over} pixels too wide at {width}"
            assert wrong == [], f"{name} at {width}: {wrong}"
        page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_each_kind_of_page_passes_axe(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    """WCAG 2.2 AA as far as axe-core can tell, on one page of every kind."""
    page, _ = _open(browser, address, width, scheme, probed=True)
    found: list[str] = []
    for name in KINDS:
        page.goto(f"{address}/en/2026/{name}", wait_until="networkidle")
        page.add_script_tag(path=str(AXE))
        result = page.evaluate(
            """async () => (await axe.run(document, {runOnly: {type: "tag", values:
            ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}})).violations
            .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join("; "))"""
        )
        found += [f"{name or 'home'}: {violation}" for violation in result]
    page.context.close()

    assert found == []


def test_a_phone_sees_the_narrow_drawing_and_a_desktop_the_wide_one(
    browser: Browser, address: str
) -> None:
    """Each figure shows exactly one of its two drawings, the one that suits the screen."""
    for width, seen, hidden in ((390, "narrow", "wide"), (1280, "wide", "narrow")):
        page, _ = _open(browser, address, width, "light")
        page.goto(f"{address}/en/2026/status/scale/")
        plate = page.locator(".figure__plate:not(.figure__plate--first)").first
        assert plate.locator(f"svg.{seen}").is_visible()
        assert not plate.locator(f"svg.{hidden}").is_visible()
        page.context.close()


def test_the_menu_of_a_phone_shows_every_page_at_once(browser: Browser, address: str) -> None:
    """One tap shows pages of all sections, as on a desktop; another the parts of this page."""
    page, _ = _open(browser, address, 390, "light")
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
        page, _ = _open(browser, address, 1280, scheme)
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
    page, wrong = _open(browser, address, 1280, "light")
    page.goto(f"{address}/en/2026/")
    for words, where in (("Quality traceability", "market_integration"), ("Power of Siberia", "")):
        page.locator(".md-search__input").fill(words)
        results = page.locator(".md-search-result__item a")
        results.first.wait_for()
        links = [str(link.get_attribute("href")) for link in results.all()]
        assert any(where in link for link in links), words
    assert wrong == []
    page.context.close()


def test_the_front_door_and_the_lost_page_lead_to_the_report(
    browser: Browser, address: str
) -> None:
    """The root offers the editions, latest holds the newest, and a wrong address says so."""
    page, _ = _open(browser, address, 1280, "light")
    page.goto(f"{address}/")
    page.get_by_role("link", name="2026").first.click()
    page.wait_for_url(f"{address}/en/2026/")
    assert "pathways and safeguards" in page.locator("h1").inner_text().lower()
    page.goto(f"{address}/en/latest/status/scale/")
    assert page.locator("h1").inner_text() == "Scale of trade"
    page.goto(f"{address}/404.html")
    assert "not found" in page.locator("h1").inner_text().lower()
    page.context.close()
