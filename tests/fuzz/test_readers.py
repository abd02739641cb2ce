"""Any bytes and any texts give values, or problems with a place: never a traceback, never a hang.

Texts are made from what each reader knows, so that they come further than noise does: rows with the
right columns, documents with the right keys, expressions with the right functions. What was once
found stands as an example. `HYPOTHESIS_PROFILE=long` tries far more.
"""

from __future__ import annotations

import csv
import io
import json
import re
import tempfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from report.cells import CellError, Reader, read_words
from report.checking import check_facts
from report.documents import parse_document
from report.environment import find_template_problems, make_environment
from report.facts import parse_facts
from report.languages import parse_catalogue
from report.manifests import (
    Manifest,
    check_inputs,
    name_manifest,
    parse_manifests,
    write_manifest,
)
from report.periods import parse_period
from report.problems import DataProblems, Problem
from report.proofreading import check_text
from report.reading import read_texts
from report.shapes import OBSERVATION_COLUMNS, OBSERVATION_READERS, SHAPES
from report.statements import parse_span
from report.text import find_faults
from tests.examples import TODAY, read_data

IN_TIME = settings(deadline=timedelta(seconds=5))
"""Far more than any reader may take, and far less than a hang."""
WHOLE = settings(IN_TIME, max_examples=max(10, settings().max_examples // 5))
"""For what judges a whole report each time."""
SIGNS = st.text("0123456789-/.QHlatest:TZ+eE_ \u0663\uff11\u2212\u00a0\n", max_size=14)
WORDS = st.one_of(st.text(max_size=30), SIGNS, st.sampled_from(["", "a", "2020", "0.5", "no", "-"]))
LEAVES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=12), SIGNS
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=6), inner, max_size=3)
    ),
    max_leaves=5,
)
DOCUMENTS = sorted(path for path in read_data() if path.endswith(".yml"))
TABLES = sorted(path for path in read_data() if path.endswith(".csv"))


def judge(texts: Mapping[str, str]) -> list[Problem]:
    """Everything that is wrong with data; each problem has a code and a place in a file."""
    try:
        check_facts(parse_facts(texts), TODAY)
    except DataProblems as refused:
        problems = list(refused.problems)
    else:
        return []
    for problem in problems:
        assert re.fullmatch(r"E\d{3}", problem.code)
        assert problem.place.file
        assert problem.place.line >= 1
        assert problem.place.column >= 1
    return problems


@IN_TIME
@given(st.binary(max_size=200) | st.text(max_size=80).map(lambda t: t.encode("utf-16")))
@example(b"\xef\xbb\xbfa")
@example(b"\xff\xfe")
@example("\u0420\u043e\u0441\u0441\u0438\u044f".encode("cp1251"))
@example("\u4e2d\u56fd".encode("gb18030"))
@example(b"\xed\xa0\x80")
@example(b"a\rb\0\r\n")
def test_any_bytes_of_a_file_are_read_or_refused(content: bytes) -> None:
    """A file of any encoding."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "data").mkdir()
        (Path(folder) / "data" / "units.csv").write_bytes(content)
        texts = read_texts(Path(folder), "data")

    assert texts.by_path or texts.problems
    for problem in texts.problems:
        assert (problem.place.file, problem.place.line >= 1) == ("data/units.csv", True)
    judge(texts.by_path)


@IN_TIME
@given(SIGNS | st.text(max_size=12))
@example("0000")
@example("9999-12")
@example("2020-02-30")
@example("0000-H1")
def test_any_period_and_span_is_one_or_is_refused(text: str) -> None:
    """Nothing but a ValueError, and what is read is written the same."""
    for parse in (parse_period, parse_span):
        try:
            read: Any = parse(text)
        except ValueError:
            continue
        if parse is parse_period:
            assert str(read) == text


@IN_TIME
@given(
    st.sampled_from(
        [r for _, shape in SHAPES.values() for r in shape.readers.values()]
        + [*OBSERVATION_READERS.values(), read_words]
    ),
    WORDS,
)
@example(OBSERVATION_READERS["value"], "1" * 4000)
@example(OBSERVATION_READERS["published"], "0000-00-00")
def test_any_cell_is_read_or_refused(reader: Reader, cell: str) -> None:
    """Nothing but a CellError, which says what to write."""
    refusal = CellError("E000", "nothing", "nothing")
    try:
        reader(cell)
    except CellError as error:
        refusal = error

    assert all((refusal.code, refusal.what, refusal.remedy))


@WHOLE
@given(st.sampled_from(TABLES), st.data())
def test_a_row_of_any_cells_is_kept_or_refused(path: str, data: st.DataObject) -> None:
    """One row of a table is changed, in one cell or in all, beside all the others."""
    rows = list(csv.reader(io.StringIO(read_data()[path]), strict=True))
    row = data.draw(st.integers(1, len(rows) - 1))
    if data.draw(st.booleans()):
        rows[row][data.draw(st.integers(0, len(rows[0]) - 1))] = data.draw(WORDS)
    else:
        rows[row] = data.draw(st.lists(WORDS, min_size=1, max_size=len(rows[0]) + 1))
    target = io.StringIO()
    csv.writer(target, lineterminator="\n").writerows(rows)

    judge({**read_data(), path: target.getvalue()})


@WHOLE
@given(st.sampled_from(["data/observations/x.csv", *TABLES]), st.text('a,"\n;\t1-', max_size=60))
def test_any_text_of_a_table_is_read_or_refused(path: str, text: str) -> None:
    """Below the right header, and without one."""
    header = ",".join(OBSERVATION_COLUMNS) if "/x.csv" in path else read_data()[path].split("\n")[0]

    judge({**read_data(), path: text})
    judge({**read_data(), path: f"{header}\n{text}"})


def list_paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path of every part of a document."""
    found = [at]
    if isinstance(value, dict | list):
        for key, part in value.items() if isinstance(value, dict) else enumerate(value):
            found += list_paths(part, (*at, key))
    return found


