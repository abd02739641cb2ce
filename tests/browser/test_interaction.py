"""Live charts: late, in place, told by pointer and by keys, and never a must."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.browser.readers import Reader, find_figure, open_reader, wake
from tests.conftest import PROJECT

SCALE = "en/2026/status/scale/"
AXE = (PROJECT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
SHIFTS = """addEventListener("load", () => new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted = (window.shifted || 0) + entry.value
}).observe({type: "layout-shift", buffered: true}))"""
HOSTILE = "<img src=x onerror=window.harmed=1><script>window.harmed=1</script>{{ 7*7 }}"


@pytest.fixture(name="reader")
def _reader(browser: Browser, address: str) -> Iterator[Reader]:
    reader = open_reader(browser, address, 1280)
    yield reader
    reader.close()
    assert reader.wrong == []


def test_nothing_is_loaded_before_a_reader_does_something(reader: Reader) -> None:
    """Then what is near comes alive by itself, within a second, and nothing moves."""
    asked: list[str] = []
    reader.page.context.add_init_script(SHIFTS)
    reader.page.on("request", lambda request: asked.append(request.url))
    reader.visit(SCALE)
    reader.page.wait_for_timeout(600)
    assert not [url for url in asked if "charts-live" in url or url.endswith(".vega.json")]

    before = reader.page.evaluate("document.documentElement.scrollHeight")
    moved = reader.page.evaluate("window.shifted || 0")
    figure = find_figure(reader)
    figure.scroll_into_view_if_needed()
    reader.page.mouse.move(200, 200)
    expect(figure.locator(".chart")).to_be_attached()
    expect(figure.locator(".chart__drawing svg")).to_be_visible()
    assert reader.page.evaluate("document.documentElement.scrollHeight") == before
    assert reader.page.evaluate("window.shifted || 0") == moved


def test_pages_without_figures_have_no_script_of_charts(reader: Reader) -> None:
    """Nor do they load one later."""
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.url))
    for name in ("measures/", "method/", ""):
        reader.visit(f"en/2026/{name}")
        reader.page.mouse.move(50, 50)
        reader.page.mouse.wheel(0, 400)
        assert reader.page.locator("script[src*='charts']").count() == 0
        assert not [url for url in asked if "/charts" in url and url.endswith(".js")]


def test_keys_step_through_values_that_the_table_has(reader: Reader) -> None:
    """What is shown and what is said are the table's cells: 2000 and 2001 of the first line."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    rows = figure.locator("details.figure__table tbody tr")
    heads = figure.locator("details.figure__table thead th")
    name = re.sub(r"\s+", " ", heads.nth(1).text_content() or "")
    tip, said = chart.locator(".chart__tip"), chart.locator(".chart__said")
    for at in range(3):
        reader.page.keyboard.press("ArrowRight")
        cell = rows.nth(at).locator("td").first
        number = (cell.evaluate("cell => cell.firstChild.textContent") or "").strip()
        period = (
            rows.nth(at).locator("th").inner_text() or rows.nth(at).locator("th").text_content()
        )
        expect(tip.locator(".chart__period")).to_have_text(str(period))
        expect(tip.locator(".chart__number")).to_have_text(number)
        unit = tip.locator(".chart__unit").inner_text().strip()
        assert name == f"{tip.locator('.chart__name').inner_text()} {unit}"
        expect(said).to_contain_text(f"{period}, ")
        expect(said).to_contain_text(f" {number} {unit}")
    expect(tip.locator(".chart__source")).to_contain_text("Source: ")
    reader.page.keyboard.press("ArrowDown")
    expect(tip.locator(".chart__name")).not_to_have_text(name.removesuffix(f" {unit}"))
    reader.page.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_a_pointer_tells_the_mark_under_it(reader: Reader) -> None:
    """The ring that a pointer brings lies where the pointer is, on the mark that keys told."""
    reader.visit(SCALE)
    chart = wake(reader, find_figure(reader, "scale-levels"))
    reader.page.keyboard.press("End")
    told = chart.locator(".chart__tip").inner_text()
    box = chart.locator(".chart__ring").bounding_box()
    assert box is not None
    reader.page.keyboard.press("Escape")
    reader.page.mouse.move(box["x"] + box["width"] / 2 + 3, box["y"] + box["height"] / 2)

    expect(chart.locator(".chart__tip")).to_be_visible()
    assert chart.locator(".chart__tip").inner_text() == told
    ends = chart.locator(".chart__drawing .mark-symbol path").evaluate_all(
        """all => all.map(one => one.getBoundingClientRect())
        .map(b => [b.x + b.width / 2, b.y + b.height / 2])"""
    )
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    assert min(abs(x - middle[0]) + abs(y - middle[1]) for x, y in ends) < 1.5


