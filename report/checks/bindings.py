"""What binds words to the data binds them truly: `says` asks the data, `term` holds only names.

Looks at expressions as they are written, before anything is known of the data: whether a test
holds is for rendering to say. A test must ask the data in each of its parts, and point the way
that its words point.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping

from jinja2 import Environment, TemplateSyntaxError, nodes

from report.problems import Place, Problem
from report.wording import DOWN, UP, find_amounts, find_directions, find_statements, find_ways

ASKING = frozenset(
    (
        *("number", "first_number", "rises", "falls", "is_record", "known", "count"),
        *("newest", "earliest", "peak", "trough"),
    )
)
"""Functions that ask the data."""
_WAYS = {"rises": UP, "is_record": UP, "falls": DOWN}
_SIGNS = {"gt": UP, "gteq": UP, "lt": DOWN, "lteq": DOWN}
_PLACES = {"peak": UP, "trough": DOWN}
_AGREEING = {
    UP: "rises(…), is_record(…) or a comparison with >",
    DOWN: "falls(…) or a comparison with <",
}


def check_bindings(
    environment: Environment, name: str, source: str, language: str
) -> Iterator[Problem]:
    """A problem for each `says`, `term` and `formula` that binds its words to nothing."""
    try:
        tree = environment.parse(source)
    except TemplateSyntaxError:
        return  # a problem of its own
    lines = source.split("\n")
    assigned = {
        node.target.name: node.node
        for node in tree.find_all(nodes.Assign)
        if isinstance(node.target, nodes.Name)
    }
    for call in tree.find_all(nodes.Call):
        for line, near, code, what, remedy in _judge(call, assigned, language):
            at = max(lines[line - 1].find(near), 0) if line <= len(lines) else 0
            yield Problem(Place(name, line, at + 1), code, what, remedy)


def _judge(
    call: nodes.Call, assigned: Mapping[str, nodes.Node], language: str
) -> Iterator[tuple[int, str, str, str, str]]:
    """Line, a text near the place, code, what was found, and what to write instead."""
    if not isinstance(call.node, nodes.Name):
        return
    called = call.node.name
    if called not in {"says", "term", "formula"}:
        return
    given: list[nodes.Node] = [*call.args, *(named.value for named in call.kwargs)]
    words = given[0] if given else None
    if not isinstance(words, nodes.Const) or not isinstance(words.value, str):
        if given:  # else rendering says how it is called
            what = f"{called}() is given an expression in place of words"
            yield call.lineno, called, "E502", what, "write the words themselves, in quotes"
        return
    text = words.value
    judged = {"term": _judge_term, "formula": _judge_formula}.get(called)
    found = judged(text, language) if judged else _judge_says(text, given[1:], assigned, language)
    for code, what, remedy in found:
        yield words.lineno, text, code, what, remedy


def _judge_term(text: str, language: str) -> Iterator[tuple[str, str, str]]:
    """A name may hold a number or a word of direction only where capitals show it for a name."""
    words = re.findall(r"[^\W\d_]{2,}", text)
    long = [word for word in words if len(word) > 3]
    if len(words) > 1 and len(long) > 0 and all(word[0].isupper() for word in long):
        return
    for _, code, what, _ in find_statements(text, language):
        remedy = "term() is for names, such as 'Power of the East 2': bind what is stated to data"
        yield code, f"in term({text!r}) {what}", remedy


def _judge_formula(text: str, _language: str) -> Iterator[tuple[str, str, str]]:
    """A formula has a letter for what varies and a sign of reckoning, and no words."""
    letters = re.findall(r"[^\W\d_]+", re.sub(r"[\u2080-\u209c]", "", text))  # no subscripts
    is_spoken = any(len(word) > 1 for word in letters)
    if is_spoken or not letters or not re.search(r"[-+−·×/=√Σ^]", text):
        what = f"{text!r} is no formula"
        remedy = "write letters, numbers and signs, such as 'x₂ / x₁ − 1'; values are for value()"
        yield "E502", what, remedy


def _judge_says(
    text: str, tests: list[nodes.Node], assigned: Mapping[str, nodes.Node], language: str
) -> Iterator[tuple[str, str, str]]:
    if not tests:
        return  # rendering says so
    test = tests[0]
    for _, amount in find_amounts(text, language):
        if not amount[0].isalpha():
            what = f"the number {amount!r} is typed into says()"
            yield "E530", what, "write {{ value(series, period) }} outside of it"
        elif not _compares(test, assigned):
            what = f"the words {amount!r} state an amount, which the test does not weigh"
            yield "E506", what, f"compare: says({text!r}, number(series, period) > …)"
    if not _asks(test, assigned):
        what = f"a part of the test for {text!r} asks nothing of the data"
        remedy = "test with rises(…), falls(…), is_record(…), or number(…) against something else"
        yield "E507", what, remedy
        return
    wanted, found = find_ways(text, language), _find_ways(test, assigned)
    if wanted and not wanted & found:
        way = min(wanted)
        what = f"the words {text!r} point {'up' if way == UP else 'down'}, the test does not"
        senses = [sense for _, _, sense in find_directions(text, language) if sense.way == way]
        example = senses[0].test if senses else _AGREEING[way]
        yield "E506", what, f"test with {example}, in the order in which the words read"


def _follow(node: nodes.Node, assigned: Mapping[str, nodes.Node]) -> nodes.Node:
    """What a name was set to in the same words, else the node itself."""
    if isinstance(node, nodes.Name) and node.name in assigned:
        target = assigned[node.name]
        return node if isinstance(target, nodes.Name) else target
    return node


def _asks(node: nodes.Node, assigned: Mapping[str, nodes.Node]) -> bool:
    """Whether each part of a test that can decide it asks the data."""
    node = _follow(node, assigned)
    if isinstance(node, nodes.And | nodes.Or):
        return _asks(node.left, assigned) and _asks(node.right, assigned)
    if isinstance(node, nodes.Not):
        return _asks(node.node, assigned)
    if isinstance(node, nodes.CondExpr):
        parts = [node.test, node.expr1, *([node.expr2] if node.expr2 else [])]
        return all(_asks(part, assigned) for part in parts)
    if isinstance(node, nodes.Compare):
        sides = [node.expr, *(operand.expr for operand in node.ops)]
        if any(left == right for left, right in itertools.pairwise(sides)):
            return False
    return any(
        isinstance(call.node, nodes.Name) and call.node.name in ASKING
        for part in _resolve(node, assigned)
        for call in ([part] if isinstance(part, nodes.Call) else part.find_all(nodes.Call))
    )


def _resolve(node: nodes.Node, assigned: Mapping[str, nodes.Node]) -> list[nodes.Node]:
    """A node and what the names below it were set to."""
    return [node, *(_follow(name, assigned) for name in node.find_all(nodes.Name))]


def _compares(node: nodes.Node, assigned: Mapping[str, nodes.Node]) -> bool:
    """Whether a test weighs one thing against another."""
    parts = _resolve(node, assigned)
    return any(isinstance(part, nodes.Compare) or part.find(nodes.Compare) for part in parts)


def _find_ways(node: nodes.Node, assigned: Mapping[str, nodes.Node]) -> set[int]:
    """The ways in which a test points."""
    node = _follow(node, assigned)
    if isinstance(node, nodes.Not):
        return {-way for way in _find_ways(node.node, assigned)}
    if isinstance(node, nodes.Call):
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        return {_WAYS[called]} if called in _WAYS else set()
    if isinstance(node, nodes.Compare):
        ways = {_SIGNS[operand.op] for operand in node.ops if operand.op in _SIGNS}
        if any(operand.op == "eq" for operand in node.ops):
            calls = [
                c.node.name for c in node.find_all(nodes.Call) if isinstance(c.node, nodes.Name)
            ]
            ways |= {_PLACES[called] for called in calls if called in _PLACES}
        return ways
    return {way for part in node.iter_child_nodes() for way in _find_ways(part, assigned)}