def replace_part(value: Any, data: st.DataObject) -> Any:
    """A document one part of which is another, is gone, or has another one beside it."""
    at = data.draw(st.sampled_from(list_paths(value)))
    new = data.draw(VALUES)
    if not at:
        return new
    within = value
    for key in at[:-1]:
        within = within[key]
    if data.draw(st.booleans()) and isinstance(within, dict):
        within[data.draw(st.text(max_size=6))] = new
    elif data.draw(st.booleans()):
        del within[at[-1]]
    else:
        within[at[-1]] = new
    return value


@WHOLE
@given(st.sampled_from(DOCUMENTS), st.data())
def test_a_document_with_any_part_is_kept_or_refused(path: str, data: st.DataObject) -> None:
    """One part of a document is replaced by anything, taken away, or joined by another key."""
    value = replace_part(parse_document(read_data()[path], path).value, data)

    judge({**read_data(), path: json.dumps(value, ensure_ascii=False) + "\n"})


@pytest.mark.parametrize("key", ["¹", "٣", "5", "9" * 5000, "a.b", "[0]", ".", "", "\u202e"])
def test_a_key_of_any_signs_is_told(key: str) -> None:
    """Cases that once were found, and their like: `¹` is a digit and no number."""
    for path in DOCUMENTS:
        value = dict(parse_document(read_data()[path], path).value)
        lists = [one for one in value.values() if isinstance(one, list)]
        for part in [value, *(one[0] for one in lists if one and isinstance(one[0], dict))]:
            part[key] = None
            problems = judge({**read_data(), path: json.dumps(value, ensure_ascii=False) + "\n"})
            del part[key]

            assert path in {problem.place.file for problem in problems}


@IN_TIME
@given(st.text("abc:-[]{}\"'|>&*!?#%@`, \n\t0.~", max_size=60))
@example("? [a]\n: 1\n")
@example("%YAML 9.9\n--- a\n")
@example("a: !!float .\n")
@example("\ud7ff: \ue000")
def test_any_yaml_is_read_or_refused(text: str) -> None:
    """A value, or problems with their lines."""
    document = parse_document(text, "d.yml")

    for problem in document.problems:
        assert problem.place.file == "d.yml"
        assert problem.place.line >= 1


