"""Documents hold what the data say, in an order, and no text of the data becomes markup."""

from __future__ import annotations

import html.parser
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

import markdown  # type: ignore[import-untyped] # no types are installed for it
import pytest
from pydantic import BaseModel

from report.model import Edition, Report
from report.pages import Composer
from report.problems import Place
from report.reading import read_texts
from report.sheets import Documents
from report.views import make_view
from tests.examples import ENGLISH, PROJECT, SECOND, make_second_report

EXTENSIONS = ["attr_list", "md_in_html", "tables", "def_list", "footnotes", "admonition", "toc"]
FOLDER = "site_src/2026/en/"


@lru_cache
def read_templates() -> dict[str, str]:
    """The project's forms and the second report's words."""
    forms = read_texts(PROJECT, "templates").by_path
    words = read_texts(SECOND, "site_src").by_path
    return {name.removeprefix("templates/"): text for name, text in forms.items()} | words


def compose(report: Report | None = None, changes: Mapping[str, str] | None = None) -> Documents:
    """The documents of the second report, with words replaced by path."""
    report = report or make_second_report()
    templates = read_templates() | {FOLDER + name: text for name, text in (changes or {}).items()}
    view = make_view(report, report.editions[0])

    def locate(figure: str, key: str) -> Place:
        return Place(f"figure {figure} {key}")

    return Composer(view, ENGLISH, templates, locate).compose()


@lru_cache
def compose_once() -> Documents:
    """The documents as they are."""
    return compose()


ITEM_PAGES = {
    f"{name}.md": f'{{% extends "pages/{name}.md.jinja" %}}\n'
    for name in ("constraints", "opportunities")
}
"""Words of the two pages that the second report itself does without."""


def test_items_show_what_bears_on_them_and_measures_lead_back() -> None:
    """Value, period, change, figure, gap and measures on the item; links on page and register."""
    documents = compose(changes=ITEM_PAGES)
    constraints, opportunities = (documents.markdown[name] for name in ITEM_PAGES)
    shown = " ".join(Tree(constraints).text.split())

    assert documents.problems == []
    assert "## Slope {: #c-slope .register-heading }" in constraints
    # 50 / 53 = 0.9434 of the minutes of the year before.
    assert "Riding time on the hill corridor 50 minutes 2025 −5.7% on 2024" in shown
    assert "What is missing: Nobody measures how steep the path is; a survey" in shown
    assert "Measures that answer it: Open a lift m-lift Announced" in shown
    assert '<a href="../corridors/hill-corridor/#m-lift">Open a lift</a>' in constraints
    assert 'data-series="both.trips"' in opportunities
    assert '<a href="../corridors/hill-corridor/#m-shelter">' in opportunities
    for name, start in (("measures.md", "../"), ("corridors/hill-corridor.md", "../../")):
        text = documents.markdown[name]
        assert f'<a href="{start}constraints/#c-slope">Slope</a>' in text
        assert f'<a href="{start}opportunities/#o-tourism">' in text
    assert "## Constraints and opportunities {: #constraints }" in text


def test_an_item_without_measures_or_known_indicators_says_so() -> None:
    """Nothing is passed over in silence."""
    report = make_second_report()
    flood = report.constraints[0].model_copy(
        update={"addressed_by": (), "indicators": ("quality.lit",)}
    )
    rows = tuple(row for row in report.observations if row.series != "quality.lit")
    words = {name: text for name, text in ITEM_PAGES.items() if name == "constraints.md"}
    text = compose(replace(report, constraints=(flood,), observations=rows), words).markdown[
        "constraints.md"
    ]

    assert "No article known by 30 June 2026 proposes one." in text
    assert "Indicators without a value by 30 June 2026: 1" in text
    assert "bearing__value" not in text


def test_every_page_and_kind_has_its_document() -> None:
    """What has words is a document; a kind without words gets the overview of its pages."""
    documents = compose_once()

    assert documents.problems == []
    assert sorted(documents.markdown) == [
        "accessibility.md",
        "cite.md",
        "claims.md",
        "corridors/hill-corridor.md",
        "corridors/index.md",
        "corridors/river-corridor.md",
        "data.md",
        "events.md",
        "glossary.md",
        "index.md",
        "measures.md",
        "method.md",
        "revisions.md",
        "sources.md",
        "standards/index.md",
        "standards/path-quality.md",
    ]


def test_what_showed_a_state_when_it_began_is_named() -> None:
    """Where newer evidence has taken its place: else the day would hang in the air."""
    report = make_second_report()
    (newest,) = (one for one in report.assessments if one.status == "in_force")
    later = newest.model_copy(update={"date": "2024", "evidence": ("e-plan",)})
    for assessments, count in ((report.assessments, 0), ((*report.assessments, later), 1)):
        shown = compose(replace(report, assessments=assessments)).markdown
        page = shown["corridors/river-corridor.md"] + shown["corridors/hill-corridor.md"]

        assert page.count("State first shown by:") == count