def test_the_chart_is_named_as_its_drawing_is(reader: Reader) -> None:
    """By the takeaway; its parts are hidden from those who cannot see them, but for the status."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    drawing = figure.locator(".figure__plate:not(.figure__plate--first) svg.wide")
    name = drawing.locator("desc").text_content() or ""
    chart = wake(reader, figure)

    expect(chart).to_have_accessible_name(name)
    expect(chart.locator(".chart__drawing")).to_have_attribute("aria-hidden", "true")
    assert chart.evaluate("e => getComputedStyle(e).outlineStyle") != "none"
    assert chart.locator("[role]:not(.chart__drawing *)").count() == 1
    assert chart.locator("[tabindex], a").count() == 0


def test_series_are_chosen_by_key_and_by_their_labels(reader: Reader) -> None:
    """What is not chosen pales; a second press lets go; stepping keeps to what is chosen."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    lines = chart.locator(".mark-line path[stroke*='--fig-1']").first
    figure.locator(".chart-tools summary").focus()
    reader.page.keyboard.press("Enter")
    second = figure.locator(".chart-tools__list button").nth(1)
    name = second.inner_text().strip()
    second.focus()
    reader.page.keyboard.press("Space")
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(lines).to_have_attribute("opacity", "0.12")
    chart.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(chart.locator(".chart__name")).to_have_text(name)
    figure.locator(".chart-tools summary").click()
    figure.get_by_role("button", name="Show all").click()
    expect(lines).to_have_attribute("opacity", "1")
    reader.page.keyboard.press("Escape")

    label = chart.locator(".mark-text text", has_text=name).first
    label.click(force=True)
    reader.page.mouse.move(1, 1)
    expect(second).to_have_attribute("aria-pressed", "true")
    expect(lines).to_have_attribute("opacity", "0.12")


def test_a_long_line_is_looked_at_nearer(reader: Reader) -> None:
    """Plus and minus by key and button; ticks are periods that are shown; zero shows all again."""
    reader.visit("en/2026/status/macro/")
    figure = find_figure(reader, "macro-currency")
    chart = wake(reader, figure)
    years = chart.locator(".mark-text text", has_text=re.compile(r"^20\d\d$"))
    count = years.evaluate_all("all => all.filter(e => e.getAttribute('opacity') !== '0').length")
    assert count > 5
    for _ in range(3):
        reader.page.keyboard.press("+")
    assert (
        years.evaluate_all("all => all.filter(e => e.getAttribute('opacity') !== '0').length") == 0
    )
    assert 3 <= chart.locator(".chart__ticks text").count() <= 5
    figure.get_by_role("button", name="Zoom out").click()
    chart.focus()
    reader.page.keyboard.press("0")
    expect(chart.locator(".chart__ticks text")).to_have_count(0)
    expect(figure.get_by_role("button", name="Whole time")).to_be_disabled()
    reader.page.keyboard.press("Escape")


