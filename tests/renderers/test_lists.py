"""The theme's list of a kind with many pages, as real renderers put it on a page."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.renderer import Renderer
from report.site import start_render
from tests.pages import parse_page
from tests.renderers.test_others import read_words
from tests.rivers import SETTINGS, THEME, make_source

PAGES = 101
"""With the overview: one more than a list that is shown whole."""


def name_page(number: int) -> str:
    """What a page is called, by its place in the list, where the overview has that of nothing."""
    return f"Plot {number}" if number else "Plots"


def list_kind(page: Path) -> list[str]:
    """The pages of the kind that the menu of a page names."""
    document = parse_page(page.read_bytes())
    (menu,) = document.xpath("//nav[contains(@class, 'md-nav--primary')]")
    links = [link for link in menu.iter("a") if not link.get("href").startswith("#")]
    named = dict.fromkeys(map(read_words, links))  # where one is shown folded, it is there twice
    return [words for words in named if words.startswith("Plot ")]


@pytest.mark.parametrize("name", ["mkdocs", "zensical"])
def test_a_page_of_a_long_list_names_its_neighbours(name: str, tmp_path: Path) -> None:
    """Five to each side, as far as there are any, and the whole of a shorter list."""
    paths = ["plots/index.md", *(f"plots/p{number}.md" for number in range(1, PAGES))]
    few = [f"few/p{number}.md" for number in range(20)]
    documents = {path: f"# {name_page(number)}\n\nWords.\n" for number, path in enumerate(paths)}
    documents |= {path: f"# Plot of few {number}\n" for number, path in enumerate(few)}
    titles = {path: text.splitlines()[0][2:] for path, text in documents.items()}
    kind = [paths[0], *({titles[path]: path} for path in paths[1:])]
    group = [{titles[path]: path} for path in few]
    navigation = [{"Home": "index.md"}, {"Few": group}, {"Plots": kind}]
    documents["index.md"], titles["index.md"] = "# Home\n", "Home"
    source = make_source(documents, navigation=navigation, titles=titles)
    with Renderer(name) as renderer:
        rendered = start_render(renderer, source, SETTINGS, THEME, tmp_path)
        renderer.wait()

    whole = [titles[path] for path in few]
    for at in (1, 3, 50, PAGES - 1):
        near = range(max(1, at - 5), min(PAGES, at + 6))
        listed = list_kind(rendered / f"plots/p{at}" / "index.html")
        assert listed == [*whole, *map(name_page, near)], at
    assert list_kind(rendered / "plots" / "index.html") == whole
    assert list_kind(rendered / "few/p9" / "index.html") == whole