def test_the_navigation_shows_kinds_in_order_then_registers() -> None:
    """Pages come by their order, registers only where they have words."""
    assert compose_once().navigation == [
        {"Home": "index.md"},
        {
            "Corridors": [
                "corridors/index.md",
                {"River corridor": "corridors/river-corridor.md"},
                {"Hill corridor": "corridors/hill-corridor.md"},
            ]
        },
        {"Standards": ["standards/index.md", {"Path quality": "standards/path-quality.md"}]},
        {
            "Evidence and method": [
                {"Measures": "measures.md"},
                {"Claims": "claims.md"},
                {"Events": "events.md"},
                {"Data": "data.md"},
                {"Revisions": "revisions.md"},
                {"Sources": "sources.md"},
                {"Method": "method.md"},
                {"Glossary": "glossary.md"},
                {"Cite": "cite.md"},
                {"Accessibility": "accessibility.md"},
            ]
        },
    ]


def test_a_placed_figure_carries_its_words_as_plain_text() -> None:
    """Expressions of title, takeaway and notes are filled in, and nothing is escaped twice."""
    placed = compose_once().figures["river-use"]

    # 540 / 410 = 1.3171, so +31.7%.
    assert placed.title == "Trips grew by +31.7% from 2019 to 2025"
    assert placed.takeaway == (
        "Trips on the river corridor rose from 410.0 thousand trips in 2019 to 540.0 thousand"
        " trips in 2025. The highest value was 540.0 thousand trips in 2025, the lowest 362.0"
        " thousand trips in 2020."
    )
    assert placed.notes.startswith("The counts of 2020 were taken back; the survey's estimate")
    assert (placed.page, placed.document) == ("river-corridor", "corridors/river-corridor.md")


def test_a_document_places_each_figure_once_in_order() -> None:
    """The placeholders are found again by whoever draws."""
    documents = compose_once()
    text = documents.markdown["corridors/river-corridor.md"]

    placed = re.findall(r'<div data-figure="([^"]+)"></div>', text)
    assert placed == [
        "river-use",
        "river-season",
        "river-vintages",
    ]
    for name in documents.figures:
        assert sum(f'data-figure="{name}"' in page for page in documents.markdown.values()) == 1


def test_only_what_was_known_at_the_cut_off_is_told() -> None:
    """The final count of 2025 and the opening of the lift came later."""
    text = "".join(compose_once().markdown.values())

    assert "545" not in text
    assert "Lift opened" not in text
    assert "Bridge opened" in text


def test_a_later_edition_tells_what_it_knows() -> None:
    """The same words over a later cut-off give the later value."""
    report = make_second_report()
    edition = report.editions[0].model_dump() | {"cut_off": "2026-10-01", "released": "2026-10-02"}
    later = replace(report, editions=(Edition.model_validate(edition),))

    text = compose(later).markdown["index.md"]

    assert "545" in text
    assert "540" not in text


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{{ 1 / 0 }}", ["site_src/2026/en/method.md:4:1 E510"]),
        ("{{ report.nothing }}", ["site_src/2026/en/method.md:4:1 E511"]),
        ("{{ nothing }}", ["site_src/2026/en/method.md:4:4 E511"]),
        ("{{ value.__globals__ }}", ["site_src/2026/en/method.md:4:1 E510"]),
        ("{{ kinds.clear() }}", ["site_src/2026/en/method.md:4:1 E510"]),
        ("{{ cycler() }}", ["site_src/2026/en/method.md:4:1 E510"]),
        ('{{ part("nothing") }}', ["site_src/2026/en/method.md:4:1 E510"]),
        ('{{ value("x") }}', ["site_src/2026/en/method.md:4:11 E501"]),
        ('\n\n{{ value("x",\n 2020) }}', ["site_src/2026/en/method.md:6:11 E501"]),
    ],
)
def test_a_fault_of_the_words_stands_at_its_line(words: str, expected: list[str]) -> None:
    """Whatever an expression raises becomes a problem of the words that hold it."""
    source = (
        '{% extends "pages/method.md.jinja" %}\n\n{% block body %}\n' + words + "\n{% endblock %}\n"
    )

    found = compose(changes={"method.md": source}).problems

    assert [f"{problem.place} {problem.code}" for problem in found] == expected


@pytest.mark.parametrize("name", ["", " and {{ term('Highest Court') }}"])
def test_what_a_figure_says_is_bound_to_data_too(name: str) -> None:
    """Title, takeaway and notes hold no bare number and no bare direction."""
    report = make_second_report()
    (first, *others) = report.figures
    (figure, *more) = first.figures
    said = {"en": f"Trips rose by 5% to 7{name}"}
    changed = figure.model_copy(update={"title": said, "notes": said})
    group = replace(first, figures=(changed, *more))

    found = compose(replace(report, figures=(group, *others))).problems

    # "rose" once, "5%" and "7"; at the title and at the notes.
    places = {f"figure {figure.id} title", f"figure {figure.id} notes"}
    assert {str(problem.place).split(":")[0] for problem in found} == places
    assert {problem.what for problem in found} == {
        "the number '5%' stands in the words",
        "the number '7' stands in the words",
        "the words 'rose' are bound to no data",
    }


