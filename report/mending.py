"""What the theme leaves wrong in the HTML of a page, put right: names, and switches for a keyboard.

Pure: HTML as text in, HTML as text out. Knows how Material writes its frame, and nothing of what
stands in it; what it does not find it leaves alone, so another theme's pages pass through.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape

MENU, PARTS, TRAIL = "Menu", "Parts of this page", "You are here"
"""Names that the theme lacks: of the menu's switch, of that for a page's parts, of the trail."""

_SECTION = re.compile(
    r'(<nav class="md-nav" data-md-level="\d+") aria-labelledby="[^"]*" aria-expanded="[a-z]+"'
    r'(>\s*<label class="md-nav__title" [^>]*>\s*<span[^>]*></span>\s*)([^<]*?)(\s*</label>)'
)
"""A part of the menu. Its own label holds a picture alone, and no landmark can be expanded."""
_NO_PLACE = re.compile(r'(<label\b[^>]*?) tabindex=""')
_RESULTS = re.compile(r'(<div class="md-search__scrollwrap") tabindex="0"')
"""A stop on the way of a keyboard where nothing is: the results are links themselves."""
_SCRIPT = re.compile(r'<script (src="[^"]*assets/javascripts/bundle\.[^"]*")')
"""The theme's script, which would hold up the first words although it stands below them."""
_TRAIL = re.compile(r'(<nav class="md-path" aria-label=")[^"]*')


def mend_page(html: str, words: Mapping[str, str]) -> str:
    """A page whose menu can be opened, and whose parts have names; `words` are the theme's.

    WCAG 2.2: 1.3.1, 2.1.1 (the switches take focus), 2.4.3 and 4.1.2.
    """
    html = _SECTION.sub(_label_section, html)
    html = _NO_PLACE.sub(r"\1", html)
    html = _RESULTS.sub(r"\1", html)
    html = _SCRIPT.sub(r"<script defer \1", html)
    html = _name(html, '<input class="md-toggle" data-md-toggle="drawer"', words, MENU)
    html = _name(
        html, '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc"', words, PARTS
    )
    return _TRAIL.sub(lambda found: found[1] + _say(words, TRAIL), html, count=1)


def _label_section(found: re.Match[str]) -> str:
    label = escape(unescape(found[3]), quote=True)
    return f'{found[1]} aria-label="{label}"{found[2]}{found[3]}{found[4]}'


def _name(html: str, element: str, words: Mapping[str, str], word: str) -> str:
    """The page with a name for the first such element."""
    return html.replace(element, f'{element} aria-label="{_say(words, word)}"', 1)


def _say(words: Mapping[str, str], word: str) -> str:
    return escape(words.get(word, word), quote=True)
