"""Interface words of the theme's own templates, in the language of the pages.

Pure. Knows which words the theme shows; the theme asks for them by their English form.
"""

from __future__ import annotations

from report.languages import Catalogue

WORDS = (
    *("Licence", "Newest data", "Released", "Next release"),
    *("This is an older edition.", "Read the newest edition."),
    *("Search", "First page of all languages", "Colours follow the system; switch to light"),
    *("Light colours; switch to dark", "Dark colours; follow the system"),
    *("Editions, revisions and corrections", "Menu", "Parts of this page", "You are here"),
)


def theme_words(catalogue: Catalogue) -> dict[str, str]:
    """The theme's words by their English form."""
    return {word: catalogue.gettext(word) for word in WORDS}
