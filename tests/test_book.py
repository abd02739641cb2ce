"""A book holds every page and figure of an edition once, and says what it leaves out."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
import typst
from hypothesis import example, given, settings
from hypothesis import strategies as st

from report.addresses import name_book
from report.binding import MARK, Press, place_book
from report.book import Manuscript, make_book
from report.problems import WriteFailed
from report.text import escape_typst
from tests.books import (
    find_root,
    list_addresses,
    list_bookmarks,
    list_fonts,
    open_book,
    read_words,
)
from tests.examples import ENGLISH, PROJECT, make_second_view

DRAWING = (
    '<svg class="wide" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 300" '
    'font-family="Noto Sans, Noto Sans SC, sans-serif"><g><path d="M0,0l600,200" '
    'stroke="var(--fig-1,#1756a7)"/><text x="20" y="40" fill="#1c2430">Trips</text></g></svg>'
)
HOME = (
    '<h1>Paths</h1><p>Read <a href="kinds/a/#figure-one">the figure</a>, <em>then</em> '
    '<a href="data/#series-s">the series</a>.</p>'
    '<details class="fold"><summary>Nine older ones</summary><p>folded away</p></details>'
    '<details class="fold"><summary>Two</summary><ul><li id="e1">an entry</li></ul></details>'
)
TOPIC = (
    '<h1>Trips along the river</h1><h2 id="e">Evidence</h2>'
    '<h3 class="figure-title" id="figure-one"><span class="figure-number">Figure 1.1<span>:</span>'
    '</span> Trips have doubled</h3><p class="takeaway">From 1 to 2.</p>'
    f'<figure class="figure" id="plate-one"><div class="figure__plate">{DRAWING}</div>'
    '<ul class="figure__notes"><li>Counted by hand.</li></ul>'
    '<p class="figure__sources">Sources: <a href="https://s.example/">S</a>.</p>'
    '<details class="figure__table"><summary>Table</summary><table class="numbers"><thead><tr>'
    '<th scope="col">Year</th><th class="numeric">Trips</th></tr></thead><tbody>'
    '<tr><th scope="row">2016</th><td class="numeric">8,125</td></tr></tbody></table></details>'
    "</figure>"
)
DATA = (
    '<h1>Data</h1><details class="fold"><summary>2 series</summary><ul class="register__list">'
    '<li id="series-s">Trips counted</li><li id="series-t">Trips guessed</li></ul></details>'
)
PAGES = {"index.md": HOME, "kinds/index.md": "<h1>Kinds</h1>", "kinds/a.md": TOPIC, "data.md": DATA}
NAVIGATION = [
    {"Home": "index.md"},
    {"Kinds": ["kinds/index.md", {"A": "kinds/a.md"}]},
    {"Evidence": [{"Data": "data.md"}]},
]


def make(**changes: str) -> Manuscript:
    """The book of a few pages, some of them changed by name (`/` as `_`)."""
    texts = {
        document: changes.get(document.replace("/", "_")[:-3], PAGES[document])
        for document in PAGES
    }
    pages = {
        name: f"<html><body><article>{text}</article></body></html>" for name, text in texts.items()
    }
    return make_book(make_second_view(), ENGLISH, NAVIGATION, pages)


def bind(manuscript: Manuscript, folder: Path, cache: Path | None = None) -> bytes:
    """A book's file."""
    with Press(PROJECT, cache) as press:
        return press.begin(manuscript, folder / "book").wait().content


