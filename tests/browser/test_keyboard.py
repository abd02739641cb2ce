"""Every page by keyboard alone: each stop is seen and marked, nothing lies on it, nothing holds.

WCAG 2.2: 2.1.1, 2.1.2, 2.4.1, 2.4.3, 2.4.7 and 2.4.11.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.readers import KINDS, Reader, open_reader
from tests.lengths import LONG

FRAME = 70 if LONG else 6
"""How many stops are walked from the top of each kind of page; one page is walked whole."""
CONTENT = 70 if LONG else 18
"""How many are walked from the beginning of what it says."""
WIDTHS, PARTS = (1280, 320), 2
"""How wide a page is, first as it is opened, and in how many parts pages are walked."""
LEAVE = """() => {
  location.hash = ""
  document.activeElement.blur()
  getSelection().removeAllRanges()
  scrollTo(0, 0)
}"""
"""Takes a reader back to the top of a page; where the browser goes on from is there as well."""
LOOK = """() => {
  let stop = document.activeElement
  if (!stop || stop === document.body || stop === document.documentElement) return null
  const name = stop.tagName + "." + stop.className + "#" + stop.id
  if (stop.id === "__drawer") stop = document.querySelector(".md-header label[for=__drawer]")
  else if (stop.matches(".md-option, #__toc")) stop = stop.nextElementSibling
  const style = getComputedStyle(stop)
  const faults = []
  if (!stop.checkVisibility({opacityProperty: true, visibilityProperty: true}))
    faults.push("cannot be seen")
  const width = parseFloat(style.outlineWidth)
  if (style.outlineStyle !== "solid" || width < 2) faults.push("is not marked")
  const parts = [...stop.getClientRects()].map(r => ({
    left: Math.max(r.left, 0), right: Math.min(r.right, innerWidth),
    top: Math.max(r.top, 0), bottom: Math.min(r.bottom, innerHeight),
  })).filter(r => r.right > r.left && r.bottom > r.top)
  const spots = [[0.5, 0.5], [0.1, 0.2], [0.9, 0.8], [0.5, 0.1], [0.5, 0.9]]
  const free = parts.some(r => spots.some(([x, y]) => {
    const top = document.elementFromPoint(
      r.left + (r.right - r.left) * x, r.top + (r.bottom - r.top) * y)
    return top && stop.contains(top)
  }))
  if (!free) faults.push("lies outside or below something")
  return [name, faults]
}"""


def walk(reader: Reader, stops: int) -> tuple[list[str], list[str]]:
    """The stops of so many presses of Tab from where the reader is, and what is wrong with them."""
    names, faults = [], []
    for _ in range(stops):
        reader.page.keyboard.press("Tab")
        seen = reader.page.evaluate(LOOK)
        if seen is None:
            break
        names.append(seen[0])
        faults += [f"{seen[0]} {fault}" for fault in seen[1]]
    return names, faults


@pytest.mark.parametrize("part", range(PARTS))
def test_each_stop_of_each_kind_of_page_is_seen_and_marked(
    browser: Browser, address: str, part: int
) -> None:
    """On a desk and on a phone; the first of them lead past the frame, the last out of the page."""
    reader = open_reader(browser, address, WIDTHS[0])
    found: list[str] = []
    for name in KINDS[part::PARTS]:
        reader.page.set_viewport_size({"width": WIDTHS[0], "height": 900})
        reader.visit(f"en/2026/{name}")
        for width in WIDTHS:
            reader.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{name or 'home'}, {width}: {fault}" for fault in list_faults(reader)]
    reader.close()

    assert found == []


def list_faults(reader: Reader) -> list[str]:
    """What is wrong with the stops of a page; nothing has the focus before, and nothing after."""
    names, faults = walk(reader, FRAME)
    if not any("md-skip" in stop for stop in names[:2]):
        faults.append("no way past the frame")
    reader.page.evaluate("document.querySelector('.md-skip').focus()")
    reader.page.keyboard.press("Enter")
    faults += walk(reader, CONTENT)[1]
    reader.page.evaluate("[...document.querySelectorAll('footer a')].at(-1).focus()")
    reader.page.keyboard.press("Tab")
    after = reader.page.evaluate(LOOK)
    if after and "md-skip" not in after[0] and "__drawer" not in after[0]:
        faults.append(f"held by {after[0]}")
    reader.page.evaluate(LEAVE)
    return faults


def test_a_whole_page_is_walked_without_a_trap(browser: Browser, address: str) -> None:
    """From the top to the bottom of a page with figures, boards and tables."""
    reader = open_reader(browser, address, 1280)
    reader.visit("en/2026/pathways/policy_coordination/")
    names, faults = walk(reader, 1000)
    reader.close()

    assert faults == []
    assert 100 < len(names) < 1000


def test_stops_are_marked_without_scripts(browser: Browser, address: str) -> None:
    """The theme leaves the marking of some to a script."""
    reader = open_reader(browser, address, 1280, java_script_enabled=False)
    reader.page.goto(f"{address}/en/2026/status/scale/")
    reader.page.locator("details.figure__table summary").first.focus()
    reader.page.keyboard.press("Shift+Tab")
    reader.page.keyboard.press("Tab")
    summary = reader.page.locator("details.figure__table summary").first
    expect(summary).to_be_focused()
    expect(summary).to_have_css("outline-style", "solid")
    expect(summary).to_have_css("outline-width", "3px")
    reader.close()


def test_the_link_to_skip_leads_to_the_content(browser: Browser, address: str) -> None:
    """The next stop lies in the article."""
    reader = open_reader(browser, address, 1280)
    reader.visit("en/2026/status/scale/")
    reader.page.keyboard.press("Tab")
    reader.page.keyboard.press("Enter")
    reader.page.keyboard.press("Tab")
    inside = reader.page.evaluate("!!document.activeElement.closest('article')")
    reader.close()

    assert inside


def test_the_menu_of_a_narrow_screen_opens_and_shuts(browser: Browser, address: str) -> None:
    """Its switch is the first stop; the links it shows take focus, those it hides do not."""
    reader = open_reader(browser, address, 320)
    reader.visit("en/2026/status/scale/")
    link = reader.page.locator(".md-nav--primary a[href$='policy_coordination/']")
    expect(link).to_be_hidden()
    reader.page.keyboard.press("Tab")
    switch = reader.page.get_by_role("checkbox", name="Menu")
    expect(switch).to_be_focused()
    reader.page.keyboard.press("Space")
    expect(link).to_be_visible()
    names, faults = walk(reader, 20)
    assert any("md-nav__link" in name for name in names)
    assert faults == []
    switch.focus()
    reader.page.keyboard.press("Space")
    expect(link).to_be_hidden()
    reader.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_search_is_used_by_keyboard(browser: Browser, address: str, width: int) -> None:
    """Typed, gone through with an arrow, followed with Enter, left with Escape."""
    reader = open_reader(browser, address, width)
    page = reader.page
    reader.visit("en/2026/")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.md-search__input')"):
            break
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()  # scripts have seen it
    page.keyboard.press("Escape")
    expect(page.locator(".md-search__input")).not_to_be_focused()
    expect(page.locator("#__search")).not_to_be_checked()
    page.keyboard.press("/")
    expect(page.locator(".md-search__input")).to_be_focused()
    expect(page.locator("#__search")).to_be_checked()
    page.keyboard.type("yuan", delay=20)  # the theme hears keys, not a text that is there at once
    page.locator(".md-search-result__item a").first.wait_for()
    page.keyboard.press("ArrowDown")
    first = page.locator(".md-search-result__item a").first
    expect(first).to_be_focused()
    target = str(first.get_attribute("href")).partition("?")[0].rpartition("/en/2026/")[2]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/en/2026/{target}*")
    reader.close()


def test_colours_are_chosen_with_the_arrow_keys(browser: Browser, address: str) -> None:
    """The system's, light, dark; the choice is marked where it is seen."""
    reader = open_reader(browser, address, 1280)
    reader.visit("en/2026/")
    reader.page.locator(".md-option").first.focus()
    seen = []
    for _ in range(2):
        reader.page.keyboard.press("ArrowRight")
        seen.append(reader.page.locator("body").get_attribute("data-md-color-scheme"))
    assert reader.page.evaluate(LOOK)[1] == []
    reader.close()

    assert seen == ["default", "slate"]
