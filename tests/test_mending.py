"""The theme's frame, mended: switches that a keyboard reaches, landmarks with own names."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from report.mending import MENU, PARTS, TRAIL, mend_page
from report.signs import WORDS

SECTION = (
    '<label class="md-nav__link " for="__nav_2" id="__nav_2_label" tabindex="">\n<span></span>\n'
    '</label><nav class="md-nav" data-md-level="1" aria-labelledby="__nav_2_label"'
    ' aria-expanded="false">\n <label class="md-nav__title" for="__nav_2">\n'
    '  <span class="md-nav__icon md-icon"></span>\n   Lakes &amp; rivers\n  </label>'
)
SWITCH = '<input class="md-toggle" data-md-toggle="drawer" type="checkbox" id="__drawer">'
TOC = '<input class="md-nav__toggle md-toggle" type="checkbox" id="__toc">'


def test_a_part_of_the_menu_is_named_by_its_title() -> None:
    """Its label holds a picture alone; and a landmark has no state of being open."""
    mended = mend_page(SECTION, {})

    assert '<nav class="md-nav" data-md-level="1" aria-label="Lakes &amp; rivers">' in mended
    assert "aria-expanded" not in mended
    assert 'tabindex=""' not in mended
    assert mended.count("Lakes &amp; rivers") == 2


def test_a_title_with_quotation_marks_stays_a_title() -> None:
    """MkDocs leaves them as they are; in an attribute they would end it."""
    mended = mend_page(SECTION.replace("Lakes &amp; rivers", 'The "x" hidden y="'), {})

    assert 'aria-label="The &quot;x&quot; hidden y=&quot;">' in mended
    assert 'hidden y="">' not in mended


def test_switches_have_names_in_the_language_of_the_page() -> None:
    """The menu's, and that of a page's parts; quotes in a word stay inside the name."""
    words = {MENU: "Меню", PARTS: 'Части "страницы"'}

    assert 'data-md-toggle="drawer" aria-label="Меню"' in mend_page(SWITCH, words)
    assert 'id="__toc" aria-label="Части &quot;страницы&quot;"' in mend_page(TOC, words)
    assert 'aria-label="Menu"' in mend_page(SWITCH, {})


def test_the_trail_is_told_from_the_menu() -> None:
    """Both were called the same, so a list of landmarks told nothing."""
    trail = '<nav class="md-path" aria-label="Navigation" >'

    assert mend_page(trail, {TRAIL: r"\1 <Hier>"}) == (
        r'<nav class="md-path" aria-label="\1 &lt;Hier&gt;" >'
    )


def test_results_of_a_search_are_no_stop_of_their_own() -> None:
    """The box around them was one even when it was shut."""
    box = '<div class="md-search__scrollwrap" tabindex="0" data-md-scrollfix>'

    assert mend_page(box, {}) == '<div class="md-search__scrollwrap" data-md-scrollfix>'


def test_the_theme_s_script_waits_for_the_page() -> None:
    """It stands at the end, yet a browser that meets it paints nothing until it has run."""
    script = '<script src="../assets/javascripts/bundle.a5f9.min.js"></script><script>x()</script>'

    assert mend_page(script, {}) == script.replace("<script src", "<script defer src")


def test_the_words_are_among_those_that_translators_see() -> None:
    """The theme's words in the language of the pages come from one list."""
    assert {MENU, PARTS, TRAIL} <= set(WORDS)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_other_pages_pass_through(text: str) -> None:
    """What holds none of the theme's elements comes back as it was."""
    assert mend_page(f"<p>{text}</p>", {}) == f"<p>{text}</p>"
