"""Rendering by the real renderer, kept few, and the finishing of its pages."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from report import renderer, site
from report.links import find_faults
from report.policies import add_policy
from report.problems import WriteFailed
from report.renderer import Renderer
from report.site import SiteSource, finish_pages, start_render, write_versions

PROJECT = Path(__file__).resolve().parent.parent
SETTINGS, THEME = PROJECT / "mkdocs.yml", PROJECT / "templates" / "theme"
FIGURE = (
    '<figure><svg><path d="M0 0"/></svg><figcaption>\\1 \\g<0> &lt;div&gt;</figcaption></figure>'
)
"""A figure's HTML with what a careless replacement would take for its own marks."""

WORDS = {
    "index.md": '# Rivers\n\nWords.\n\n<div data-figure="flow"></div>\n\nMore words.\n',
    "reka.md": "# Река Нил\n\nВода течёт.\n\n## 河流\n\n水。[Home](index.md)\n",
    "lists/index.md": "# Lists\n\n| a | b |\n|---|--:|\n| x | 1 |\n",
    "lists/long.md": '# Long\n\n`<div data-figure="code"></div>`\n\n## Part\n\nText.\n',
}
NAME = 'Rivers & "lakes" </title><b id=x>'
TITLES = {"index.md": "Rivers", "reka.md": "Река Нил", "lists/index.md": "Lists"}
TITLES |= {"lists/long.md": "Long"}
NAVIGATION: list[Any] = [
    {"Home": "index.md"},
    {"Река": "reka.md"},
    {"Lists": ["lists/index.md", {"Long": "lists/long.md"}]},
]


IDLE: Any = None
"""A renderer that is never asked."""


def make_source(words: Mapping[str, str] = WORDS, **changes: Any) -> SiteSource:
    """A small report on rivers."""
    values: dict[str, Any] = {
        "language": "en",
        "edition": "2026",
        "title": NAME,
        "clock": 1_764_028_800,
        "documents": words,
        "files": {
            "feed.xml": b"<feed/>",
            "assets/fonts.css": b"",
            "assets/figures.css": b"",
            "assets/charts.js": b"",
            **{
                f"assets/{path.name}": path.read_bytes()
                for path in (PROJECT / "site_src" / "assets").iterdir()
            },
        },
        "navigation": NAVIGATION,
        "titles": TITLES,
        "extra": {"words": {}, "version": {"provider": "mike", "default": "latest"}},
        "url": "https://example.org/rivers/",
    }
    return SiteSource(**{**values, **changes})


def render(source: SiteSource, workspace: Path) -> Path:
    """The rendered folder of a source, with its one figure in place."""
    with Renderer("mkdocs") as mkdocs:
        rendered = start_render(mkdocs, source, SETTINGS, THEME, workspace)
        mkdocs.wait()
    finish_pages(rendered, source, {"": {"flow": FIGURE}})
    return rendered


@pytest.fixture(scope="module", name="rendered")
def _rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site as it is published: edition, latest and a front door, rendered once for all tests."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "site" / "en").mkdir(parents=True)
    render(make_source(), folder / "work").rename(folder / "site" / "en" / "2026")
    shutil.copytree(folder / "site" / "en" / "2026", folder / "site" / "en" / "latest")
    (folder / "site" / "index.html").write_text('<h1>Rivers</h1><a href="en/2026/">2026</a>')
    return folder / "site"


def read(rendered: Path, page: str) -> str:
    """The HTML of a page of the edition."""
    return (rendered / "en" / "2026" / page / "index.html").read_text(encoding="utf-8")


# The renderer.


def test_the_rendered_site_has_no_fault(rendered: Path) -> None:
    """Pages in three scripts, a table and a figure: every link leads somewhere on this host."""
    assert find_faults(rendered, "/rivers/") == []


