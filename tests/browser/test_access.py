"""WCAG 2.2 AA as far as a program can tell: axe-core, reflow, spacing, targets, chosen colours.

Pages keep their own policy while they are judged. What axe-core cannot decide is decided here, in a
list with reasons; an entry that decides nothing any more fails.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from report import theme
from tests.browser.readers import EDITIONS, KINDS, Reader, list_pages, open_reader
from tests.conftest import PROJECT
from tests.lengths import LONG
from tests.pages import parse_page

AXE = (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
Scheme = Literal["light", "dark"]
SCHEMES: dict[Scheme, str] = {"light": "default", "dark": "slate"}
"""What the theme calls them."""
NARROW, MIDDLE, WIDE = 320, 768, 1280
SCREENS: list[tuple[Scheme, int]] = (
    [("light", NARROW), ("light", MIDDLE), ("dark", WIDE), ("dark", MIDDLE), ("dark", NARROW)]
    if LONG
    else [("light", NARROW), ("dark", WIDE)]
)
"""On which a page of each kind is judged."""
PARTS = 4
"""In which pages are judged, by workers side by side."""
PLAIN = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(".md-typeset .table-scroll { background: none !important }")
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}"""
"""The shade at the edges of a table lies on the page's paper; without it, axe sees the paper."""
RUN = """async (options) => {
  const result = await axe.run(document, {
    ...options, resultTypes: ["violations", "incomplete"], preload: { assets: ["media"] },
    elementRef: true, selectors: false
  })
  const tell = found => found.flatMap(rule => rule.nodes.map(node => {
    const checks = [...node.any, ...node.all, ...node.none]
    const element = node.element, above = element.parentElement || element
    const near = above.closest("[id]")
    const name = e => e.tagName.toLowerCase() + "." + (e.getAttribute("class") || "").split(" ")[0]
    return [rule.id, checks.map(c => (c.data && c.data.messageKey) || c.id).join(" "),
      element.closest("svg") && !element.matches("svg") ? "in a drawing"
        : name(above) + " > " + name(element) + "#" + element.id,
      "#" + (near && near.id) + " " + node.html.slice(0, 200)]
  }))
  return [tell(result.violations), tell(result.incomplete)]
}"""
"""No rule of these needs the style sheets read once more, and nobody a selector of each element."""

THIN = """most => {
  const names = "aria-describedby aria-labelledby aria-controls popovertarget for".split(" ")
  const needed = new Set(names.flatMap(name => [...document.querySelectorAll(`[${name}]`)]
    .flatMap(e => e.getAttribute(name).split(" "))))
  const telling = /^(class|role|lang|style|type|hidden|colspan|scope|tabindex|fill|stroke|aria-.*)$/
  const free = [...names, "aria-label"]
  const tell = a => telling.test(a.name) && !free.includes(a.name) ? `${a.name}=${a.value}`
    : `${a.name}${a.value ? "" : "="}`
  const speaks = e => [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())
  const shapes = new Map()
  const shape = e => {
    if (!shapes.has(e)) shapes.set(e, [e.tagName, speaks(e), ...[...e.attributes].map(tell).sort(),
      `(${[...new Set([...e.children].map(shape))].sort().join(",")})`].join(" "))
    return shapes.get(e)
  }
  for (const parent of document.querySelectorAll("body *")) {
    const seen = new Map()
    for (const e of [...parent.children]) {
      const count = (seen.get(shape(e)) || 0) + 1
      seen.set(shape(e), count)
      if (count > most && ![e, ...e.querySelectorAll("[id]")].some(one => needed.has(one.id)))
        e.remove()
    }
  }
}"""
"""Leaves a few neighbours of each shape: of a table's rows, a menu's items, a drawing's marks.

A shape is what kinds of elements there are, which attributes, whether these and the element hold
any text, and of what changes a judgement also the value.
"""
STILL = """async () => {
  for (let at = 0; at < 2; at++) await new Promise((done) => requestAnimationFrame(done));
  const moving = document.getAnimations().filter((one) => one.effect?.getTiming().iterations < 99);
  await Promise.allSettled(moving.map((one) => one.finished));
}"""
"""Waits until nothing slides any more, as the menu does when the screen becomes wide: it would lie
over what is judged then."""
MOST = 2
"""How many of them axe-core sees in `make test`; in audits it sees all."""

EXCUSED = {
    ("region", "#__drawer"): "the menu's switch stands before all parts, as a link to skip does",
}
"""Violations of good practice that stay, by rule and place."""
DECIDED = (
    (
        *("color-contrast", "imgNode|bgOverlap|shortTextContent", "in a drawing"),
        "letters of drawings stand on paper or on cells; tests/figures/test_theme.py has both",
    ),
    (
        *("color-contrast", "pseudoContent", "timeline|summary|verdict"),
        "the shape before them lies beside the letters, on the same paper",
    ),
    (
        *("color-contrast", "elmPartiallyObscured", r"md-nav|td|th|tr|table"),
        "what scrolls within its box lies in part below the head that stays; colours are the same",
    ),
    (
        *("form-field-multiple-labels", "multiple-label", "#__drawer"),
        "its labels are pictures for a finger; its name is its own",
    ),
)
"""What axe-core leaves open: rule, check, place (patterns), and why it is no fault."""


