"""What an enemy would write into data, its harmless twin, and what the reader must refuse.

Holds no word of direction and no digit but those of `READ`, so that figures may hold the rest.
"""

from __future__ import annotations

import string

HARM = "window.harmed=document"
"""What a script of the enemy's does; a browser tells whether it ran."""
ACTIVE = (
    f"<script>{HARM}</script>",
    f'<img src=x onerror="{HARM}">',
    f"</a></p></td></li></div></title></style></textarea><svg onload='{HARM}'>",
    f"<a href=javascript:{HARM}>a</a>",
    "]]> --> </script><!-- <![CDATA[ <?php",
    "{{ harm }} {{ self.__init__ }}",
    "{% include 'harm' %} {# harm #}",
    '--8<-- "mkdocs.yml"',
    "| cell | cell",
    f"[a](javascript:{HARM}) ![b](x)",
    "&lt;harm&gt; &amp;lt; &quot;",
)
"""Pieces that the reader refuses: markup, templates, inclusions, cells, links, references."""
QUIET = (
    "`code` ```js",
    "*star* __low__ ~~gone~~ ==mark== ^^high^^ # head",
    "{: .harm onclick=harm } { #harm }",
    "[harm]: x [^harm] *[harm]: x :harm:",
    "\" onfocus=harm autofocus ' onclick=harm href=harm url(#harm)",
    "\\input{harm} $x^y$ \\end{document} % ~",
    '"); #import "@preview/harm:x": * #read("/etc/passwd") #eval("harm") $ sum $',
    "' + datum.value + \" ' ); alert(harm); //",
    "'; ALTER TABLE series; --",
    "@misc{harm, title = {x}} ER  - TY  - HARM",
    "%(title)s %s ${harm} $(harm) \\n \\\\ ..",
)
"""Pieces that the reader lets in, since people write such signs as well."""
READ = ("{{", "}}", "{%", "%}", "{#", "#}", "--8<--")
"""What pieces hold that texts of figures may not: expressions are run there, and digits counted."""
STARTS = ("=SUM(harm)", "+SUM(harm)", "-SUM(harm)", "@SUM(harm)", "＝SUM(harm)", "＋SUM(harm)")
"""What a spreadsheet would compute; one at the start of each text."""
_TWIN = {ord(mark): "x" for mark in string.punctuation if mark not in ".,;"} | {
    ord(mark[0]): "x" for mark in STARTS
}


def arm(text: str, place: int, pieces: tuple[str, ...] = (*ACTIVE, *QUIET), room: int = 0) -> str:
    """A text with a formula before it and code behind it; `place` says which of each comes first.

    Within `room` characters those pieces stand that fit.
    """
    start = STARTS[place % len(STARTS)]
    turn = place % len(pieces)
    armed = f"{start} {text},"
    for piece in (*pieces[turn:], *pieces[:turn]):
        longer = f"{armed} {piece}"
        if not room or len(longer) <= room:
            armed = longer
    return armed


def disarm(text: str) -> str:
    """The twin of an armed text: as long, with the same spaces and sentences, and only letters."""
    return text.translate(_TWIN)


HIDDEN = {
    "override": "a\u202eb",
    "isolate": "a\u2066b",
    "mark": "a\u200fb",
    "zero width space": "a\u200bb",
    "zero width joiner": "a\u200db",
    "byte order mark": "a\ufeffb",
    "soft hyphen": "a\u00adb",
    "tag": "a\U000e0041b",
    "line separator": "a\u2028b",
    "control": "a\x1bb",
    "private use": "a\ue000b",
    "unassigned": "a\u0378b",
    "mixed Cyrillic": "p\u0430th",
    "mixed Greek": "\u0391bc",
    "decomposed": "Cafe\u0301",
}
"""Text that is not what it seems, each with its name."""
