"""Pages of the armed report have the elements of its twin's, show its text, and run none of it.

Trees are those that a browser makes. In drawings lines break by the width of letters, so of these
only the kinds of elements are compared.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from report.text import find_faults
from tests.browser.readers import Reader, find_figure, open_reader, wake
from tests.hostile.arsenal import ACTIVE, HARM
from tests.hostile.building import EDITION, list_pairs
from tests.hostile.conftest import Pair

READ_TREE = """html => {
  const tree = new DOMParser().parseFromString(html, "text/html");
  const name = node => node.localName + " " + [...node.attributes].map(a => a.name).sort().join();
  const within = [...tree.querySelectorAll("svg, svg *")];
  return {
    elements: [...tree.querySelectorAll("*")].filter(n => !n.closest("svg")).map(name),
    drawn: [...new Set(within.map(name))].sort(),
    scripts: [...tree.scripts].map(s => [s.type, s.text]),
    attributes: [...tree.querySelectorAll("*")].flatMap(n => [...n.attributes].map(a => a.value)),
    names: [...tree.querySelectorAll("svg > title, svg > desc")].map(n => n.textContent),
    words: (tree.querySelectorAll("script, svg, pre").forEach(n => n.remove()),
      tree.body.textContent),
  };
}"""
KINDS = (
    *("", "corridors/", "corridors/river-corridor/", "standards/path-quality/", "events/"),
    *("data/", "sources/", "method/", "measures/", "institutions/", "claims/", "constraints/"),
    *("opportunities/", "revisions/", "glossary/", "cite/", "accessibility/"),
    *("figures/quality-panels/embed/", "figures/hill-events/embed/"),
)
"""One page of every kind, below the edition."""
PATIENCE = 30_000
"""Milliseconds until the search has its index, on a machine that does much else."""
SORTED = {"sources/index.html"}
"""Pages whose entries stand in the order of their first letters, which differ."""


@pytest.fixture(scope="module")
def blank(browser: Browser) -> Iterator[Page]:
    """A page with nothing on it."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def trees(pair: Pair, blank: Page) -> dict[str, tuple[dict[str, Any], dict[str, Any]]]:
    """What a browser makes of each page: of the armed one and of its twin."""
    names = [name for name in pair.list_files() if name.endswith(".html")]
    return {
        name: (
            blank.evaluate(READ_TREE, pair.read_armed(name).decode()),
            blank.evaluate(READ_TREE, pair.read_harmless(name).decode()),
        )
        for name in names
    }


def read_shape(value: Any) -> Any:
    """The shape of data: keys in order, and kinds of values."""
    if isinstance(value, dict):
        return [[key, read_shape(part)] for key, part in value.items()]
    return [read_shape(part) for part in value] if isinstance(value, list) else type(value).__name__


def list_words(value: Any) -> Iterator[str]:
    """The texts of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from list_words(part)


def list_shown(tree: dict[str, Any]) -> Iterator[str]:
    """All words of a page: those that are seen, those of attributes, and those of its data."""
    yield from (tree["words"], *tree["attributes"], *tree["names"])
    for kind, text in tree["scripts"]:
        if "json" in kind:
            yield from list_words(json.loads(text))


def test_each_page_has_the_elements_of_its_twin(
    trees: dict[str, tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """In the same order, each with the same attributes."""
    assert len(trees) > 30
    for name, (armed, harmless) in trees.items():
        if name in SORTED:
            assert Counter(armed["elements"]) == Counter(harmless["elements"]), name
        else:
            assert armed["elements"] == harmless["elements"], name
        assert armed["drawn"] == harmless["drawn"], name


def test_scripts_are_the_machine_s_and_hold_data(
    trees: dict[str, tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """A script is the same in both, or data of the same shape."""
    for name, (armed, harmless) in trees.items():
        for (kind, text), (_, twin) in zip(armed["scripts"], harmless["scripts"], strict=True):
            if "json" in kind:
                assert read_shape(json.loads(text)) == read_shape(json.loads(twin)), name
            else:
                assert HARM not in text, name


def test_text_is_shown_whole_and_as_often(
    trees: dict[str, tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    """Wherever the twin's text stands as a whole, the armed one does, as it was written.

    What is to be copied into a program is written for that program, and left out here.
    """
    shown = [
        "\n".join(" ".join(w.split()) for tree in trees.values() for w in list_shown(tree[side]))
        for side in (0, 1)
    ]
    pairs = list_pairs()
    lost = [armed for armed, twin in pairs if shown[0].count(armed) < shown[1].count(twin)]

    assert lost == []
    assert sum(twin in shown[1] for _, twin in pairs) > 150


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[Reader]:
    """A reader of the armed site."""
    opened = open_reader(browser, address, 1280)
    yield opened
    opened.close()


def find_harm(reader: Reader) -> list[Any]:
    """What came of the data's code: whether it ran, what it planted, and what was said."""
    planted = reader.page.evaluate(
        "[...document.querySelectorAll('[onerror],[onload],[onclick],[onfocus],[autofocus],.harm,"
        "a[href^=javascript],img[src=x]')].map(n => n.outerHTML.slice(0, 200))"
    )
    return [reader.page.evaluate("window.harmed === undefined") or "ran", *planted, *reader.wrong]


def test_nothing_of_the_data_runs_on_any_kind_of_page(reader: Reader) -> None:
    """Nor is anything tried that the page's policy would have to stop."""
    reader.page.on("dialog", lambda dialog: reader.wrong.append(dialog.message))
    for name in KINDS:
        reader.page.goto(f"{reader.address}/en/{EDITION}/{name}", wait_until="load")
        reader.page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")

        assert find_harm(reader) == [True], name


def test_nothing_runs_in_a_chart(reader: Reader) -> None:
    """A chart that a reader has asked for, with its names and what it tells of each mark."""
    for name, document in (
        ("hill-use", "corridors/hill-corridor/"),
        ("hill-events", "corridors/hill-corridor/"),
        ("quality-pairs", "standards/path-quality/"),
    ):
        reader.visit(f"en/{EDITION}/{document}")
        chart = wake(reader, find_figure(reader, name))
        for key in ("ArrowRight", "ArrowRight", "ArrowDown"):
            reader.page.keyboard.press(key)
        expect(chart.locator(".chart__drawing svg")).to_be_visible()

        assert find_harm(reader) == [True], name


def test_nothing_runs_in_the_search(reader: Reader) -> None:
    """Results show titles, texts and tags of the data."""
    reader.visit(f"en/{EDITION}/")
    box = reader.page.locator(".md-search__input")
    with reader.page.expect_response("**/search/search_index.json"):
        box.focus()
    for words in ("bridge", "corridor", "harm"):
        box.fill(words)
        box.dispatch_event("keyup")
        expect(reader.page.locator(".md-search-result__item").first).to_be_visible(timeout=PATIENCE)

        assert find_harm(reader) == [True], words


@pytest.mark.parametrize("piece", ACTIVE)
def test_only_the_reader_stands_before_the_menu_of_editions(piece: str) -> None:
    """The theme's script puts their titles into the page as HTML: no piece may come so far."""
    assert list(find_faults(f"Edition {piece}"))
