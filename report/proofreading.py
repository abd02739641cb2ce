"""Words judged as far as that needs no facts: their syntax, bare numbers, unbound directions.

Pure. Knows which templates are words, and in which language. What expressions in them give is
known only once they are rendered, and is for `report.pages` to judge.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from jinja2 import Environment
from jinja2.exceptions import TemplateSyntaxError

from report.checks.bindings import check_bindings
from report.checks.catalogues import check_catalogue
from report.checks.prose import check_prose, list_unit_words
from report.environment import find_once, find_template_problems, make_environment
from report.facts import Facts
from report.misprints import explain_misprint
from report.problems import Place, Problem, suggest
from report.remembering import Memory

_CATALOGUE = re.compile(r"locale/([a-z]{2})\.po")
_WORDS = re.compile(r"(site_src/[^/]+/([a-z]{2})/).+\.md")


def check_text(
    environment: Environment, name: str, source: str, language: str, units: Collection[str] = ()
) -> Iterator[Problem]:
    """What one text says without the data, or seems to bind to them and does not."""

    def find() -> Iterator[Problem]:
        yield from check_prose(environment, name, source, language, units)
        yield from check_bindings(environment, name, source, language)

    yield from find_once(environment, find, "words", source, language, *sorted(units))


def check_words(
    environment: Environment, templates: Mapping[str, str], folder: str, units: Collection[str] = ()
) -> Iterator[Problem]:
    """What the prose of one edition in one language says without the data.

    `units` are words beside which a number is no year, such as those of the report's units.
    """
    for name, text in sorted(templates.items()):
        found = _WORDS.fullmatch(name)
        if found is not None and found[1] == folder:
            yield from check_text(environment, name, text, found[2], units)


def check_forms(templates: Mapping[str, str], memory: Memory | None = None) -> Iterator[Problem]:
    """Forms and catalogues that cannot be read, whether or not any words use them."""
    environment = make_environment(templates, memory)
    forms = [part for form in sorted(templates.items()) if _is_form(form[0]) for part in form]
    yield from find_once(
        environment,
        lambda: _check_forms(environment, templates),
        "forms",
        *sorted(templates),
        *forms,
    )


def _is_form(name: str) -> bool:
    return name.endswith(".jinja") or _CATALOGUE.fullmatch(name) is not None


def _check_forms(environment: Environment, templates: Mapping[str, str]) -> Iterator[Problem]:
    for name, text in sorted(templates.items()):
        if name.endswith(".jinja"):
            for problem in find_template_problems(environment, name, text, ()):
                if problem.code != "E511":  # which names exist hangs on who uses the form
                    yield replace(problem, place=replace(problem.place, file=f"templates/{name}"))
        elif found := _CATALOGUE.fullmatch(name):
            yield from check_catalogue(f"templates/{name}", text, found[1])


def check_theme(texts: Mapping[str, str]) -> Iterator[Problem]:
    """Forms of the renderer's theme, by path, that it could not read."""
    environment = Environment(autoescape=True)
    for path, text in sorted(texts.items()):
        try:
            environment.parse(text)
        except TemplateSyntaxError as error:
            yield explain_misprint(environment, path, text, error)


def check_captions_alone(facts: Facts) -> Iterator[Problem]:
    """All that can be said of the texts of figures where the facts cannot be used."""
    environment = make_environment({})
    units = list_unit_words(entry.value for entry in facts.units)
    for _, entry in facts.figures:
        for key in ("title", "takeaway", "notes"):
            for language, text in getattr(entry.value, key).items():
                found = list(check_text(environment, key, text, language, units))
                if "{" in text:
                    found += find_template_problems(environment, key, text, ())
                for problem in found:
                    if problem.code != "E511":  # which names exist is not known without the facts
                        yield replace(problem, place=entry.at(key))


def check_words_alone(templates: Mapping[str, str]) -> Iterator[Problem]:
    """All that can be said of all words where the facts cannot be used."""
    environment = make_environment(templates)
    folders = {found[1] for name in templates if (found := _WORDS.fullmatch(name))}
    for folder in sorted(folders):
        yield from check_words(environment, templates, folder)
    for name, text in sorted(templates.items()):
        if _WORDS.fullmatch(name):
            # Which names exist is not known without the facts.
            problems = find_template_problems(environment, name, text, ())
            yield from (problem for problem in problems if problem.code != "E511")


def check_presence(
    written: Collection[str], needed: Iterable[str], may_be: Collection[str], folder: str
) -> Iterator[Problem]:
    """Documents that lack their words, and words of which there is no document.

    All by their path below `folder`, that of the edition's words in this language.
    """
    for document in needed:
        if document not in written:
            what, remedy = "the page has no words", "write them in this file"
            yield Problem(Place(folder + document), "E520", what, remedy)
    for document in written:
        if document not in may_be:
            what, remedy = "no page of this name exists", suggest(document, dict.fromkeys(may_be))
            yield Problem(Place(folder + document), "E521", what, remedy)