def test_pages_say_their_language_and_address(rendered: Path) -> None:
    """The page of `latest` names the edition's own page as the one to cite."""
    address = '<link rel="canonical" href="https://example.org/rivers/en/2026/lists/long/">'

    assert '<html lang="en"' in read(rendered, "lists/long")
    assert address in read(rendered, "lists/long")
    copy = rendered / "en" / "latest" / "lists" / "long" / "index.html"
    assert address in copy.read_text(encoding="utf-8")


def test_no_title_is_markup(rendered: Path) -> None:
    """The theme puts titles into elements and attributes as they are, so they come escaped."""
    page = read(rendered, "lists/long")
    names = set(re.findall(r'<a [^>]*aria-label="(Rivers[^"]*)"', page))

    assert {html.unescape(name) for name in names} == {NAME}
    assert "<b id" not in page
    assert html.unescape(re.findall(r"<title>(.*?)</title>", page)[0]) == f"Long - {NAME}"


def test_navigation_shows_every_page_on_every_page(rendered: Path) -> None:
    """From anywhere a reader sees all sections, the way back up, and the pages before and after."""
    page = read(rendered, "lists/long")

    for words in ("Home", "Река", "Lists", "Long"):
        assert re.search(rf'class="md-ellipsis">\s*{words}\s*</span>', page), words
    assert 'class="md-path"' in page
    assert 'class="md-footer__link md-footer__link--prev"' in page


def test_what_is_wrong_below_a_folder_is_gone(rendered: Path) -> None:
    """No second 404 page or site map, no image of the theme, no source map is published."""
    edition = rendered / "en" / "2026"

    for name in (*site.UNWANTED, "assets/images"):
        assert not (edition / name).exists()
    assert list(edition.rglob("*.map")) == []
    code = b"".join(path.read_bytes() for path in edition.rglob("*.js"))
    assert b"sourceMappingURL" not in code


def test_numbers_stand_at_the_right_without_a_style_attribute(rendered: Path) -> None:
    """The policy forbids style attributes, so a column's side is a class."""
    assert '<td class="align-right">1</td>' in read(rendered, "lists")


def test_figures_do_not_reach_the_search(rendered: Path) -> None:
    """The index holds words and no drawing."""
    index = json.loads((rendered / "en/2026/search/search_index.json").read_text("utf-8"))

    text = json.dumps(index, ensure_ascii=False)
    assert "Вода течёт" in text
    assert "figcaption" not in text
    assert "M0 0" not in text


def test_a_figure_stands_in_its_place_as_it_is(rendered: Path) -> None:
    """No part of a figure is read as Markdown or as a pattern, and code that shows one stays."""
    page = read(rendered, "")
    assert f"<p>Words.</p>\n{FIGURE}\n\n<p>More words.</p>" in page
    assert "data-figure" not in page
    assert '<code>&lt;div data-figure="code"&gt;' in read(rendered, "lists/long")


