"""A report in a git repository with a bare remote, for tests of what publishes it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.asides import build_once
from tests.commands import run_here
from tests.examples import PROJECT, SECOND
from tests.sharing import make_once

NOON = "1795521600"
"""24 November 2026, 12:00 UTC."""
REVISION = """revisions:
  - day: 2026-11-24
    reason: correction
    what: A sentence on the method was added.
    conclusion_changed: false
"""


class Clone:
    """A clone of the second report in two editions, 2024 and 2026, that can be published."""

    def __init__(self, folder: Path, model: Clone | None = None) -> None:
        """A new clone, or a copy of one that was made before."""
        self._lie_in(folder)
        if model is not None:
            shutil.copytree(model.root, self.root)
            shutil.copytree(model.bare, self.bare)
            self.git("remote", "set-url", "origin", str(self.bare))
            return
        shutil.copytree(SECOND, self.root)  # makes the folder as well
        self._add_older()
        subprocess.run(["git", "init", "-q", "--bare", str(self.bare)], check=True)
        self.git("init", "-q", "-b", "main")
        self.git("config", "user.name", "Editor")
        self.git("config", "user.email", "editor@example.org")
        self.git("remote", "add", "origin", str(self.bare))
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Begin")
        self.git("push", "-q", "origin", "main")

    def _lie_in(self, folder: Path) -> None:
        self.root, self.bare = folder / "clone", folder / "remote.git"

    @classmethod
    def find(cls, folder: Path) -> Clone:
        """The one that lies in a folder."""
        found = cls.__new__(cls)
        found._lie_in(folder)
        return found

    def _add_older(self) -> None:
        """An older edition of the same words, without the numbers that it could not know."""
        words = self.root / "site_src"
        shutil.copytree(words / "2026", words / "2024")
        (self.root / "data/editions/2024.yml").write_text(
            'id: "2024"\ncut_off: 2026-06-29\nreleased: 2026-07-01\ntitle: Edition 2024\n',
            encoding="utf-8",
        )

    def git(self, *arguments: str, folder: Path | None = None) -> str:
        """What git says."""
        done = subprocess.run(
            ["git", *arguments], cwd=folder or self.root, capture_output=True, text=True, check=True
        )
        return done.stdout.strip()

    def build(
        self,
        *arguments: str,
        environment: Mapping[str, str] | None = None,
        apart: bool = False,
    ) -> tuple[int, str, str]:
        """Status, output and complaints of a command as typed, in this process or one `apart`."""
        arguments = (*arguments, "--root", str(self.root))
        variables = {**self.variables(), **(environment or {})}
        if not apart:
            return run_here(*arguments, environment=variables)
        done = subprocess.run(
            [sys.executable, "build.py", *arguments],
            cwd=PROJECT,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr

    @staticmethod
    def variables() -> dict[str, str]:
        """The machine's, without what it knows of who commits."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        own = {"SOURCE_DATE_EPOCH": NOON, "GIT_CONFIG_GLOBAL": os.devnull}
        return kept | own | {"GIT_CONFIG_SYSTEM": os.devnull}

    def freeze(self, name: str) -> None:
        """Freeze an edition, and commit that."""
        status, said, complaint = self.build("edition", "freeze", name)
        assert status == 0, said + complaint
        self.commit(f"Freeze {name}")

    def commit(self, subject: str) -> None:
        """Commit whatever has changed."""
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", subject)

    def revise(self, name: str) -> None:
        """Declare a revision of an edition, change its words, and freeze it again."""
        path = self.root / f"data/editions/{name}.yml"
        path.write_text(path.read_text(encoding="utf-8") + REVISION, encoding="utf-8")
        self.rewrite(name)
        self.freeze(name)

    def rewrite(self, name: str) -> None:
        """Add a sentence to an edition's words."""
        words = self.root / f"site_src/{name}/en/method.md"
        text = words.read_text(encoding="utf-8")
        words.write_text(
            text.replace("{% endblock %}", "Said.\n{% endblock %}", 1), encoding="utf-8"
        )

    def tip(self, branch: str = "gh-pages", *, here: bool = False) -> str:
        """The commit at which the branch stands; empty where there is none."""
        folder = self.root if here else self.bare
        command = ["git", "rev-parse", "--verify", "--quiet", f"refs/heads/{branch}"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def files(self, commit: str = "gh-pages") -> dict[str, str]:
        """Hashes of all files of a commit at the remote, by path."""
        listed = self.git("ls-tree", "-r", commit, folder=self.bare).splitlines()
        return {line.split("\t")[1]: line.split()[2] for line in listed}


def freeze_both(factory: pytest.TempPathFactory) -> Clone:
    """A clone in which both editions are frozen; it is there to be copied."""

    def freeze(folder: Path) -> None:
        clone = Clone(folder)
        with build_once(factory):  # test_releases.py rebuilds elsewhere
            for name in ("2024", "2026"):
                clone.freeze(name)

    return Clone.find(make_once(factory, "frozen-clone", freeze))


def commit_on_branch(clone: Clone, folder: Path, path: str, text: str) -> None:
    """A commit of somebody else on the branch of pages."""
    if clone.tip():
        clone.git("clone", "-q", "-b", "gh-pages", str(clone.bare), str(folder))
    else:
        clone.git("init", "-q", "-b", "gh-pages", str(folder))
        clone.git("remote", "add", "origin", str(clone.bare), folder=folder)
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text)
    clone.git("add", "-A", folder=folder)
    who = ("-c", "user.name=Other", "-c", "user.email=other@example.org")
    clone.git(*who, "commit", "-q", "-m", "Other", folder=folder)
    clone.git("push", "-q", "origin", "gh-pages", folder=folder)
