"""Built pages as trees of elements, read quickly: lists of thousands of rows are read often."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from lxml import html

PARSER = html.HTMLParser(encoding="utf-8", remove_comments=True, huge_tree=True)


def parse_page(content: bytes) -> html.HtmlElement:
    """A page as a tree, without comments."""
    return html.document_fromstring(content, parser=PARSER)


@lru_cache
def read_page(path: Path) -> html.HtmlElement:
    """A page of a site as a tree, which is not to be changed."""
    return parse_page(path.read_bytes())
