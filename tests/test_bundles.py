"""Scripts are bundled from what npm installed, the same each time, or it is said what lacks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from report import bundles
from report.bundles import LICENCES, SCRIPTS, bundle_scripts
from report.problems import WriteFailed
from tests.examples import PROJECT

SOURCES, MODULES = PROJECT / "site_src" / "scripts", PROJECT / "node_modules"


@pytest.fixture(name="made", scope="module")
def _made() -> dict[str, bytes]:
    return bundle_scripts(SOURCES, MODULES, None)


def test_each_script_and_the_licences_are_there(made: dict[str, bytes]) -> None:
    """What waits is small; what draws weighs less than the whole of Vega does."""
    assert set(made) == {f"assets/{name}" for name in (*SCRIPTS, LICENCES)}
    assert len(made["assets/charts.js"]) < 3_000
    whole = MODULES / "vega" / "build" / "vega.min.js"
    assert len(made["assets/charts-live.js"]) < 0.8 * whole.stat().st_size


def test_the_same_scripts_give_the_same_bytes(made: dict[str, bytes], tmp_path: Path) -> None:
    """Elsewhere too, and no place of a machine is in them."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")

    assert bundle_scripts(copied, MODULES, None) == made
    for content in made.values():
        assert str(PROJECT).encode() not in content
        assert b"charts-/" not in content


def test_no_script_evaluates_text_or_shows_itself(made: dict[str, bytes]) -> None:
    """Nothing asks for a function made of text, puts Vega on the window, or keeps an address."""
    live = made["assets/charts-live.js"].decode()

    assert not re.search(r"\beval\(|\bnew Function\(|VEGA_DEBUG\s*=", live)
    assert "sourceMappingURL" not in live


def test_licences_name_what_is_in_the_scripts(made: dict[str, bytes]) -> None:
    """Vega's, the interpreter's and D3's terms go along with the notice of their authors."""
    told = made[f"assets/{LICENCES}"].decode()

    for package in ("vega-view", "vega-interpreter", "d3-shape"):
        assert re.search(rf"^{package} \d+\.\d+\.\d+ \(", told, re.MULTILINE)
    assert "Copyright" in told
    assert LICENCES in made["assets/charts-live.js"].decode()[:80]


def test_what_was_bundled_is_not_bundled_again(
    made: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is of the scripts' content: a changed script is bundled anew."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")
    cache = tmp_path / "cache"
    bundle_scripts(copied, MODULES, cache)
    with monkeypatch.context() as patched:
        patched.setattr(bundles, "_bundle", None)
        assert bundle_scripts(copied, MODULES, cache) == made
    (copied / "charts.js").write_text("document.title = 'changed';\n")

    changed = bundle_scripts(copied, MODULES, cache)
    assert b"changed" in changed["assets/charts.js"]


def test_without_npm_it_is_said_what_to_run(tmp_path: Path) -> None:
    """Before set-up, and where esbuild alone is missing."""
    with pytest.raises(WriteFailed, match=r"run `make node_modules/\.ready`"):
        bundle_scripts(SOURCES, tmp_path, None)
    (tmp_path / ".package-lock.json").write_text("{}")
    with pytest.raises(WriteFailed, match=r"run `make node_modules/\.ready`"):
        bundle_scripts(SOURCES, tmp_path, None)


def test_a_faulty_script_is_named(tmp_path: Path) -> None:
    """What esbuild says is passed on."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")
    (copied / "charts.js").write_text("let let = 1;\n")

    with pytest.raises(WriteFailed, match="cannot be bundled"):
        bundle_scripts(copied, MODULES, None)