def test_vintages_are_chosen_as_without_scripts(reader: Reader) -> None:
    """The first published values come alive as well, and the choice shows one of both."""
    reader.visit(SCALE)
    figure = reader.page.locator("figure:has(.vintages)").first
    wake(reader, figure)
    figure.get_by_role("radio", name="as first published").check()
    first = figure.locator(".figure__plate--first .chart")
    expect(first).to_be_visible()
    expect(figure.locator(".figure__plate--revised")).to_be_hidden()
    expect(first).to_have_accessible_name(re.compile("as it was first published"))
    first.focus()
    reader.page.keyboard.press("ArrowRight")
    expect(first.locator(".chart__tip")).to_be_visible()
    figure.get_by_role("radio", name="as revised").check()
    expect(figure.locator(".figure__plate--revised .chart")).to_be_visible()


def test_colours_change_with_the_page(reader: Reader) -> None:
    """Without being drawn anew, when a reader turns from light to dark."""
    reader.visit(SCALE)
    chart = wake(reader, find_figure(reader, "scale-levels"))
    line = chart.locator(".mark-line path[stroke*='--fig-1']").first
    before = line.evaluate("e => getComputedStyle(e).stroke")
    line.evaluate("e => (e.dataset.same = 'yes')")
    reader.page.evaluate("document.body.setAttribute('data-md-color-scheme', 'slate')")

    assert line.evaluate("e => getComputedStyle(e).stroke") != before
    assert line.get_attribute("data-same") == "yes"


def test_a_chart_follows_the_width(reader: Reader) -> None:
    """Turned to a phone's width, the narrow chart stands where the wide one stood."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    expect(chart).to_have_class(re.compile("chart--wide"))
    reader.page.set_viewport_size({"width": 390, "height": 800})
    expect(figure.locator(".chart--narrow")).to_be_visible()
    expect(figure.locator(".chart")).to_have_count(1)
    assert reader.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_paper_shows_the_drawing(reader: Reader) -> None:
    """Not the chart, nor its buttons."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    reader.page.emulate_media(media="print")

    expect(chart).to_be_hidden()
    expect(figure.locator(".chart-tools")).to_be_hidden()
    expect(figure.locator(".figure__plate:not(.figure__plate--first) svg.wide")).to_be_visible()


