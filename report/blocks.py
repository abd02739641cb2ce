"""Words that fill no form, and those that their form never shows: outside every block it has.

Pure. Knows forms as Jinja reads them and what fills them; knows nothing of values or pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.exceptions import TemplateNotFound

from report.problems import Place, Problem

TOPIC = "pages/topic.md.jinja"
"""The form of pages that have none of their own."""
_FORM = re.compile(r"\{%[-+]?\s*extends\s+(['\"])(.+?)\1")


def list_forms(environment: Environment, source: str) -> list[str]:
    """The texts of the form that a template fills, of the form that this one fills, and so on."""
    texts: list[str] = []
    while (found := _FORM.search(source)) and environment.loader is not None:
        try:
            source = environment.loader.get_source(environment, found[2])[0]
        except TemplateNotFound:
            break  # told elsewhere
        if source in texts:
            break
        texts.append(source)
    return texts


def find_unshown(
    environment: Environment, name: str, source: str, tree: nodes.Template
) -> Iterator[Problem]:
    """A problem for all that a page which fills a form holds, and its readers would never see."""
    if tree.find(nodes.Extends) is None:
        if name.startswith("site_src/"):
            what = "the words fill no form, so the page lacks all but them"
            remedy = f'begin with {{% extends "{_choose_form(environment, name)}" %}}'
            yield Problem(Place(name), "E516", what, remedy)
        return
    for output in (node for node in tree.body if isinstance(node, nodes.Output)):
        for part in output.nodes:
            if not isinstance(part, nodes.TemplateData) or part.data.strip():
                what = "words outside every block, which the form never shows"
                yield Problem(Place(name, part.lineno), "E513", what, "put them into a block")
                break
    there = _list_blocks(environment, source)
    for block in (node for node in tree.body if isinstance(node, nodes.Block)):
        if there is not None and block.name not in there:
            line = source.split("\n")[block.lineno - 1]
            place = Place(name, block.lineno, max(line.find(f" {block.name}"), 0) + 2)
            what = f"the form has no block {block.name!r}, so it never shows this one"
            yield Problem(place, "E515", what, f"use one that it has: {', '.join(sorted(there))}")


def _choose_form(environment: Environment, name: str) -> str:
    """The form of that name, or that of pages with a topic."""
    *folders, file = name.split("/")[3:] or [name]
    own = f"pages/{'home' if file == 'index.md' else file.removesuffix('.md')}.md.jinja"
    form = "pages/kind.md.jinja" if folders and file == "index.md" else own
    return form if list_forms(environment, f'{{% extends "{form}" %}}') else TOPIC


def _list_blocks(environment: Environment, source: str) -> set[str] | None:
    """The blocks of all forms of a page; None where one of them cannot be read."""
    try:
        trees = [environment.parse(text) for text in list_forms(environment, source)]
    except TemplateSyntaxError:
        return None
    return {block.name for tree in trees for block in tree.find_all(nodes.Block)} if trees else None