def run_axe(page: Page, *, colours_alone: bool = False) -> tuple[list[Any], list[Any]]:
    """Violations, and what was left open, on a page: rule, check, place and address of each.

    Whatever else is to be found out about the page comes before: what repeats is taken out.
    """
    if page.evaluate("() => !window.axe"):
        page.evaluate(PLAIN)
        if not LONG:
            page.evaluate(THIN, MOST)
        page.evaluate(AXE)
    only = (
        {"type": "rule", "values": ["color-contrast"]}
        if colours_alone
        else {"type": "tag", "values": TAGS}
    )
    violations, incomplete = page.evaluate(RUN, {"runOnly": only})
    return violations, incomplete


def list_faults(reader: Reader, *, colours_alone: bool = False) -> tuple[list[str], set[int]]:
    """Faults that no list explains, and the decisions that were needed."""
    violations, incomplete = run_axe(reader.page, colours_alone=colours_alone)
    faults = [
        f"{rule} at {target}"
        for rule, _, place, target in violations
        if not any(rule == name and place.endswith(end) for name, end in EXCUSED)
    ]
    needed = set()
    for rule, check, place, target in incomplete:
        which = find_decision(rule, check, place)
        needed.add(which)
        if which is None:
            faults.append(f"left open: {rule} ({check}) at {place}: {target}")
    return faults, {which for which in needed if which is not None}


def find_decision(rule: str, check: str, place: str) -> int | None:
    """The place in the list of the decision on something left open, or None."""
    for number, (name, checks, places, _) in enumerate(DECIDED):
        if rule == name and re.search(checks, check) and re.search(places, place):
            return number
    return None


OVER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
SPACE = """() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(`:not(svg *) { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
}"""
"""Spacing as WCAG 1.4.12 asks for it. Drawings are pictures."""
CLOSE = "() => { document.adoptedStyleSheets = [...document.adoptedStyleSheets].slice(0, -1) }"
"""Takes that spacing away."""
CUT = """() => [...document.querySelectorAll("article *, .md-footer *")].filter(e => {
  if (e.closest("svg") || !e.checkVisibility() || e.clientHeight < 2) return false
  const style = getComputedStyle(e)
  return /hidden|clip/.test(style.overflowY) && e.scrollHeight > e.clientHeight + 2
}).map(e => e.tagName + "." + e.className)"""


def list_breaks(page: Page) -> list[str]:
    """What breaks on a page 320 pixels wide, which is 1280 at 400 %.

    It may not scroll sideways, neither as it is nor with wider spacing, which cuts nothing off.
    """
    over = page.evaluate(OVER)
    page.evaluate(SPACE)
    spaced, cut = page.evaluate(OVER), page.evaluate(CUT)
    page.evaluate(CLOSE)
    return [
        *([f"{over} pixels too wide"] if over > 0 else []),
        *([f"{spaced} pixels too wide when spaced"] if spaced > 0 else []),
        *(f"{what} is cut off when spaced" for what in cut),
    ]


