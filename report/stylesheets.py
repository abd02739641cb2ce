"""The style sheets of a page's head joined into one, so that the first words wait for one request.

Pure: text in, text out. Knows how a page names its style sheets and how one names pictures; knows
nothing of what they say. Order is kept, for a later rule wins.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Callable
from functools import lru_cache

JOINED = "assets/styles-{}.css"
"""Where the joined sheet lies below the edition's site, by a mark of what it holds."""
_LINK = re.compile(r'[ \t]*<link rel="stylesheet" href="([^":?#]*assets/[^":?#]+\.css)">\n?')
_HEAD = re.compile(r"<head>.*?</head>", re.DOTALL)
_CHARSET = re.compile(r'@charset "[^"]*";')
_URGENT = re.compile(r"url\((fonts/[^)]*-latin-(?:400|700)-normal\.woff2)\)")
"""Letters that stand at the top of every page: asked for at once, they come before the first words
are painted, which then need not be set anew."""
_RELATIVE = re.compile(r"""url\((["']?)(?!data:|#|[a-z]+:|/)([^"')]+)\1\)""")


def join_styles(html: str, address: str, read: Callable[[str], str | None]) -> tuple[str, str, str]:
    """A page with one style sheet, the path of that sheet below the site, and what it holds.

    `address` is the page's own below the site, such as `claims/`; `read` gives a sheet by its path,
    or None. A page with fewer than two sheets, or with one that is lacking or imports others, stays
    as it is; then path and sheet are empty.
    """
    head = _HEAD.search(html)
    links = _LINK.findall(head[0]) if head else []
    paths = [posixpath.normpath(posixpath.join(address or ".", link)) for link in links]
    sheets = [sheet for sheet in map(read, paths) if sheet is not None]
    lacking = len(sheets) < len(links)
    if head is None or lacking or len(links) < 2 or any("@import" in one for one in sheets):
        return html, "", ""
    path, joined, urgent = _join(tuple(sheets), tuple(paths))
    start, folder = address or ".", posixpath.dirname(path)
    fonts = [posixpath.relpath(f"{folder}/{font}", start) for font in urgent]
    link = f'<link rel="stylesheet" href="{posixpath.relpath(path, start)}">\n' + "".join(
        f'<link rel="preload" href="{font}" as="font" type="font/woff2" crossorigin>\n'
        for font in fonts
    )
    begun = _LINK.sub(link, head[0], count=1)
    kept = begun.index(link) + len(link)
    lean = begun[:kept] + _LINK.sub("", begun[kept:])
    return html[: head.start()] + lean + html[head.end() :], path, joined


@lru_cache(maxsize=8)
def _join(sheets: tuple[str, ...], paths: tuple[str, ...]) -> tuple[str, str, list[str]]:
    """The path of a joined sheet, what it holds, and fonts that it needs at once.

    Most pages ask for the same ones.
    """
    joined = "\n".join(
        _rebase(_CHARSET.sub("", one), path) for one, path in zip(sheets, paths, strict=True)
    )
    path = JOINED.format(hashlib.sha256(joined.encode()).hexdigest()[:8])
    return path, joined, _URGENT.findall(joined)


def _rebase(sheet: str, path: str) -> str:
    """A sheet whose relative addresses hold from the folder of the joined one."""
    folder, target = posixpath.dirname(path), posixpath.dirname(JOINED)
    if folder == target:
        return sheet
    up = posixpath.relpath(folder, target)
    return _RELATIVE.sub(rf"url(\1{up}/\2\1)", sheet)
