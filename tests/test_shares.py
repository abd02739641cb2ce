"""Documents that are composed apart are those that are composed together."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from report.pages import Composer
from report.problems import Place
from report.shares import APART, compose_shared, has_share, make_share
from tests.examples import ENGLISH, make_second_view
from tests.test_pages import read_templates


def make_composer(change: Callable[[str], str] = lambda text: text) -> Composer:
    """One for the second report, the words of whose register of data are changed."""
    templates = {
        name: change(text) if name.endswith("/en/data.md") else text
        for name, text in read_templates().items()
    }
    return Composer(make_second_view(), ENGLISH, templates, lambda name, _: Place(name))


def test_shared_documents_are_those_composed_together() -> None:
    """All of them, in the same order, with the same figures and files."""
    together = make_composer()
    whole = together.compose()
    composer, other = make_composer(), make_composer()
    shared = compose_shared(composer, lambda: make_share(other))

    assert not whole.problems
    assert shared == whole
    assert [*shared.markdown] == [*whole.markdown]
    assert [*shared.figures] == [*whole.figures]
    assert set(APART) & set(other.result.markdown)
    assert len(other.result.markdown) < len(whole.markdown) / 2
    assert composer.parts.downloads.files == together.parts.downloads.files


def test_an_edition_without_such_documents_has_no_share() -> None:
    """Nothing is to be had from elsewhere then."""
    assert has_share(make_composer())
    view, registers = make_second_view(), {f"site_src/2026/en/{name}" for name in APART}
    templates = {name: one for name, one in read_templates().items() if name not in registers}
    assert not has_share(Composer(view, ENGLISH, templates, lambda name, _: Place(name)))


def test_nothing_of_a_share_is_composed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was made elsewhere is taken as it is."""
    share = make_share(make_composer())
    composed: list[str] = []
    compose = Composer._compose_document

    def note(composer: Composer, document: str, form: str) -> None:
        composed.append(document)
        compose(composer, document, form)

    monkeypatch.setattr(Composer, "_compose_document", note)
    compose_shared(make_composer(), lambda: share)
    assert not set(APART) & set(composed)


@pytest.mark.parametrize("text", ["{{ nothing }}", "{{ value('no.such') }}", "{{ 1 / 0 }}"])
def test_what_is_wrong_is_told_as_if_all_were_composed_together(text: str) -> None:
    """In the same order, once."""

    def change(words: str) -> str:
        return words.replace("{% block intro %}", f"{{% block intro %}}{text}", 1)

    expected = make_composer(change).compose().problems
    share = make_share(make_composer(change))
    found = compose_shared(make_composer(change), lambda: share).problems

    assert share is None
    assert expected
    assert found == expected


@pytest.mark.parametrize("wrong", ["", "{{ nothing }}"])
def test_values_of_one_page_are_not_told_of_another(wrong: str) -> None:
    """Values that a page has asked for without saying anything, before a page that says too much.

    Whether the first is composed elsewhere, or all have to be composed again.
    """
    asked, said = "{% set x = number('river.trips') %}", "{{ says('less', false) }}"
    changes = {"data.md": wrong + asked, "events.md": said}

    def make() -> Composer:
        templates = dict(read_templates())
        for name, text in changes.items():
            path = f"site_src/2026/en/{name}"
            begun = re.search(r"{% block \w+ %}", templates[path])
            assert begun is not None
            at = begun.end()
            templates[path] = f"{templates[path][:at]}{text}{templates[path][at:]}"
        return Composer(make_second_view(), ENGLISH, templates, lambda name, _: Place(name))

    expected = make().compose().problems
    found = compose_shared(make(), lambda: make_share(make())).problems

    assert any("the words 'less' do not hold: the data say otherwise" in p.what for p in expected)
    assert found == expected


def test_a_figure_that_both_place_is_told_where_it_always_is() -> None:
    """The later place in the order of documents, whoever composes which."""
    name = next(iter(make_composer().compose().figures))

    def change(words: str) -> str:
        said = f"{{% block intro %}}{{{{ figure('{name}') }}}}"
        return words.replace("{% block intro %}", said, 1)

    expected = make_composer(change).compose().problems
    share = make_share(make_composer(change))
    assert share is not None
    assert compose_shared(make_composer(change), lambda: share).problems == expected
    assert [problem.code for problem in expected] == ["E522"]


def test_a_share_keeps_figures_in_the_order_of_documents() -> None:
    """Also where a document composed apart places some."""
    result = make_composer().compose()
    figures = {
        name: replace(figure, document="data.md", number="") if number == 0 else figure
        for number, (name, figure) in enumerate(result.figures.items())
    }
    moved = next(iter(figures))
    share: Any = make_share(make_composer())
    documents = make_composer()
    documents.compose_some(documents.known - {*APART})
    del documents.result.figures[moved]
    taken = replace(share[0], figures={moved: figures[moved]})

    assert documents.result.add_share(taken, sorted(documents.known))
    places = [figure.document for figure in documents.result.figures.values()]
    assert places == sorted(places)
    assert not documents.result.add_share(taken, sorted(documents.known))
    assert not documents.result.add_share(None, sorted(documents.known))