PIECES = st.sampled_from(
    [
        *("{{", "}}", "{%", "%}", "{#", "#}", "|", "(", ")", "[", "]", ".", ",", "~", "'", '"'),
        *("value", "says", "rises", "figure", "block", "endblock", "for", "in", "if", "endif"),
        *("set", "include", "import", "extends", "raw", "endraw", "macro", "x", "1", "2024", "=="),
        *(" ", "\n", "<script", "three", "rose", "a.b", "__class__", "safe", "self", "loop"),
    ]
)


@IN_TIME
@given(st.lists(PIECES, max_size=14).map("".join) | st.text("{}%#|()'\" axn1\n-", max_size=40))
@example("{{ ''.__class__ }}")
@example("{% raw %}{{{% endraw %}")
@example("{% for x in range(10**9) %}")
@example("{{ 2 ** 99999999 }}")
def test_any_words_are_judged(text: str) -> None:
    """Templates of any kind: their syntax, bare numbers, words of direction; nothing runs."""
    environment = make_environment({"w.md": text})
    problems = [
        *check_text(environment, "w.md", text, "en", ()),
        *find_template_problems(environment, "w.md", text, ()),
    ]
    for problem in problems:
        assert problem.place.line >= 1
        assert problem.place.column >= 1


@IN_TIME
@given(st.text('msgidtr "\\\n#,%()s:-0x', max_size=80))
def test_any_catalogue_is_read(text: str) -> None:
    """A file of translations, of which what cannot be read is left out or refused in words."""
    assert isinstance(parse_catalogue("en", text).gettext("Trade"), str)


HASH = "0a" * 32
MANIFEST = write_manifest(
    Manifest(
        *("2026", 1),
        facts={"series/rice": HASH, "unit/t": HASH},
        words={"site_src/2026/en/index.md": HASH},
        forms={"mkdocs.yml": HASH},
        outputs={"en/index.html": HASH},
        rows={"rice bureau 2026-06-30": "2020/2025"},
        offers={"en": [{"name": "2024", "title": "Rice", "label": "", "pages": ["index.md"]}]},
    )
)
PATH = name_manifest("2026")


@IN_TIME
@given(VALUES.map(json.dumps) | st.text(max_size=40))
def test_any_text_of_a_manifest_is_refused(text: str) -> None:
    """What only the machine writes may have been touched."""
    manifests, problems = parse_manifests({PATH: text}, {"2026": 1})

    assert not manifests
    assert [(problem.place.file, problem.code) for problem in problems] == [(PATH, "E552")]
    assert "no manifest: " in problems[0].what


@IN_TIME
@given(st.data())
def test_a_manifest_with_any_part_is_read_or_refused(data: st.DataObject) -> None:
    """One part of a sound one is replaced by anything; what is read can be worked with."""
    value = replace_part(json.loads(MANIFEST), data)
    text = json.dumps(value)
    manifests, problems = parse_manifests({PATH: text}, {"2026": 1})
    assert len(manifests) + len(problems) <= 1
    for problem in problems:
        assert (problem.place.file, problem.code) == (PATH, "E552")
    for manifest in manifests.values():
        assert json.loads(write_manifest(manifest)) == value
        list(check_inputs(manifest, text, {}, {}))
    if not manifests and not problems:  # a draft again, with fewer revisions frozen than declared
        assert value["revision"] < 1


@pytest.mark.parametrize("part", [*json.loads(MANIFEST)])
def test_each_part_of_a_manifest_is_judged(part: str) -> None:
    """It is sound, and is not where a part is another: so there is something to refuse."""
    value = json.loads(MANIFEST)

    assert parse_manifests({PATH: MANIFEST}, {"2026": 1})[0].keys() == {"2026"}
    assert parse_manifests({PATH: json.dumps({**value, part: [1.5]})}, {"2026": 1})[1]


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "\u0430a" * 20_000,
        "[" * 20_000,
        "{{" * 20_000,
        "&" * 50_000,
        "e\u0301" * 20_000,
        "<" * 50_000,
        " " * 50_000,
    ],
    ids=lambda text: repr(text[:2]),
)
def test_long_texts_are_judged_in_time(text: str) -> None:
    """No pattern takes ever longer."""

    @settings(deadline=timedelta(seconds=2), max_examples=1)
    @given(st.just(text))
    def judge_long(text: str) -> None:
        list(find_faults(text))

    judge_long()
