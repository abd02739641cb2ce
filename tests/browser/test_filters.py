"""Measures and claims are sifted: by keyboard, without scripts, never on paper.

Which measures must be shown is worked out from the CSV files, without the machine; which claims,
from the verdict that each row tells its reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conftest import PROJECT
from tests.report_2026.oracle import read_table

CUT_OFF = "2026-11-24"
STATES = ["in_force", "partial", "announced", "stalled", "no_evidence"]
KINDS = ["events", "institutions", "series", "none"]
MEASURES = read_table(PROJECT / "data/framework/measures.csv")
PAGES = [
    row["id"]
    for kind in ("pathway", "safeguard")
    for row in read_table(PROJECT / "data/framework/pages.csv")
    if row["kind"] == kind
]
"""The pages with measures, in their order."""
EVENTS = {row["id"] for row in read_table(PROJECT / "data/events.csv")}
BODIES = {row["id"] for row in read_table(PROJECT / "data/institutions.csv")}
NEWEST = {
    row["measure"]: row
    for row in sorted(read_table(PROJECT / "data/assessments.csv"), key=lambda row: row["date"])
    if row["date"] <= CUT_OFF
}

SIFT = """([pages, states, kinds]) => {
  const seen = element => element.checkVisibility()
  const found = []
  for (const p of pages) for (const s of states) for (const k of kinds) {
    for (const id of [`page-${p}`, `state-${s}`, `evidence-${k}`])
      document.getElementById("filter-" + id).click()
    const all = selector => [...document.querySelectorAll(selector)].filter(seen)
    found.push([
      all("li[data-state]").map(li => li.id),
      all("h2.measures-group").map(h2 => Number(h2.dataset.place)),
      all(".filter__none").length,
    ])
  }
  return found
}"""
"""Each choice in turn: the measures, the numbers of the pages and the sentences that are seen."""


def name_kinds(measure: str) -> set[str]:
    """The kinds of evidence that a measure's newest state rests on."""
    kinds = {
        "events" if name in EVENTS else "institutions" if name in BODIES else "series"
        for name in NEWEST[measure]["evidence"].split()
    }
    return kinds or {"none"}


def list_fitting(page: str, state: str, kind: str) -> list[str]:
    """Measures that fit a choice, in the order of the page; `all` fits everything."""
    return [
        row["id"]
        for name in PAGES
        for row in MEASURES
        if row["page"] == name
        and page in {"all", name}
        and state in {"all", NEWEST[row["id"]]["status"]}
        and (kind == "all" or kind in name_kinds(row["id"]))
    ]


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The register of measures on a desktop, without scripts."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{address}/en/2026/measures/")
    yield page
    context.close()


def list_seen(page: Page) -> list[str]:
    """Ids of the measures that a reader sees."""
    items = page.locator("li[data-state]").all()
    return [item.get_attribute("id") or "" for item in items if item.is_visible()]


