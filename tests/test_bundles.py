"""Scripts are bundled from what npm installed, the same each time, or it is said what lacks."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from report import bundles
from report.bundles import SCRIPTS, Bundle, bundle_scripts
from report.problems import WriteFailed
from tests.examples import PROJECT

LICENCES = "licences.txt"
SOURCES, MODULES = PROJECT / "site_src" / "scripts", PROJECT / "node_modules"


@pytest.fixture(name="made", scope="module")
def _made() -> Bundle:
    return bundle_scripts(SOURCES, MODULES, LICENCES, None)


def test_each_script_is_there(made: Bundle) -> None:
    """What waits is small; what draws weighs less than the whole of Vega does."""
    assert set(made.files) == {f"assets/{name}" for name in SCRIPTS}
    assert len(made.files["assets/charts.js"]) < 3_000
    whole = MODULES / "vega" / "build" / "vega.min.js"
    assert len(made.files["assets/charts-live.js"]) < 0.8 * whole.stat().st_size


def test_the_same_scripts_give_the_same_bytes(made: Bundle, tmp_path: Path) -> None:
    """Elsewhere too, and no place of a machine is in them."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")

    assert bundle_scripts(copied, MODULES, LICENCES, None) == made
    for content in made.files.values():
        assert str(PROJECT).encode() not in content
        assert b"charts-/" not in content


def test_no_script_evaluates_text_or_shows_itself(made: Bundle) -> None:
    """Nothing asks for a function made of text, puts Vega on the window, or keeps an address."""
    live = made.files["assets/charts-live.js"].decode()

    assert not re.search(r"\beval\(|\bnew Function\(|VEGA_DEBUG\s*=", live)
    assert "sourceMappingURL" not in live


def test_what_is_in_the_scripts_of_others_is_named(made: Bundle) -> None:
    """Vega's parts, the interpreter and D3; what a script of ours stands for is not among them."""
    assert {"vega-view", "vega-interpreter", "d3-shape"} <= set(made.packages)
    assert not {"d3-geo", "topojson-client", "esbuild"} & set(made.packages)
    assert list(made.packages) == sorted(made.packages)
    assert all(f"/*! {LICENCES} */" in one.decode()[:40] for one in made.files.values())


def test_what_was_bundled_is_not_bundled_again(
    made: Bundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is of the scripts' content: a changed script is bundled anew."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")
    cache = tmp_path / "cache"
    bundle_scripts(copied, MODULES, LICENCES, cache)
    with monkeypatch.context() as patched:
        patched.setattr(bundles, "_bundle", None)
        assert bundle_scripts(copied, MODULES, LICENCES, cache) == made
    (copied / "charts.js").write_text("document.title = 'changed';\n")

    changed = bundle_scripts(copied, MODULES, LICENCES, cache)
    assert b"changed" in changed.files["assets/charts.js"]


def test_without_npm_it_is_said_what_to_run(tmp_path: Path) -> None:
    """Before set-up, and where esbuild alone is missing."""
    with pytest.raises(WriteFailed, match=r"run `make node_modules/\.ready`"):
        bundle_scripts(SOURCES, tmp_path, LICENCES, None)
    (tmp_path / ".package-lock.json").write_text("{}")
    with pytest.raises(WriteFailed, match=r"run `make node_modules/\.ready`"):
        bundle_scripts(SOURCES, tmp_path, LICENCES, None)


def test_a_faulty_script_is_named(tmp_path: Path) -> None:
    """What esbuild says is passed on."""
    copied = shutil.copytree(SOURCES, tmp_path / "scripts")
    (copied / "charts.js").write_text("let let = 1;\n")

    with pytest.raises(WriteFailed, match="cannot be bundled"):
        bundle_scripts(copied, MODULES, LICENCES, None)


def test_editions_and_languages_share_one_run(
    tmp_path: Path, made: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is kept each would else bundle the same scripts again, until they differ."""
    copied = Path(shutil.copytree(SOURCES, tmp_path / "scripts"))
    assert bundle_scripts(copied, MODULES, LICENCES, None) == made

    monkeypatch.setattr("report.bundles.subprocess.run", None)

    assert bundle_scripts(copied, MODULES, LICENCES, None) == made
    with (copied / "charts.js").open("a") as file:
        file.write("// another\n")
    with pytest.raises(TypeError):
        bundle_scripts(copied, MODULES, LICENCES, None)
