"""The house keeps its laws: one way of flow, few doors to the world, no subject in the machine."""

from __future__ import annotations

import ast
import csv
import json
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from importlinter import cli

from tests.examples import PROJECT

DOORS = {
    *(
        "cli",
        "options",
        "endings",
        "build",
        "volumes",
        "serving",
        "site",
        "renderer",
        "fonts",
        "drawing",
        "plates",
        "workshop",
    ),
    *("bundles", "handouts", "engraving", "licences"),
    *(
        "composition",
        "memories",
        "enclosures",
        "reading",
        "writing",
        "inventories",
        "takeovers",
        "asides",
        "interrupts",
        "links",
        "lettering",
        "keeping",
    ),
    *("typefaces", "binding"),
    *("impressions", "warming", "crews", "spools"),
    *("errands", "previews", "visits"),
    *("comparing", "checkouts"),
    *("editorial", "beginnings", "releases", "publishing", "repositories", "scratch"),
}
"""Modules that may touch files, processes, the network or the clock."""
WORLDLY = {
    *("os", "shutil", "subprocess", "socket", "tempfile", "pathlib", "glob", "io.open", "mmap"),
    *("http", "urllib.request", "ssl", "asyncio", "threading", "multiprocessing", "concurrent"),
    *("time", "random", "secrets", "uuid", "locale", "logging", "signal"),
}
"""Standard modules through which a pure function would reach outside."""
WORLDLY_CALLS = {
    *("open", "input", "print", "exec", "eval", "breakpoint", "__import__"),
    *("datetime.now", "datetime.today", "datetime.utcnow", "date.today", "dt.date.today"),
}
LONGER = {"report/model.py": 450}
"""Modules that may be longer: declarations with a docstring under every field."""
MODULES = sorted((PROJECT / "report").rglob("*.py"))
PURE = [path for path in MODULES if path.stem not in DOORS or path.parent.name != "report"]


def name(path: Path) -> str:
    """A file's path within the project."""
    return path.relative_to(PROJECT).as_posix()


@lru_cache
def list_tracked() -> tuple[str, ...]:
    """Files that git keeps."""
    command = ["git", "ls-files", "-z"]
    result = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return tuple(path for path in result.stdout.split("\0") if path and (PROJECT / path).is_file())


def test_modules_import_only_what_lies_below_them() -> None:
    """The contracts of pyproject.toml hold."""
    config = str(PROJECT / "pyproject.toml")

    assert cli.lint_imports(config_filename=config, no_cache=True) == 0


def test_every_module_has_its_layer() -> None:
    """A new room gets its place in the house."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    layers = next(contract["layers"] for contract in contracts if contract["type"] == "layers")
    placed = {module.strip() for layer in layers for module in layer.split("|")}

    rooms = {path for path in (PROJECT / "report").iterdir() if not path.name.startswith("_")}
    assert placed == {f"report.{room.stem}" for room in rooms}


def find_imports(tree: ast.Module) -> Iterator[str]:
    """Names of the modules that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", PURE, ids=name)
def test_a_pure_module_does_not_touch_the_world(path: Path) -> None:
    """No file, process, network, clock or chance but through the doors."""
    tree = ast.parse(path.read_text())
    imports = {module for module in find_imports(tree) if is_worldly(module)}
    calls = {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}

    assert imports == set()
    assert calls & WORLDLY_CALLS == set()
    assert not {call for call in calls if re.search(r"\.(write_text|write_bytes|unlink)$", call)}


def is_worldly(module: str) -> bool:
    """Whether a module, or the package it lies in, reaches outside."""
    return any(module == world or module.startswith(f"{world}.") for world in WORLDLY)


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_a_module_says_what_it_knows_and_stays_small(path: Path) -> None:
    """A docstring, at most 350 lines, no name that means anything or nothing."""
    text = path.read_text()
    most = LONGER.get(name(path), 350)

    assert ast.get_docstring(ast.parse(text))
    assert len(text.splitlines()) <= most
    assert path.stem not in {"utils", "helpers", "common", "misc", "manager", "base", "core"}


