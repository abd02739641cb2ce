"""Prose comes out of documents by section, without parts, tables, figures and marks."""

from __future__ import annotations

from report.extracts import list_sections

DOCUMENT = """# A page &#38; more

<div class="finding" markdown="1">

Trade **rose** to <a href="../x/">24&#46;5 bn</a>.

</div>


<ul class="tiles"><li>No prose</li></ul>

| a | table |
|---|---|

## Why {: #why .group }

First [link](x.md#y) and `code`.

- one
- two

### <span class="figure-number">Figure 1<span>:</span></span> Title {: #figure-x .figure-title }

Takeaway&#46;
{: .takeaway }

<div data-figure="x"></div>

What follows the figure.

## Without an address

Belongs to what is above.
"""


def test_sections_hold_what_stands_below_them_in_words() -> None:
    """The page first; a figure and a heading without an id begin no section of their own."""
    page, why = list_sections(DOCUMENT)

    assert (page.anchor, page.title) == ("", "A page & more")
    assert page.paragraphs == ["Trade rose to 24.5 bn."]
    assert (why.anchor, why.title) == ("why", "Why")
    assert why.paragraphs == [
        "First link and code.",
        "one",
        "two",
        "What follows the figure.",
        "Belongs to what is above.",
    ]


def test_a_document_without_words_has_a_page_alone() -> None:
    """Nothing is invented where there is nothing."""
    (page,) = list_sections("")

    assert (page.anchor, page.title, page.paragraphs) == ("", "", [])