def test_the_policy_names_every_inline_script_and_nothing_more(rendered: Path) -> None:
    """Each page opens with its policy; a script planted later would not run."""
    for path in sorted((rendered / "en").rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        policy = re.search(r'<head>\s*<meta charset="utf-8"><meta http-equiv="([^>]*)">', page)
        assert policy is not None, path
        scripts = set(re.findall(r"<script>(.*?)</script>", page, re.DOTALL))
        assert policy[1].count("'sha256-") == len(scripts)
        assert "unsafe" not in policy[1]
        assert "http:" not in policy[1]
        assert " onload=" not in page


def test_a_script_among_the_words_is_not_allowed_to_run() -> None:
    """Only the theme's own scripts are named by the policy."""
    page = '<meta charset="utf-8"><script>a</script><article><script>b</script></article>'

    # Of `a` alone: base64(sha256("a")).
    assert "'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='" in add_policy(page)
    assert add_policy(page).count("sha256-") == 1


def test_another_clock_zone_and_hash_seed_give_the_same_bytes(
    rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of the machine gets into a page: another folder, zone, language and seed."""
    for name, value in (("TZ", "Asia/Tokyo"), ("LC_ALL", "C"), ("PYTHONHASHSEED", "7")):
        monkeypatch.setenv(name, value)

    again = render(make_source(), tmp_path / "elsewhere" / "deep")

    edition = rendered / "en" / "2026"
    files = sorted(p.relative_to(edition) for p in edition.rglob("*") if p.is_file())
    assert files == sorted(p.relative_to(again) for p in again.rglob("*") if p.is_file())
    differing = [f for f in files if (edition / f).read_bytes() != (again / f).read_bytes()]
    assert differing == []


def test_a_warning_of_the_renderer_ends_the_build(tmp_path: Path) -> None:
    """A dead link, an absolute one and a missing anchor are all told, without the workspace."""
    words = {"index.md": "# A\n\n[x](no.md) [y](/abs/) [z](#no)\n"}
    source = make_source(words, navigation=["index.md"])

    with Renderer("mkdocs") as mkdocs:
        start_render(mkdocs, source, SETTINGS, THEME, tmp_path / "w")
        with pytest.raises(WriteFailed) as found:
            mkdocs.wait()

    said = str(found.value)
    assert said.startswith("mkdocs could not render the site (status 1):\n  WARNING")
    assert "'no.md'" in said
    assert "'/abs/'" in said
    assert "'#no'" in said
    assert "Aborted with 3 warnings" in said
    assert str(tmp_path) not in said


# A renderer that misbehaves.


def start_fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str) -> Renderer:
    """A renderer, at work already, that is a module with this code."""
    name = f"renderer_{re.sub('[^a-z]', '', tmp_path.name)}"
    (tmp_path / f"{name}.py").write_text(code)
    monkeypatch.syspath_prepend(tmp_path)
    path = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    monkeypatch.setattr(renderer, "_SERVER", path + renderer._SERVER)
    fake = Renderer(name)
    start_render(fake, make_source(), SETTINGS, THEME, tmp_path / "work")
    return fake


def test_a_renderer_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its time the renderer is killed and the build says so."""
    monkeypatch.setattr(renderer, "TIMEOUT", 0.3)

    with (
        start_fake(tmp_path, monkeypatch, "import time; time.sleep(60)") as fake,
        pytest.raises(WriteFailed, match=r"did not end within 0\.3 seconds"),
    ):
        fake.wait()

    assert fake.process.poll() is not None


def test_one_renderer_renders_one_site_after_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that fails does not touch the next, and each has its own folder and clock."""
    code = (
        "import os, pathlib, sys\n"
        "pathlib.Path('said').write_text(os.environ['SOURCE_DATE_EPOCH'])\n"
        "sys.exit('no' if pathlib.Path('bad').exists() else None)\n"
    )
    with start_fake(tmp_path, monkeypatch, code) as fake:
        fake.wait()
        for name, clock in (("bad", 1), ("good", 2)):
            (tmp_path / name).mkdir()
            (tmp_path / name / name).touch()
            fake.start(tmp_path / name, [], tmp_path / name / "log", clock)
            if name == "bad":
                with pytest.raises(WriteFailed, match="could not render"):
                    fake.wait()
            else:
                fake.wait()

    assert (tmp_path / "bad" / "said").read_text() == "1"
    assert (tmp_path / "good" / "said").read_text() == "2"


def test_only_the_last_lines_of_a_long_complaint_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twelve lines are enough to act on; progress lines are none of them."""
    code = "for n in range(40): print('INFO x') or print('line', n)\nraise SystemExit(1)"

    with start_fake(tmp_path, monkeypatch, code) as fake, pytest.raises(WriteFailed) as found:
        fake.wait()

    lines = str(found.value).split("\n")
    assert lines[1:] == [f"  line {n}" for n in range(28, 40)]


KILLED = """
import sys
sys.path[:0] = [project, folder]
from pathlib import Path
from report import renderer
from report.site import start_render
from tests.test_site import SETTINGS, THEME, make_source
renderer._SERVER = f"import sys; sys.path.insert(0, {folder!r})" + renderer._SERVER
sleeper = renderer.Renderer("sleeper")
start_render(sleeper, make_source(), SETTINGS, THEME, Path(folder, "w"))
sleeper.wait()
"""


def test_a_renderer_that_breaks_down_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An editor sees what happened, and no traceback of a program that is not theirs."""
    code = "def write():\n    raise OSError(28, 'No space left on device', 'rendered/x')\nwrite()\n"

    with start_fake(tmp_path, monkeypatch, code) as fake, pytest.raises(WriteFailed) as found:
        fake.wait()

    assert str(found.value).split("\n")[1:] == [
        "  OSError: [Errno 28] No space left on device: 'rendered/x'"
    ]


def test_a_renderer_dies_with_the_build(tmp_path: Path) -> None:
    """A build that is killed leaves no renderer behind that writes into its folder."""
    note = tmp_path / "pid"
    (tmp_path / "sleeper.py").write_text(
        "import os, time, pathlib\n"
        f"pathlib.Path({str(note)!r}).write_text(f'{{os.getpid()}}.')\n"
        "time.sleep(60)\n"
    )
    values = f"project, folder = {str(PROJECT)!r}, {str(tmp_path)!r}"
    with subprocess.Popen([sys.executable, "-c", values + KILLED]) as parent:
        written = wait_until(lambda: note.is_file() and note.read_text().endswith("."))
        parent.kill()

    assert written
    assert wait_until(lambda: not is_running(int(note.read_text()[:-1])))


def wait_until(holds: Callable[[], bool]) -> bool:
    """Whether something comes to hold within some seconds."""
    deadline = time.monotonic() + 10
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_running(pid: int) -> bool:
    """Whether a process runs; one that has ended and is not yet asked for does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_a_renderer_that_is_not_there_is_said() -> None:
    """The name and the option, not a traceback."""
    with pytest.raises(WriteFailed, match="the renderer nosuch is not installed; choose another"):
        Renderer("nosuch")


@pytest.mark.parametrize(
    "text", ["- x\n", "site_name: x\n", "theme: [\n", "theme: material\n", "\t", "é\x00"]
)
def test_settings_that_are_none_are_said(tmp_path: Path, text: str) -> None:
    """A broken mkdocs.yml is named."""
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")

    with pytest.raises(WriteFailed, match=r"mkdocs\.yml: these are no settings of the renderer"):
        start_render(IDLE, make_source(), tmp_path / "mkdocs.yml", THEME, tmp_path / "w")


def test_missing_settings_are_said(tmp_path: Path) -> None:
    """A mkdocs.yml that is not there is named too."""
    with pytest.raises(WriteFailed, match=r"mkdocs\.yml: No such file"):
        start_render(IDLE, make_source(), tmp_path / "mkdocs.yml", THEME, tmp_path / "w")


# Finishing.


def finish(tmp_path: Path, html: str, figures: Mapping[str, Mapping[str, str]]) -> str:
    """The page `x/` after finishing."""
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / "index.html").write_text(html, encoding="utf-8")
    finish_pages(tmp_path, make_source(files={}), figures)
    return (tmp_path / "x" / "index.html").read_text(encoding="utf-8")


PLACE = '<div data-figure="{}"></div>'


def test_a_place_left_over_ends_the_build(tmp_path: Path) -> None:
    """No page goes out with a hole."""
    with pytest.raises(WriteFailed, match=r"x/index\.html: there is no figure 'b' for its place"):
        finish(tmp_path, PLACE.format("a") + PLACE.format("b"), {"x/": {"a": "A"}})


def test_a_place_given_twice_ends_the_build(tmp_path: Path) -> None:
    """A figure stands once: its ids would be there twice."""
    with pytest.raises(WriteFailed, match="there is no figure 'a' for its place"):
        finish(tmp_path, PLACE.format("a") * 2, {"x/": {"a": "A"}})


def test_a_figure_without_place_ends_the_build(tmp_path: Path) -> None:
    """No figure is drawn for nothing."""
    with pytest.raises(WriteFailed, match=r"x/index\.html: no place for the figure a, b"):
        finish(tmp_path, "<p>x</p>", {"x/": {"a": "A", "b": "B"}})


def test_a_figure_of_a_page_that_is_not_there_ends_the_build(tmp_path: Path) -> None:
    """A wrong address is no reason to drop a figure silently."""
    with pytest.raises(WriteFailed, match=r"pages that do not exist: \['y/'\]"):
        finish(tmp_path, "<p>x</p>", {"y/": {"a": "A"}})


def test_a_place_inside_a_figure_is_only_text(tmp_path: Path) -> None:
    """A figure's HTML is not looked through for more places."""
    inner = PLACE.format("b")

    assert finish(tmp_path, PLACE.format("a"), {"x/": {"a": inner}}) == inner


def test_versions_are_told_newest_first(tmp_path: Path) -> None:
    """The list that the version menu reads, in the same order whatever came first."""
    editions = [("2025", "2025 edition"), ("2026", "2026 edition"), ("2025-r1", "revised")]
    write_versions(tmp_path, editions, "2026")

    told = json.loads((tmp_path / "versions.json").read_text())
    assert told == [
        {"version": "2026", "title": "2026 edition", "aliases": ["latest"]},
        {"version": "2025-r1", "title": "revised", "aliases": []},
        {"version": "2025", "title": "2025 edition", "aliases": []},
    ]


# The settings.


def test_the_settings_ask_for_nothing_that_reads_text_again() -> None:
    """No plugin but search, no hook, no snippets and no macros; no font of another host."""
    settings = YAML(typ="safe", pure=True).load(SETTINGS.read_text(encoding="utf-8"))

    assert settings["plugins"] == ["search"]
    assert "hooks" not in settings
    assert settings["theme"]["font"] is False
    names = [n if isinstance(n, str) else next(iter(n)) for n in settings["markdown_extensions"]]
    assert not [name for name in names if "snippets" in name or "macros" in name]
    for group in settings["validation"].values():
        assert set(group.values()) == {"warn"}
    assert "navigation.instant" not in settings["theme"]["features"]


@pytest.mark.parametrize(
    ("address", "fitted"),
    [
        ('<a href="../data/#a">', '<a href="data/#a">'),
        ('<img src="../../x.svg">', '<img src="../x.svg">'),
        ('<a href="./#a">', '<a href="#a">'),
        ('<a href="./">', '<a href="a/">'),
        ('<a href="#a">', '<a href="#a">'),
        ('<a href="https://a.test/../b">', '<a href="https://a.test/../b">'),
        ("[a](../data/)", "[a](data/)"),
        ("[a](../status/scale.md#b)", "[a](../status/scale.md#b)"),
        ("so ../ it stands", "so ../ it stands"),
        ('<a href="pages.csl.json">', '<a href="a/pages.csl.json">'),
        ("[a](b.md)", "[a](b.md)"),
        ('<a href="mailto:a@b.test">', '<a href="mailto:a@b.test">'),
    ],
)
def test_a_renderer_that_moves_addresses_is_given_them_moved_back(
    address: str, fitted: str
) -> None:
    """Zensical puts one folder up before addresses of pages that have a folder of their own."""
    assert site._fit_addresses("zensical", "pathways/a.md", address) == fitted
    assert site._fit_addresses("zensical", "pathways/index.md", address) == address
    assert site._fit_addresses("mkdocs", "pathways/a.md", address) == address


def test_a_renderer_with_a_run_that_nobody_waited_for_is_not_ready(tmp_path: Path) -> None:
    """A next run would take that one's answer for its own."""
    with Renderer("mkdocs") as mkdocs:
        before = mkdocs.stands_ready
        start_render(mkdocs, make_source(), SETTINGS, THEME, tmp_path)
        meanwhile = mkdocs.stands_ready
        mkdocs.wait()
        after = mkdocs.stands_ready

    assert (before, meanwhile, after, mkdocs.stands_ready) == (True, False, True, False)
