"""What readers ask is answered among the first results, by any name and in other scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Request

INDEX = "search/search_index.json"
FIRST = """wanted => [...document.querySelectorAll(".md-search-result__item")].slice(0, 3)
  .flatMap(item => [...item.querySelectorAll("a")].filter(link => !link.closest("details")))
  .some(link => wanted.some(end => link.href.replace(/[?]h=[^#]*/, "").endsWith(end)))"""
"""Whether one of these addresses is seen in the first three results without unfolding any."""
QUESTIONS = [
    ("yuan settlement share", ("safeguards/innovative_models/#figure-innov-settlement",)),
    ("settlement share", ("safeguards/innovative_models/#figure-innov-settlement",)),
    ("RMB", ("glossary/#term-yuan", "safeguards/innovative_models/#figure-innov-yuan-payments")),
    (
        "renminbi",
        ("glossary/#term-yuan", "safeguards/innovative_models/#figure-innov-yuan-payments"),
    ),
    ("人民币", ("glossary/#term-yuan", "safeguards/innovative_models/#figure-innov-exchange")),
    ("рубль", ("glossary/#term-rouble", "safeguards/risk_control/#figure-risk-rouble-volatility")),
    ("ruble volatility", ("safeguards/risk_control/#figure-risk-rouble-volatility",)),
    ("Power of Siberia", ("glossary/#term-power-of-siberia", "events/#ev0194")),
    ("Сила Сибири", ("glossary/#term-power-of-siberia", "events/#ev0194")),
    (
        "Amur bridge",
        ("glossary/#term-amur-bridge", "pathways/stable_mechanism/#figure-stable-bridges"),
    ),
    ("黑河", ("glossary/#term-amur-bridge", "pathways/stable_mechanism/#figure-stable-bridges")),
    ("SWIFT", ("glossary/#term-swift", "safeguards/innovative_models/#figure-innov-exchange")),
    ("CIPS", ("glossary/#term-cips", "safeguards/innovative_models/#figure-innov-exchange")),
    ("Herfindahl", ("glossary/#term-herfindahl",)),
    ("HHI", ("glossary/#term-herfindahl",)),
    (
        "intra-industry trade",
        ("glossary/#term-grubel-lloyd", "pathways/industrial_integration/#figure-industry-within"),
    ),
    (
        "trade intensity",
        ("pathways/market_integration/#figure-market-intensity", "glossary/#term-trade-intensity"),
    ),
    (
        "mirror statistics",
        ("pathways/market_integration/#figure-market-mirror", "glossary/#term-mirror-gap"),
    ),
    ("EAEU tariff", ("pathways/market_integration/#figure-market-tariffs",)),
    (
        "Eurasian Economic Union members",
        ("pathways/bri_eaeu_docking/#figure-docking-members", "glossary/#term-eaeu"),
    ),
    ("一带一路", ("glossary/#term-belt-and-road", "pathways/bri_eaeu_docking/")),
    (
        "Northern Sea Route",
        ("status/borders/#figure-borders-sea-route", "glossary/#term-northern-sea-route"),
    ),
    (
        "Севморпуть",
        ("status/borders/#figure-borders-sea-route", "glossary/#term-northern-sea-route"),
    ),
    ("Manzhouli", ("status/borders/#figure-borders-posts", "glossary/#term-manzhouli")),
    (
        "car exports",
        ("pathways/industrial_integration/#figure-industry-cars", "glossary/#term-cars"),
    ),
    ("soya", ("pathways/industrial_integration/#figure-industry-farm", "glossary/#term-soybeans")),
    ("大豆", ("pathways/industrial_integration/#figure-industry-farm", "glossary/#term-soybeans")),
    (
        "crude oil price",
        (
            "pathways/industrial_integration/#figure-industry-crude-price",
            "safeguards/risk_control/#figure-risk-oil",
        ),
    ),
    ("key rate", ("status/macro/#figure-macro-rates", "glossary/#term-policy-rate")),
    ("trade fell 2025", ("status/scale/#figure-scale-levels", "status/scale/#figure-scale-growth")),
    ("Chinese students in Russia", ("pathways/stable_mechanism/#figure-stable-students",)),
    ("z-12", ("claims/#claim-z-12",)),
    ("claim w-03", ("claims/#claim-w-03",)),
    ("ev0194", ("events/#ev0194",)),
    ("mi-17", ("pathways/market_integration/#mi-17",)),
    ("services dispute settlement", ("pathways/market_integration/#mi-17",)),
    ("Blagoveshchensk-Heihe road bridge opens", ("events/#ev0231",)),
    ("commission prime ministers", ("institutions/#inst002",)),
    (
        "carbon dioxide",
        (
            "safeguards/sustainable_development/#figure-sustainable-emissions",
            "safeguards/sustainable_development/#figure-sustainable-carbon-traded",
            "glossary/#term-green-economy",
        ),
    ),
    ("FDI stock", ("status/investment/#figure-invest-stock", "glossary/#term-flow-and-stock")),
    ("Figure 6.1", ("safeguards/innovative_models/#figure-innov-settlement",)),
    ("how is progress judged", ("method/#progress",)),
    ("BOFIT", ("sources/#letter-b",)),
    ("cite", ("cite/",)),
]
"""Words that a reader may type, and the places of which one must come first."""


@pytest.fixture(scope="module", name="page")
def open_page(browser: Browser, address: str) -> Iterator[Page]:
    """The first page of the newest edition, its search open."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{address}/en/2026/")
    with page.expect_response(f"**/{INDEX}"):
        page.locator(".md-search__input").focus()
    yield page
    page.close()


def ask(page: Page, words: str) -> None:
    """Type words into the search."""
    box = page.locator(".md-search__input")
    box.fill(words)
    box.dispatch_event("keyup")  # for keys that are on no Latin keyboard as well


@pytest.mark.parametrize(("words", "wanted"), QUESTIONS)
def test_a_question_is_answered_among_the_first_three(
    page: Page, words: str, wanted: tuple[str, ...]
) -> None:
    """By the page or the very place on it."""
    ask(page, words)

    ends = [f"/en/2026/{end}" for end in wanted]
    page.wait_for_function(FIRST, arg=ends, timeout=4000)


def test_a_result_leads_to_the_place(page: Page, browser: Browser) -> None:
    """The figure itself, in sight, at an address that can be cited as it is."""
    ask(page, "yuan settlement share")
    place = "safeguards/innovative_models/"
    link = page.locator(f'.md-search-result a[href*="{place}"][href*="#figure-"]').first
    link.wait_for()
    found = str(link.get_attribute("href"))
    assert "?" not in found
    target = browser.new_page()
    target.goto(found)
    heading = target.locator("#figure-innov-settlement")

    assert heading.is_visible()
    assert (
        0 <= target.evaluate("e => e.getBoundingClientRect().top", heading.element_handle()) < 400
    )
    target.close()


def test_the_index_is_fetched_when_a_reader_searches(browser: Browser, address: str) -> None:
    """A first visit does not pay for it."""
    page = browser.new_page()
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    page.on("request", note)
    page.goto(f"{address}/en/2026/", wait_until="networkidle")
    assert asked
    assert not any(INDEX in url for url in asked)

    with page.expect_response(f"**/{INDEX}"):
        page.keyboard.press("/")
    page.close()


@pytest.mark.parametrize("edition", ["2026", "2017"])
def test_every_address_of_the_index_is_a_place_on_a_page(built_site: Path, edition: str) -> None:
    """No result leads nowhere, and none to a part of a drawing."""
    folder = built_site / "en" / edition
    entries = json.loads((folder / INDEX).read_text("utf-8"))["docs"]
    places: dict[str, set[str]] = {}
    for entry in entries:
        page, _, anchor = entry["location"].partition("#")
        if page not in places:
            text = (folder / page / "index.html").read_text("utf-8")
            places[page] = set(re.findall(r' id="?([^"\s>]+)', text))
        assert not anchor or anchor in places[page], entry["location"]


def test_the_index_stays_small(built_site: Path) -> None:
    """It is fetched as a whole: what an edition adds must be worth its weight."""
    assert (built_site / "en" / "2026" / INDEX).stat().st_size < 600_000
