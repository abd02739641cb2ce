"""Vega's SVG made small: dead parts out, shared looks on their group, coordinates short.

Pure. Knows SVG as Vega writes it. Knows no colour's meaning and no figure. In what it writes, a
quotation mark in text is an entity, so `="` only ever occurs in attributes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element, fromstring

SVG = "{http://www.w3.org/2000/svg}"
INHERITED = (
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"),
    *("font-size", "font-weight", "text-anchor"),
)
GEOMETRY = {"transform", "x", "y", "x2", "y2", "width", "height", "d"}
KEPT = (
    *("id", "clip-path", *sorted(GEOMETRY)),
    *(*INHERITED, "opacity", "fill-opacity", "stroke-opacity"),
)
DEFAULTS = {
    "font-weight": "400",
    "stroke-width": "1",
    "text-anchor": "start",
    "stroke-dasharray": "",
    "opacity": "1",
    "transform": "translate(0,0)",
    "fill-opacity": "1",
    "stroke-opacity": "1",
}
"""What an attribute means where it is absent; `none` and other words need no entry."""
_NUMBER = re.compile(r"-?(?:\d+\.\d+|\.\d+)(?:e-?\d+)?|-?\d+e-?\d+")
Leaf = tuple[str, Element, dict[str, str]]
_MOVE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")


def compact_svg(drawn: str, sizes: Mapping[str, float] | None = None) -> str:
    """The same picture in fewer bytes; its size is left to the page.

    `sizes` holds the size of letters by the name of their mark, where they were drawn without.
    """
    root = fromstring(drawn)  # noqa: S314 - as above
    if sizes:
        _give_sizes(root, sizes)
    body = "".join(_write_child(child) for child in root)
    families = {family for part in root.iter() if (family := part.get("font-family"))}
    family = f' font-family="{escape_text(min(families))}"' if families else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{root.get("viewBox")}"{family}>'
    return f"{head}{body}</svg>"


def _give_sizes(root: Element, sizes: Mapping[str, float]) -> None:
    """Vega names a mark last among its group's classes."""
    for group in root.iter(f"{SVG}g"):
        size = sizes.get(group.get("class", "").rpartition(" ")[2])
        if size is not None:
            for text in group:
                text.set("font-size", f"{size:g}px")


def _write_child(element: Element) -> str:
    tag = _name(element)
    if tag == "g":
        return _write_group(element)
    if tag in {"path", "text", "line", "rect"} and _is_dead(element, tag):
        return ""
    if tag in {"defs", "clipPath"}:
        inner = "".join(_write_child(child) for child in element)
        return f"<{tag}{_write_attributes(_pick(element))}>{inner}</{tag}>" if inner else ""
    return _write_leaf(element, tag, _pick(element))


def _is_dead(element: Element, tag: str) -> bool:
    if tag == "text":
        return not (element.text or "").strip()
    if element.get("fill") == "transparent":
        return True
    if element.get("class") in {"background", "foreground"}:
        return element.get("fill") is None and element.get("stroke") is None
    return False


def _write_group(element: Element) -> str:
    attributes = _pick(element)
    leaves = [child for child in element if not _is_group(child)]
    if leaves and len(leaves) == len(element):
        return _write_leaves(leaves, attributes)
    inner = "".join(_write_child(child) for child in element)
    if not inner:
        return ""
    return f"<g{_write_attributes(attributes)}>{inner}</g>" if attributes else inner


def _is_group(element: Element) -> bool:
    return element.tag.removeprefix(SVG) in {"g", "defs", "clipPath"}


def _write_leaves(leaves: Iterable[Element], attributes: dict[str, str]) -> str:
    """Leaves with what they share written once, on their group."""
    kept = _merge_lines(
        [(_name(leaf), leaf, _pick(leaf)) for leaf in leaves if not _is_dead(leaf, _name(leaf))]
    )
    if not kept:
        return ""
    if len(kept) == 1 and not attributes:
        tag, child, own = kept[0]
        return _write_leaf(child, tag, own)
    shared = {
        name: value
        for name, value in kept[0][2].items()
        if name in INHERITED and all(own.get(name) == value for _, _, own in kept)
    }
    inner = "".join(
        _write_leaf(child, tag, {k: v for k, v in own.items() if k not in shared})
        for tag, child, own in kept
    )
    look = _write_attributes(attributes | shared)
    return f"<g{look}>{inner}</g>" if look else inner


def _merge_lines(leaves: list[Leaf]) -> list[Leaf]:
    """Lines of one look that follow each other become one path."""
    merged: list[Leaf] = []
    for tag, leaf, own in leaves:
        look = {name: value for name, value in own.items() if name != "d"}
        if _is_line(leaf) and merged and _is_line(merged[-1][1]):
            before = merged[-1][2]
            if look == {name: value for name, value in before.items() if name != "d"}:
                before["d"] += own["d"]
                continue
        merged.append((tag, leaf, own))
    return merged


def _is_line(element: Element) -> bool:
    return element.tag == f"{SVG}line"


def _name(element: Element) -> str:
    """The tag that is written: lines become paths."""
    tag = element.tag.removeprefix(SVG)
    return "path" if tag == "line" else tag


def _write_leaf(element: Element, tag: str, attributes: dict[str, str]) -> str:
    text = escape_text(element.text or "")
    look = _write_attributes(attributes)
    return f"<{tag}{look}>{text}</{tag}>" if text else f"<{tag}{look}/>"


def escape_text(text: str) -> str:
    """Text between tags; quotation marks too, so that no text can look like an attribute."""
    for mark, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;")):
        text = text.replace(mark, entity)
    return text


def _pick(element: Element) -> dict[str, str]:
    """The attributes that matter, shortened."""
    picked = {}
    for name in KEPT:
        value = element.get(name)
        if value is None or value == DEFAULTS.get(name):
            continue
        picked[name] = (
            _NUMBER.sub(_shorten, value) if name in GEOMETRY else value.removesuffix("px")
        )
    move = _MOVE.fullmatch(picked.get("transform", "translate(0,0)"))
    if move and element.tag == f"{SVG}text":
        picked = {"x": move[1], "y": move[2], **picked}
        picked.pop("transform", None)
    if move and element.tag == f"{SVG}line":
        reach = picked.pop("x2", "0"), picked.pop("y2", "0")
        picked = {"d": f"M{move[1]},{move[2]}l{reach[0]},{reach[1]}", **picked}
        picked.pop("transform", None)
    return picked


def _shorten(found: re.Match[str]) -> str:
    number = round(float(found[0]), 1)
    return f"{number:g}" if number else "0"


def _write_attributes(attributes: dict[str, str]) -> str:
    return "".join(f' {name}="{escape_text(value)}"' for name, value in attributes.items())