@pytest.fixture(scope="module", name="small")
def bind_small(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The book of the few pages above."""
    return bind(make(), tmp_path_factory.mktemp("small"))


def read(content: bytes) -> str:
    """All words of a book."""
    return read_words(content)


def test_what_stands_below_a_table_is_found_there() -> None:
    """At the end of the book, where the tables are, and nowhere else."""
    topic = TOPIC.replace("Sources: <a", 'Sources: <a href="#all-one">all</a>, <a')
    topic = topic.replace("</table></details>", '</table><p id="all-one">Both.</p></details>')
    source = make(kinds_a=topic).source

    assert source.count('at("kinds/a/#all-one")') == 1
    assert '{at("kinds/a/#all-one"); "Both."}' in source[source.index("8,125") :]
    assert 'inside("kinds/a/#all-one"' in source


# Text stays text.


def extract(text: str) -> str:
    """What the typesetter takes a text for, once escaped."""
    source = f"#metadata({escape_typst(text)}) <told>".encode()
    found = typst.query(source, "<told>", field="value", one=True, ignore_system_fonts=True)
    return str(json.loads(found))


@settings(deadline=None, max_examples=60)
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
@example('"); #read("/etc/passwd"); ("')
@example('\\"#import "@preview/x:0.1.0": *')
@example("\\u{41} \\n $x$ *b* _i_ `c` <l> @r // c /* c */ #{1+1}\r\n")
def test_text_in_is_text_out(text: str) -> None:
    """Nothing of a text is markup, and nothing of it is lost."""
    shown = extract(text)

    # A source's line ends are read as one kind.
    assert shown.replace("\r\n", "\n").replace("\r", "\n") == text.replace("\r\n", "\n").replace(
        "\r", "\n"
    )


def test_hostile_words_stand_in_the_book_as_they_are(tmp_path: Path) -> None:
    """Code of the typesetter among the words is words."""
    words = 'x"); #read("main.typ") \\ #import "@preview/a:1.0.0" $1+1$'
    markup = words.replace('"', "&quot;")
    content = bind(make(kinds_index=f"<h1>Kinds</h1><p>{markup}</p>"), tmp_path)

    assert "".join(words.split()) in "".join(read(content).split())


# What is in it.


def test_a_book_opens_with_its_data(small: bytes) -> None:
    """Title, author, language, day and tags are told; the day is the edition's."""
    reader = open_book(small)
    view = make_second_view()
    assert reader.metadata is not None
    root = find_root(reader)

    assert reader.metadata.title == (
        f"{view.report.declaration.title['en']}, {view.edition.title['en']}"
    )
    assert reader.metadata.author == view.report.declaration.publisher
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == view.edition.released
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in root
    assert b"<pdfuaid:part>1" in small


def test_bookmarks_follow_the_navigation(small: bytes) -> None:
    """Parts, chapters with their numbers, and the numbers of the figures at the end."""
    assert list_bookmarks(open_book(small)) == [
        *("Contents", "List of figures", "Overview", "Kinds"),
        ["1 Trips along the river", ["Evidence"]],
        "Evidence",
        ["Data"],
        "Numbers of the figures",
    ]


def test_a_figure_stands_once_with_all_that_belongs_to_it(small: bytes) -> None:
    """Number, title, takeaway, notes, sources; its numbers at the end; its drawing as lines."""
    words = read(small)

    assert words.count("Trips have doubled") == 3  # in the list, at the figure, over the table
    assert words.count("Figure 1.1") == 3
    assert words.count("From 1 to 2.") == 1
    assert words.count("Counted by hand.") == 1
    assert words.count("8,125") == 1
    assert words.count("Trips ") >= 1
    assert b"/Subtype /Image" not in small


def test_links_within_become_numbers_of_pages(small: bytes) -> None:
    """What is in the book is told by its page; what is not, by its address."""
    words = read(small)

    assert re.search(r"the figure \(p\. \d+\)", words)
    assert re.search(r"the series \(p\. \d+\)", words)
    assert "https://s.example/" in list_addresses(open_book(small))


def test_what_is_left_out_is_said(small: bytes) -> None:
    """Folded parts and series that nothing names are replaced by where they are."""
    words = read(small)
    address = f"{make_second_view().report.declaration.url}en/2026/"

    assert "folded away" not in words
    assert "an entry" in words  # to an entry something may lead
    assert f"Nine older ones: on the page {address}" in words
    assert "Trips counted" in words
    assert "Trips guessed" not in words
    assert f"1 more: on the page {address}data/" in words


def test_fonts_are_in_the_book(small: bytes) -> None:
    """Every font comes along, so that all readers see the same letters."""
    fonts = list_fonts(open_book(small))

    assert fonts
    assert all(fonts.values())
    assert all("NotoSans" in name for name in fonts)


def test_chinese_and_cyrillic_can_be_read_and_found(tmp_path: Path) -> None:
    """Letters of both scripts are there and come out again."""
    markup = '<h1>Kinds</h1><p>Торговля <span lang="zh">中国贸易</span> Čeština ∓ ₙ</p>'
    words = read(bind(make(kinds_index=markup), tmp_path))

    assert "Торговля" in words
    assert "中国贸易" in words
    assert "Čeština" in words


def test_a_letter_that_no_font_has_ends_the_build(tmp_path: Path) -> None:
    """An empty box is never printed; the message names the letter."""
    with pytest.raises(WriteFailed, match="could not be displayed"):
        bind(
            make(kinds_index="<h1>Kinds</h1><p>\N{CYRILLIC LETTER MULTIOCULAR O}\U00012000</p>"),
            tmp_path,
        )


# How it is made.


def test_a_book_is_the_same_each_time(small: bytes, tmp_path: Path) -> None:
    """Another run, folder and clock give the same bytes."""
    assert bind(make(), tmp_path) == small


def test_an_unchanged_book_is_not_set_again(tmp_path: Path, small: bytes) -> None:
    """It is kept under all it is made from: another word makes another book."""
    assert bind(make(), tmp_path, tmp_path / "cache") == small
    with Press(PROJECT, tmp_path / "cache") as press:
        again = press.begin(make(), tmp_path / "never")
        other = press.begin(make(index="<h1>Paths</h1><p>Other words.</p>"), tmp_path / "other")

        assert again.process is None
        assert again.wait().content == small
        assert other.process is not None
        assert other.wait().content != small
    assert not (tmp_path / "never").exists()


def test_what_the_typesetter_complains_of_is_told(tmp_path: Path) -> None:
    """A source that cannot be set ends the build with its reason."""
    with pytest.raises(WriteFailed, match="unknown variable"):
        bind(replace(make(), source='#import "form.typ": *\n#nothing-of-this-name'), tmp_path)


def test_markup_reads_no_file_outside_its_folder(tmp_path: Path) -> None:
    """Even code that got into the source would not get out."""
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(WriteFailed, match="escape the project root"):
        bind(replace(make(), source='#read("../secret.txt")'), tmp_path)


def test_a_page_tells_what_the_book_weighs(tmp_path: Path, small: bytes) -> None:
    """The mark of each page gives way to size and pages."""
    (tmp_path / "index.html").write_text(f"<p>Book {MARK}</p>")
    with Press(PROJECT, None) as press:
        book = press.begin(make(), tmp_path / "book").wait()
    place_book(book, tmp_path, ENGLISH)
    count = len(open_book(small).pages)
    size = f"{len(small) / 1e6:.1f}"

    assert (tmp_path / "index.html").read_text() == f"<p>Book (PDF, {size} MB, {count} pages)</p>"
    assert (tmp_path / book.name).read_bytes() == small


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Wheat–and–Rye: a report", "wheat-and-rye-a-report-2026-en.pdf"),
        ("Crème", "creme-2026-en.pdf"),
        ("中国", "report-2026-en.pdf"),
    ],
)
def test_a_books_name_is_plain(title: str, name: str) -> None:
    """Small letters of ASCII, figures and hyphens."""
    assert name_book(title, "2026", "en") == name


def test_the_day_of_a_book_is_the_editions() -> None:
    """No clock is asked."""
    assert make().day == make_second_view().edition.released
    assert isinstance(make().day, dt.date)