def test_only_one_module_declares_text_safe() -> None:
    """`Markup(` stands in report/text.py, and no template unescapes."""
    declaring = [name(path) for path in MODULES if "Markup(" in path.read_text()]
    words = [PROJECT / "templates", PROJECT / "site_src", PROJECT / "tests" / "second_report"]
    templates = [path for folder in words for path in folder.rglob("*") if path.is_file()]
    texts = {name(path): path.read_bytes() for path in templates}

    assert declaring == ["report/text.py"]
    assert [path for path, text in texts.items() if re.search(rb"\|\s*safe\b", text)] == []


def list_subject_words() -> set[str]:
    """Ids of the project's own report that cannot stand in the machine by chance."""
    words = set()
    for path in ("data/series.csv", "data/framework/pages.csv", "data/framework/measures.csv"):
        with (PROJECT / path).open(newline="") as table:
            words |= {row["id"] for row in csv.DictReader(table)}
    return {word for word in words if re.search(r"[._-]", word)}


def test_the_machine_does_not_know_its_subject() -> None:
    """Neither code nor forms name a country, a place, a page or a series of the report."""
    subject = re.compile(
        r"\b(?:china|chinese|prc|russia|russian|beijing|moscow|kremlin|yuan|renminbi|rouble|ruble"
        r"|cny|rub|eaeu|eurasian|brics|belt and road|heilongjiang|gazprom|huawei)\b",
        re.IGNORECASE,
    )
    ids = list_subject_words()
    found = []
    for path in [*MODULES, *(PROJECT / "templates").rglob("*.jinja"), PROJECT / "build.py"]:
        # A script is no subject.
        text = path.read_text().replace("Chinese characters", "")
        found += [f"{name(path)}: {word}" for word in subject.findall(text)]
        tokens = set(re.findall(r"[a-z][a-z0-9]*(?:[._-][a-z0-9]+)+", text))
        found += [f"{name(path)}: {word}" for word in sorted(tokens & ids)]

    assert found == []


def test_the_second_report_has_no_code_and_no_forms() -> None:
    """Another subject is data and words only."""
    files = [path for path in (PROJECT / "tests" / "second_report").rglob("*") if path.is_file()]

    assert {path.suffix for path in files} == {".md", ".csv", ".yml"}


def test_the_renderer_only_renders() -> None:
    """Search is the only plugin; nothing re-reads text of the data as instructions."""
    settings = (PROJECT / "mkdocs.yml").read_text()
    lines = [line for line in settings.splitlines() if not line.lstrip().startswith("#")]
    plugins = re.search(r"^plugins:\n((?:[ ]+.*\n)+)", settings, re.MULTILINE)

    assert plugins is not None
    assert plugins[1].split() == ["-", "search"]
    for word in ("snippets", "macros", "hooks:", "!!python"):
        assert not any(word in line for line in lines), word


@pytest.mark.parametrize(
    "secret",
    [
        r"(?<![\w.\-/])/(?:home|root|work|Users|tmp/[a-z])/",
        r"\bregistry=",
    ],
)
def test_no_tracked_file_knows_a_machine(secret: str) -> None:
    """The project builds the same wherever it lies."""
    pattern = re.compile(secret)
    found = []
    for path in set(list_tracked()) - {name(Path(__file__))}:
        text = (PROJECT / path).read_bytes().decode(errors="replace")
        found += [f"{path}: {match[0]}" for match in pattern.finditer(text)]

    assert sorted(found) == []


def test_locks_hold_names_versions_and_hashes_alone() -> None:
    """No option and no address: the project builds the same wherever packages come from."""
    locks = [path for path in list_tracked() if re.search(r"requirements[\w-]*\.txt$", path)]
    lines = [line for path in locks for line in (PROJECT / path).read_text().splitlines()]
    known = re.compile(
        r"[a-z0-9._-]+==\S+( ;.*)?( \\)?|    --hash=sha256:[0-9a-f]{64}( \\)?| *#.*|"
    )
    packages = [path for path in list_tracked() if path.endswith("package-lock.json")]
    entries = [
        entry
        for path in packages
        for entry in json.loads((PROJECT / path).read_text())["packages"].values()
    ]

    assert len(locks) > 3
    assert len(packages) > 1
    assert [line for line in lines if not known.fullmatch(line)] == []
    assert [entry for entry in entries if "resolved" in entry] == []