def test_every_combination_shows_what_fits_and_says_when_nothing_does(
    browser: Browser, address: str
) -> None:
    """All pages, states and kinds with each other, nine times six times five."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    tab = context.new_page()
    tab.goto(f"{address}/en/2026/measures/")
    places = ["all", *range(1, len(PAGES) + 1)]
    found = tab.evaluate(SIFT, [places, ["all", *STATES], ["all", *KINDS]])
    context.close()

    chosen = list(product(["all", *PAGES], ["all", *STATES], ["all", *KINDS]))
    empty = 0
    for (one, state, kind), (seen, groups, sentences) in zip(chosen, found, strict=True):
        fitting = list_fitting(one, state, kind)
        owners = {row["page"] for row in MEASURES if row["id"] in fitting} | ({one} - {"all"})
        assert seen == fitting, (one, state, kind)
        assert groups == [place for place, name in enumerate(PAGES, 1) if name in owners]
        assert sentences == (0 if fitting else 1), (one, state, kind)
        empty += not fitting
    assert len(list_fitting("all", "all", "all")) == 111
    assert 0 < empty < len(chosen)


def test_choices_are_made_by_keyboard_alone_and_their_focus_is_seen(page: Page) -> None:
    """Tab goes from group to group, arrows choose within one; the label in focus is outlined."""
    page.locator("#filter-page-all").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert list_seen(page) == list_fitting(PAGES[1], "all", "all")

    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    assert list_seen(page) == list_fitting(PAGES[1], "partial", "all")

    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    assert list_seen(page) == list_fitting(PAGES[1], "partial", "events")
    outlined = page.locator(".filters label").filter(has=page.locator(":focus-visible"))
    assert outlined.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"
    assert outlined.inner_text().startswith("events (")


def test_each_choice_is_named_in_a_named_group_with_its_count(page: Page) -> None:
    """A screen reader hears the group, the choice and how many measures it has."""
    for name in ("Page", "State", "Evidence"):
        group = page.get_by_role("group", name=name, exact=True)
        expect(group.get_by_role("radio", name="all (111)")).to_be_checked()
    states = page.get_by_role("group", name="State", exact=True)
    for state in STATES:
        count = len(list_fitting("all", state, "all"))
        words = state.replace("_", " ").capitalize()
        expect(states.get_by_role("radio", name=f"{words} ({count})")).to_have_count(1)
    kinds = page.get_by_role("group", name="Evidence", exact=True)
    for kind in KINDS:
        count = len(list_fitting("all", "all", kind))
        expect(kinds.get_by_role("radio", name=f"{kind} ({count})")).to_have_count(1)


@pytest.mark.parametrize("target", ["pc-01", "sd-15"])
def test_an_address_shows_its_measure_whatever_was_chosen(page: Page, target: str) -> None:
    """Also one on a page that was not chosen, in a state that was not chosen."""
    page.locator("#filter-page-3").check()
    page.locator("#filter-state-stalled").check()
    expect(page.locator(f"#{target}")).to_be_hidden()

    page.goto(f"{page.url}#{target}")

    expect(page.locator(f"#{target}")).to_be_visible()
    expect(page.locator(f"#{target}")).to_be_in_viewport()
    home = next(row["page"] for row in MEASURES if row["id"] == target)
    assert set(list_seen(page)) == {target, *list_fitting(home, "stalled", "all")}


def test_the_heading_of_a_page_can_be_reached_whatever_was_chosen(page: Page) -> None:
    """Its measures are those that fit, or the sentence that none does."""
    page.locator("#filter-page-1").check()
    page.locator("#filter-state-no_evidence").check()

    page.goto(f"{page.url}#page-risk_control")

    expect(page.locator("#page-risk_control")).to_be_in_viewport()
    own = list_fitting(PAGES[0], "no_evidence", "all")
    assert list_seen(page) == own + list_fitting("risk_control", "no_evidence", "all")


def test_paper_shows_every_measure_and_no_choices(page: Page) -> None:
    """Whatever was chosen on the screen before."""
    page.locator("#filter-page-2").check()
    page.locator("#filter-evidence-none").check()

    page.emulate_media(media="print")

    assert list_seen(page) == list_fitting("all", "all", "all")
    assert not page.locator(".filters").is_visible()
    assert not any(sentence.is_visible() for sentence in page.locator(".filter__none").all())


# Claims are sifted by verdict.

LARGE = 1280


@pytest.fixture
def claims(browser: Browser, address: str) -> Iterator[Page]:
    """The ledger of claims on a desktop, without scripts."""
    context = browser.new_context(
        viewport={"width": LARGE, "height": 900}, java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{address}/en/2026/claims/")
    yield page
    context.close()


def list_told(page: Page, *, seen_only: bool) -> list[tuple[str, str]]:
    """Id and verdict in words of each claim, or of those that a reader sees."""
    rows = page.locator("table.claims tbody tr").all()
    return [
        (row.get_attribute("id") or "", row.locator(".verdict").text_content() or "")
        for row in rows
        if row.is_visible() or not seen_only
    ]


def test_claims_are_sifted_by_verdict_with_the_arrow_keys(claims: Page) -> None:
    """Each choice leaves the claims that tell this verdict, as many as it promises."""
    everything = list_told(claims, seen_only=False)
    assert len(everything) == len(read_table(PROJECT / "data/claims.csv"))
    choices = claims.get_by_role("group", name="Verdict", exact=True).get_by_role("radio")
    assert list_told(claims, seen_only=True) == everything

    claims.locator("#verdict-all").focus()
    for at in range(1, choices.count()):
        claims.keyboard.press("ArrowRight")
        label = claims.locator(".filters label").nth(at)
        words, _, count = " ".join(label.inner_text().split()).rpartition(" (")
        shown = list_told(claims, seen_only=True)
        assert shown == [row for row in everything if row[1].strip() == words]
        assert len(shown) == int(count.rstrip(")")) > 0
        assert label.evaluate("label => getComputedStyle(label).outlineStyle") == "solid"


def test_an_address_shows_its_claim_and_paper_shows_all(claims: Page) -> None:
    """Whatever was chosen."""
    everything = list_told(claims, seen_only=False)
    claims.locator("#verdict-contradicted").check()
    hidden = claims.locator("tr[data-verdict=confirmed]").first
    expect(hidden).to_be_hidden()

    claims.goto(f"{claims.url}#{hidden.get_attribute('id')}")
    expect(hidden).to_be_visible()
    expect(hidden).to_be_in_viewport()
    assert len(list_told(claims, seen_only=True)) < len(everything)

    claims.emulate_media(media="print")
    assert list_told(claims, seen_only=True) == everything


def test_the_verdict_has_the_widest_column(claims: Page) -> None:
    """On a desktop it takes two fifths of the table, which takes the room of the missing list."""
    table = claims.locator("table.claims")
    whole = table.evaluate("table => table.getBoundingClientRect().width")
    widths = table.locator("thead th").evaluate_all(
        "heads => heads.map(head => head.getBoundingClientRect().width)"
    )

    assert widths[-1] == max(widths) == pytest.approx(0.4 * whole, abs=2)
    assert whole > 0.7 * LARGE


@pytest.mark.parametrize("name", ["measures", "claims"])
def test_choices_begin_anew_with_the_page(browser: Browser, address: str, name: str) -> None:
    """A browser that remembers what was filled in is told not to."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/en/2026/{name}/")
    radios = page.locator(".filters input[type=radio]")

    assert radios.count() > 5
    assert page.locator(".filters input[type=radio][autocomplete=off]").count() == radios.count()
    checked = page.locator(".filters input:checked").all()
    assert all((one.get_attribute("id") or "").endswith("-all") for one in checked)
    assert len(checked) == page.locator(".filters fieldset").count()
    context.close()