def test_a_reader_goes_back_to_the_drawing_and_opens_the_table(reader: Reader) -> None:
    """The chart leaves nothing behind; the drawing keeps standing although it is near."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    wake(reader, figure)
    table = figure.locator(".chart-tools").get_by_role("button", name="Table")
    table.click()
    expect(figure.locator("details.figure__table table")).to_be_visible()
    expect(table).to_have_attribute("aria-expanded", "true")
    figure.get_by_role("button", name="Show the drawing").click()

    expect(figure.get_by_role("button", name="Explore this chart")).to_be_focused()
    expect(figure.locator(".chart")).to_have_count(0)
    expect(figure.locator(".figure__plate:not(.figure__plate--first) svg.wide")).to_be_visible()
    reader.page.mouse.wheel(0, 30)
    reader.page.wait_for_timeout(400)
    expect(figure.locator(".chart")).to_have_count(0)


@pytest.mark.parametrize("lost", ["**/charts-live.js", "**/*.vega.json"])
def test_where_a_part_is_lost_the_drawing_stays(browser: Browser, address: str, lost: str) -> None:
    """It is said to who asked, and nothing throws."""
    reader = open_reader(browser, address, 1280)
    thrown: list[str] = []
    reader.page.on("pageerror", lambda error: thrown.append(str(error)))
    reader.page.route(lost, lambda route: route.abort())
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    figure.get_by_role("button", name="Explore this chart").click()

    expect(figure.locator(".chart-tools__said")).to_have_text(re.compile("The drawing stays"))
    expect(figure.locator(".figure__plate:not(.figure__plate--first) svg.wide")).to_be_visible()
    assert thrown == []
    reader.close()


def test_a_broken_chart_leaves_the_drawing(browser: Browser, address: str) -> None:
    """What Vega refuses is as if it had not come."""

    def spoil(route: Route) -> None:
        text = route.fetch().text()
        route.fulfill(body=text.replace('"type":"linear"', '"type":"unheard"'))

    reader = open_reader(browser, address, 1280)
    reader.page.route("**/*.vega.json", spoil)
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    figure.get_by_role("button", name="Explore this chart").click()

    expect(figure.locator(".chart-tools__said")).to_have_text(re.compile("The drawing stays"))
    expect(figure.locator(".chart")).to_have_count(0)
    expect(figure.locator(".figure__plate:not(.figure__plate--first) svg.wide")).to_be_visible()
    reader.close()


def test_without_scripts_there_is_no_button(browser: Browser, address: str) -> None:
    """And no room is kept for one."""
    reader = open_reader(browser, address, 1280, java_script_enabled=False)
    reader.page.goto(f"{address}/{SCALE}")

    expect(find_figure(reader).locator(".chart-tools")).to_be_hidden()
    reader.close()


def test_planted_scripts_are_told_and_do_not_run(reader: Reader) -> None:
    """Where every word of a chart would do harm, each is shown letter by letter."""

    def plant(route: Route) -> None:
        chart = route.fetch().json()
        chart["told"] = [HOSTILE for _ in chart["told"]]
        chart["names"] = [[HOSTILE, colour] for _, colour in chart["names"]]
        for size in ("wide", "narrow"):
            for table in chart["revised"][size]["data"]:
                for row in table["values"]:
                    row.update({name: HOSTILE for name in ("text",) if name in row})
        route.fulfill(json=chart)

    reader.page.route("**/*.vega.json", plant)
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    for key in ("ArrowRight", "ArrowDown", "ArrowRight"):
        reader.page.keyboard.press(key)
    expect(chart.locator(".chart__name")).to_have_text(HOSTILE)
    expect(chart.locator(".chart__drawing text").first).to_have_text(HOSTILE)
    figure.locator(".chart-tools summary").click()
    expect(figure.locator(".chart-tools__list button").nth(1)).to_have_text(HOSTILE)

    assert reader.page.evaluate("window.harmed") is None
    assert chart.locator("img, script").count() == 0


def test_the_policy_holds_while_charts_live(reader: Reader) -> None:
    """Charts of every form on one reader's way break nothing, and put nothing on the window."""
    reader.visit("en/2026/pathways/bri_eaeu_docking/")
    before = reader.page.evaluate("Object.keys(window).length")
    for name in ("docking-central-asia", "docking-members", "docking-mirror"):
        wake(reader, find_figure(reader, name))
        reader.page.keyboard.press("ArrowRight")

    assert reader.page.evaluate("typeof window.VEGA_DEBUG") == "undefined"
    assert reader.page.evaluate("Object.keys(window).length") == before
    policy = reader.page.locator("meta[http-equiv]").first.get_attribute("content") or ""
    assert "unsafe" not in policy


def test_live_charts_pass_axe(reader: Reader) -> None:
    """WCAG 2.2 AA as far as axe-core can tell, with the menu of series open, told of a value."""
    reader.visit(SCALE)
    figure = find_figure(reader, "scale-levels")
    chart = wake(reader, figure)
    figure.locator(".chart-tools summary").click()
    chart.hover()
    reader.page.evaluate(AXE)
    found = reader.page.evaluate(
        """async () => (await axe.run("#plate-scale-levels", {runOnly: {type: "tag", values:
        ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}})).violations
        .map(v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join("; "))"""
    )

    assert found == []


@pytest.mark.parametrize("edition", ["latest", "2017"])
def test_charts_live_in_each_edition(reader: Reader, edition: str) -> None:
    """Also where the newest edition has its second address."""
    reader.visit(f"en/{edition}/status/scale/")
    chart = wake(reader, find_figure(reader))
    reader.page.keyboard.press("ArrowRight")

    expect(chart.locator(".chart__number")).not_to_be_empty()