def show(page: Page, scheme: Scheme, width: int) -> None:
    """Change the screen that a page is on."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    expect(page.locator("body")).to_have_attribute("data-md-color-scheme", SCHEMES[scheme])
    page.evaluate(STILL)


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_is_quiet_and_whole_and_has_no_fault(
    browser: Browser, address: str, built_site: Path, edition: str, part: int
) -> None:
    """No error, no other host, no breach of the policy; nothing breaks; no fault for axe-core.

    In light, opened narrow and judged wide. One page of each kind is judged below. The older
    edition, whose pages have the forms of the newer one's, is judged in audits alone.
    """
    reader = open_reader(browser, address, NARROW)
    found: list[str] = []
    others = [
        name
        for name in list_pages(built_site, edition)
        if LONG or edition != EDITIONS[0] or name.removeprefix(f"en/{edition}/") not in KINDS
    ]
    for name in others[part::PARTS]:
        reader.page.set_viewport_size({"width": NARROW, "height": 900})
        reader.visit(name)
        faults = list_breaks(reader.page)
        if LONG or edition == EDITIONS[0]:
            show(reader.page, "light", WIDE)
            faults += list_faults(reader)[0]
        found += [f"{name}: {fault}" for fault in (*faults, *reader.wrong)]
        reader.wrong.clear()
    reader.close()

    assert len(others) > (25 if LONG or edition != EDITIONS[0] else 10)
    assert found == []


def test_each_kind_of_page_is_quiet_and_whole_and_has_no_fault(
    browser: Browser, address: str
) -> None:
    """Opened wide, and judged narrow in light and wide in the dark; in audits at all widths.

    In the dark colours alone are asked for, but wide in audits. Each decision on what axe-core
    leaves open is still needed: what it can decide by now leaves the list.
    """
    reader = open_reader(browser, address, WIDE)
    found: list[str] = []
    needed: set[int] = set()
    for name in KINDS:
        reader.page.set_viewport_size({"width": WIDE, "height": 900})
        reader.page.emulate_media(color_scheme="light")
        reader.visit(f"en/2026/{name}")
        show(reader.page, "light", NARROW)
        faults = list_breaks(reader.page)
        for scheme, width in SCREENS:
            show(reader.page, scheme, width)
            colours_alone = scheme == "dark" and not (LONG and width == WIDE)
            more, decided = list_faults(reader, colours_alone=colours_alone)
            faults += [f"{scheme}, {width}: {fault}" for fault in more]
            needed |= decided if scheme == "light" else set()
        found += [f"{name or 'home'}: {fault}" for fault in (*faults, *reader.wrong)]
        reader.wrong.clear()
    reader.close()

    assert found == []
    assert needed == set(range(len(DECIDED)))


def test_the_judge_sees_faults(browser: Browser, address: str) -> None:
    """Letters too faint, a picture without words, a small target, and an empty link after many."""
    reader = open_reader(browser, address, NARROW)
    reader.visit("en/2026/method/")
    reader.page.evaluate(
        """() => {
          const place = document.querySelector("article")
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(`.faint { color: #999; background: #fff }
            .small { width: 12px; height: 12px; margin: 0; padding: 0 }`)
          document.adoptedStyleSheets = [sheet]
          place.insertAdjacentHTML("beforeend", `<p class="faint">Letters too faint to read</p>
            <img src="../assets/favicon.svg"><button class="small">x</button><button
            class="small">y</button><ul>${'<li><a href="..">Words</a></li>'.repeat(5)}
            <li><a href=".."></a></li></ul>`)
        }"""
    )
    rules = {rule for rule, *_ in run_axe(reader.page)[0]}
    reader.close()

    assert {"color-contrast", "image-alt", "target-size", "link-name"} <= rules


def test_letters_of_drawings_have_measured_colours(built_site: Path) -> None:
    """Those whose contrast tests/figures/test_theme.py measures, on every page of every edition."""
    measured = {role.name for role in (theme.INK, theme.MUTED, *theme.SERIES)}
    measured |= {step.text.name for step in (*theme.SEQUENTIAL, *theme.DIVERGING)}
    used: set[str] = set()
    for edition in EDITIONS:
        for name in list_pages(built_site, edition):
            used |= find_inks((built_site / name / "index.html").read_bytes())

    assert used
    assert used <= measured


def find_inks(page: bytes) -> set[str]:
    """The roles that letters of drawings take, from themselves or from the group they are in."""
    letters = parse_page(page).xpath("//*[contains(@class, 'figure__plate')]//text[not(*)]")
    assert isinstance(letters, list)
    found = set()
    for text in letters:
        fills, strokes = (
            text.xpath(f"ancestor-or-self::*[@{name}][1]/@{name}") for name in ("fill", "stroke")
        )
        if not fills or fills != strokes:  # else it is the paper kept free around letters
            found.add(fills[-1].removeprefix("var(--fig-").partition(",")[0] if fills else "black")
    return found


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_that_the_system_chooses_leave_drawings_legible(
    browser: Browser, address: str, scheme: str
) -> None:
    """In forced colours a drawing keeps its paper with its ink; a box keeps an edge."""
    reader = open_reader(browser, address, WIDE, scheme, forced_colors="active")
    reader.visit("en/2026/status/scale/")
    paper, ink, edge = reader.page.evaluate(
        """() => {
          const plate = document.querySelector(".figure__plate:has(svg.wide)")
          const text = plate.querySelector("svg.wide text")
          const box = getComputedStyle(document.querySelector(".tile"))
          return [getComputedStyle(plate).backgroundColor, getComputedStyle(text).fill,
            box.borderTopStyle + box.borderTopWidth]
        }"""
    )
    reader.close()

    def weigh(colour: str) -> float:
        return sum(int(part) for part in re.findall(r"\d+", colour)[:3])

    assert abs(weigh(paper) - weigh(ink)) > 250
    assert edge.startswith("solid")


def test_nothing_moves_for_those_who_want_no_motion(browser: Browser, address: str) -> None:
    """No transition and no animation lasts, on the page and in its frame."""
    reader = open_reader(browser, address, WIDE)
    reader.visit("en/2026/")
    lasting = reader.page.evaluate(
        """() => [...document.querySelectorAll("*")].filter(e => {
          const s = getComputedStyle(e)
          return [s.transitionDuration, s.transitionDelay, s.animationDuration]
            .some(t => t.split(",").some(one => parseFloat(one) > 0))
        }).map(e => e.tagName + "." + e.className)"""
    )
    reader.close()

    assert lasting == []