def test_what_notes_quote_names_its_source_in_words() -> None:
    """A figure's texts hold no links: the producer stands behind what is quoted."""
    report = make_second_report()
    (first, *others) = report.figures
    (figure, *more) = first.figures
    said = {"en": 'Of {{ count("events") }} events {{ quoted("24 km", "plan") }} speaks.'}
    group = replace(first, figures=(figure.model_copy(update={"notes": said}), *more))

    documents = compose(replace(report, figures=(group, *others)))

    assert documents.problems == []
    # Four of the five events were published by the cut-off of 30 June 2026.
    expected = "Of 4 events 24 km (Planning office) speaks."
    assert documents.figures[figure.id].notes == expected


def test_a_broken_form_is_named_at_its_own_place() -> None:
    """Whoever edits a form is told where in the form."""
    templates = read_templates()
    broken = templates | {"pages/method.md.jinja": "a\n{% block %}"}
    view = make_view(make_second_report(), make_second_report().editions[0])

    found = Composer(view, ENGLISH, broken, lambda *_: Place("x")).compose().problems

    assert [f"{p.place} {p.code}" for p in found] == ["templates/pages/method.md.jinja:2:1 E510"]


def test_a_form_that_fails_is_named_at_its_own_line_once() -> None:
    """However many pages fill it; and what fails in words is told of the words."""
    templates = read_templates()
    report = make_second_report()
    name = "pages/topic.md.jinja"
    broken = templates | {name: templates[name] + "{{ 3 / 0 }}\n"}
    last = len(broken[name].splitlines())
    view = make_view(report, report.editions[0])

    found = Composer(view, ENGLISH, broken, lambda *_: Place("x")).compose().problems

    assert {f"{p.place} {p.code}" for p in found} == {f"templates/{name}:{last}:1 E510"}
    assert len({(p.place, p.what) for p in found}) == 1


HOSTILE = (
    "</a><script>alert(1)</script> | *a* _b_ `c` [d](javascript:e) "
    "![f](g) \"h\" 'i' &amp; # {: .j }, and so on"
)
HARMLESS = "Nothing that anybody would mind"
FREE = {"title", "gist", "gap", "summary", "singular", "description", "definition", "name", "remit"}
FREE |= {"producer", "licence", "note", "section", "doubt", "kind", "status", "type", "established"}
"""Fields that hold text of unknown hands."""


def poison(value: Any, text: str) -> Any:
    """The same declaration with every free text replaced."""
    changes: dict[str, Any] = {}
    for name in type(value).model_fields:
        held = getattr(value, name)
        if isinstance(held, tuple) and held and isinstance(held[0], BaseModel):
            changes[name] = tuple(poison(item, text) for item in held)
        elif name in FREE and isinstance(held, Mapping):
            changes[name] = {"en": text} if held else held
        elif name in FREE and isinstance(held, str) and not (name == "kind" and is_page(value)):
            changes[name] = text if held else held
        elif name == "pattern":
            changes[name] = {"en": "{} " + text}
    return value.model_copy(update=changes)


def is_page(value: object) -> bool:
    """A page's kind is a name, an event's is text."""
    return type(value).__name__ == "Page"


def poison_report(text: str) -> Report:
    """The second report with every free text replaced."""
    report = make_second_report()
    lists = ("pages", "questions", "measures", "constraints", "opportunities", "events")
    changes: dict[str, Any] = {
        name: tuple(poison(item, text) for item in getattr(report, name))
        for name in (*lists, "institutions")
    }
    for name in ("sources", "units", "series", "derived"):
        changes[name] = {key: poison(item, text) for key, item in getattr(report, name).items()}
    changes["figures"] = tuple(
        replace(group, tiles=tuple(poison(tile, text) for tile in group.tiles))
        for group in report.figures
    )
    return replace(report, declaration=poison(report.declaration, text), **changes)


class Tree(html.parser.HTMLParser):
    """The elements of a page, each with the names of its attributes."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, tuple[str, ...]]] = []
        self.text = ""
        self.feed(markdown.Markdown(extensions=EXTENSIONS).convert(source))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, tuple(name for name, _ in attrs)))

    def handle_data(self, data: str) -> None:
        """Note text."""
        self.text += data


def test_no_text_of_the_data_becomes_markup() -> None:
    """With hostile text in every field, each page has the same elements as with harmless text."""
    hostile, harmless = (compose(poison_report(text), ITEM_PAGES) for text in (HOSTILE, HARMLESS))

    assert hostile.problems == harmless.problems == []
    assert set(hostile.markdown) == set(harmless.markdown)
    for name, source in hostile.markdown.items():
        bad, good = Tree(source), Tree(harmless.markdown[name])
        assert bad.elements == good.elements, name
        assert "script" not in {tag for tag, _ in bad.elements}
        shown = " ".join(bad.text.split())
        assert shown.count("<script>alert(1)</script>") == good.text.count(HARMLESS), name


def test_hostile_text_is_shown_as_it_is() -> None:
    """A reader sees what was written, so that it can be corrected."""
    tree = Tree(compose(poison_report(HOSTILE)).markdown["events.md"])

    assert re.sub(r"\s+", " ", HOSTILE) in re.sub(r"\s+", " ", tree.text)
