"""Whatever editors do in whatever order, what is published stays as it was published.

Edits, revisions, freezes, publications, deletions and kills follow each other at random. Builds are
stood for by pages that hold the words they are made from: what is tested is what becomes of them.
"""

from __future__ import annotations

import contextlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from report import publishing, releases
from tests.commands import main
from tests.faults.disks import GROWING, SHRINKING, Disk, run_killed
from tests.lengths import LONG
from tests.publication import NOON, REVISION, Clone

NAMES = ("2024", "2026")
editions = st.sampled_from(NAMES)


@contextlib.contextmanager
def build_aside(given: Any, name: str) -> Iterator[Path]:
    """A site of one page that says what its edition is made from."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "en", name)
        site.mkdir(parents=True)
        words = (given.root / f"site_src/{name}/en/method.md").read_text()
        revisions = (given.root / f"data/editions/{name}.yml").read_text()
        (site / "index.html").write_text(f"<pre>{words}{revisions}</pre>")
        yield Path(folder)


class Course(RuleBasedStateMachine):
    """A report, its branch of pages, and what was published so far."""

    model: Clone
    """The report with both editions frozen and nothing published."""
    releases = 0
    """How many publications there were in all courses."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="course-"))
        self.clone = Clone(self.folder, self.model)
        self.published: dict[str, tuple[int, dict[str, str]]] = {}
        """How often each edition was revised when it was published, and its files."""
        self.edits = 0

    def teardown(self) -> None:
        """However a course went, nothing published can be overwritten at its end."""
        try:
            for name in [*self.published][-1:]:
                self.overwrite(name)
            self.index_is_consistent()
        finally:
            shutil.rmtree(self.folder)

    def run(self, *arguments: str) -> int:
        """The status of a command; a program that breaks down has none."""
        return main([*arguments, "--root", str(self.clone.root)])

    def count_revisions(self, name: str) -> int:
        """How often an edition is declared revised."""
        text = (self.clone.root / f"data/editions/{name}.yml").read_text()
        return text.count("reason:")

    def read_pages(self) -> dict[str, str]:
        """Hashes of all published files."""
        return self.clone.files() if self.clone.tip() else {}

    def read_edition(self, name: str) -> dict[str, str]:
        """Those of one edition."""
        start = f"en/{name}/"
        return {path: one for path, one in self.read_pages().items() if path.startswith(start)}

    def settle(self, name: str, revisions: int, status: int) -> None:
        """After a try to publish: what is on the branch must be what may be there."""
        found = self.read_edition(name)
        before = self.published.get(name, (-1, {}))
        if found != before[1]:
            assert status in {0, -9}, "a refused publication has changed the branch"
            assert revisions > before[0], "it was overwritten without a revision"
            self.published[name] = (revisions, found)
            Course.releases += 1

    @rule(name=editions)
    def edit(self, name: str) -> None:
        """Change the words of an edition, frozen or not."""
        words = self.clone.root / f"site_src/{name}/en/method.md"
        self.edits += 1
        words.write_text(
            words.read_text().replace(
                "{% endblock %}", f"Said {'so ' * self.edits}.\n{{% endblock %}}", 1
            )
        )

    @rule(name=editions)
    @precondition(lambda self: self.edits < 20)
    def revise(self, name: str) -> None:
        """Declare one more revision, freeze it and commit that."""
        self.declare(name)
        self.freeze(name)
        self.commit()

    @rule(name=editions)
    @precondition(lambda self: self.edits < 20)
    def declare(self, name: str) -> None:
        """Declare one more revision."""
        path = self.clone.root / f"data/editions/{name}.yml"
        more = REVISION if "revisions:" not in path.read_text() else REVISION.split("\n", 1)[1]
        path.write_text(path.read_text() + more)

    @rule(name=editions)
    def freeze(self, name: str) -> None:
        """Freeze, which a frozen edition without a revision refuses."""
        assert self.run("edition", "freeze", name) in {0, 1}

    @rule()
    def commit(self) -> None:
        """Commit all there is."""
        if self.clone.git("status", "--porcelain"):
            self.clone.commit("Work")

    @rule(name=editions)
    def delete(self, name: str) -> None:
        """Thaw an edition by stealth."""
        (self.clone.root / f"data/editions/{name}.manifest.json").unlink(missing_ok=True)

    @initialize(name=editions)
    def open(self, name: str) -> None:
        """Publish something first."""
        self.publish(name)

    @rule(name=editions)
    def publish(self, name: str) -> None:
        """Publish, which much refuses."""
        revisions = self.count_revisions(name)
        status = self.run("publish", name, "--push")
        assert status in {0, 1, 2, 3}
        self.settle(name, revisions, status)

    @rule(name=editions)
    def overwrite(self, name: str) -> None:
        """Thaw an edition, change it, freeze it anew and try to publish that as the same."""
        self.delete(name)
        self.edit(name)
        self.freeze(name)
        self.commit()
        self.publish(name)

    @rule(name=editions, moment=st.integers(0, 12))
    def kill(self, name: str, moment: int) -> None:
        """Kill a publication on its way."""
        revisions = self.count_revisions(name)
        disk = Disk(self.folder, GROWING | SHRINKING, moment)
        run_killed(disk, lambda: self.run("publish", name, "--push"))
        self.settle(name, revisions, -9)

    @rule(name=editions, moment=st.integers(0, 3))
    def kill_freeze(self, name: str, moment: int) -> None:
        """Kill a freeze on its way."""
        disk = Disk(self.clone.root, GROWING | SHRINKING, moment)
        run_killed(disk, lambda: self.run("edition", "freeze", name))

    @invariant()
    def published_bytes_stay(self) -> None:
        """Nothing but a publication of the same edition changes it."""
        for name, (_, files) in self.published.items():
            assert self.read_edition(name) == files

    @invariant()
    def index_is_consistent(self) -> None:
        """The list has the editions that are there, the newest first, which alone is the latest."""
        if not self.clone.tip():
            assert not self.published
            return
        text = self.clone.git("show", "gh-pages:en/versions.json", folder=self.clone.bare)
        listed = [(one["version"], one["aliases"]) for one in json.loads(text)]
        names = sorted(self.published, reverse=True)
        assert listed == [(name, ["latest"] if name == names[0] else []) for name in names]
        latest = {
            path.replace("/latest/", f"/{names[0]}/"): one
            for path, one in self.read_pages().items()
            if path.startswith("en/latest/")
        }
        assert latest == self.read_edition(names[0])


def test_any_course_leaves_published_editions_as_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few short courses; with HYPOTHESIS_PROFILE=long some hundred longer ones."""
    for name, value in Clone.variables().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", NOON)
    monkeypatch.setattr(releases, "build_aside", build_aside)
    monkeypatch.setattr(publishing, "build_aside", build_aside)
    monkeypatch.setattr(releases, "_compare", lambda *_: None)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    Course.model = Clone(tmp_path)
    for name in NAMES:
        assert main(["edition", "freeze", name, "--root", str(Course.model.root)]) == 0
    Course.model.commit("Freeze")
    count, steps = (500, 30) if LONG else (3, 9)
    asked = settings(
        max_examples=count,
        stateful_step_count=steps,
        deadline=None,
        database=None,
        phases=[*Phase] if LONG else [Phase.generate],
        derandomize=not LONG,
        suppress_health_check=[*HealthCheck],
    )
    Course.TestCase.settings = asked
    Course.TestCase().runTest()

    assert Course.releases >= count, "courses in which nothing is published prove nothing"
