"""The index of the search is fetched when a reader searches, with the theme that is installed."""

from __future__ import annotations

from pathlib import Path

import material  # type: ignore[import-untyped] # no types are installed for it

from report.deferring import defer_index


def test_the_installed_theme_has_the_condition_once() -> None:
    """A later theme that says it otherwise is found here, before readers pay for it."""
    scripts = Path(material.__file__).parent / "templates" / "assets" / "javascripts"
    (bundle,) = scripts.glob("bundle.*.min.js")
    code = bundle.read_bytes()

    changed = defer_index(code)

    assert len(code) - len(changed) == len(b'location.protocol!=="file:"') - len(b"!1")
    assert b"(!1)," in changed


def test_other_code_stays_as_it_is() -> None:
    """The theme asks for the protocol elsewhere, too."""
    code = b'if(location.protocol!=="file:")f();L($(location.protocol!=="file:"),Je("menu"))'

    assert defer_index(code) == code
