"""Live charts look as their drawings do, in every form."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Locator

from tests.browser.conftest import serve_folder
from tests.browser.readers import Reader, find_figure, open_reader, wake
from tests.sharing import build_second_pages

LOOKS = {
    "line": ("status/scale/", "scale-levels"),
    "area": ("status/structure/", "structure-oil-gas"),
    "bars": ("pathways/bri_eaeu_docking/", "docking-central-asia"),
    "multiples": ("pathways/bri_eaeu_docking/", "docking-members"),
    "dot": ("pathways/bri_eaeu_docking/", "docking-mirror"),
    "timeline": ("pathways/bri_eaeu_docking/", "docking-steps"),
    "heatmap": ("pathways/policy_coordination/", "policy-meetings"),
    "fan": ("revisions/", "revisions-growth"),
}
"""A figure of each form but one, with its page; the second report has that of two axes."""
DIFFERENT = 0.01
"""Share of the pixels that may differ by more than a shade: letters lie up to half a pixel off."""
SHADE = 48


def picture(plate: Locator) -> Image.Image:
    """What a reader sees of a plate."""
    plate.evaluate("() => document.activeElement.blur()")
    return Image.open(io.BytesIO(plate.screenshot(animations="disabled"))).convert("RGB")


def compare(reader: Reader, figure: Locator) -> float:
    """The share of pixels in which a live chart and its drawing differ."""
    wake(reader, figure)
    plate = figure.locator(".figure__plate--live")
    live = picture(plate)
    figure.get_by_role("button", name="Show the drawing").click()
    plate = figure.locator(".figure__plate:not(.figure__plate--first)")
    drawn = picture(plate)
    assert live.size == drawn.size
    assert drawn.getcolors(8) is None, "nothing is drawn"
    counts = ImageChops.difference(live, drawn).convert("L").histogram()
    return sum(counts[SHADE:]) / (live.size[0] * live.size[1])


@pytest.fixture(name="second_address", scope="module")
def _second_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the second report's pages are served."""
    with serve_folder(build_second_pages(tmp_path_factory)) as served:
        yield served


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_a_live_chart_looks_like_its_drawing(
    browser: Browser, address: str, width: int, scheme: str
) -> None:
    """One figure of each form, on a desk by day and on a phone by night."""
    reader = open_reader(browser, address, width, scheme)
    differing = {}
    for form, (place, name) in LOOKS.items():
        reader.visit(f"en/2026/{place}")
        differing[form] = compare(reader, find_figure(reader, name))
    reader.close()

    assert {form: share for form, share in differing.items() if share > DIFFERENT} == {}
    assert reader.wrong == []


def test_charts_of_two_axes_look_like_their_drawing_and_tell_both_numbers(
    browser: Browser, second_address: str
) -> None:
    """A point tells the period and, each with its name and unit, what stands on either axis."""
    reader = open_reader(browser, second_address, 1280)
    reader.visit("en/2026/standards/path-quality/")
    figure = find_figure(reader, "quality-safety")

    assert compare(reader, figure) <= DIFFERENT
    chart = wake(reader, figure)
    reader.page.keyboard.press("ArrowRight")
    assert chart.locator(".chart__number").count() == 2
    row = figure.locator("details.figure__table tbody tr").first
    numbers = row.locator("td").evaluate_all("all => all.map(e => e.firstChild.textContent.trim())")
    told = chart.locator(".chart__number").all_inner_texts()
    assert set(told) <= set(numbers)
    assert reader.wrong == []
    reader.close()
