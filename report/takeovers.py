"""Files of the earlier site that a new one takes over, where they are as it would write them.

One of the few modules that touch the outside. Such a file is linked: it is neither written nor read
again, and taking the earlier site away frees nothing of it. Nobody writes into a file of a site, so
one under two names is as good as two. Whoever does shows by the state of the file, and is told.
Knows nothing of what is in files.
"""

# ruff: noqa: PTH103, PTH108, PTH116, PTH118, PTH120
# There may be thousands of files, and an object for its path costs more than a link.

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from report.inventories import Inventory, State, recall_states, take_inventory, tell_state
from report.problems import WriteFailed


def find_earlier(site: Path, built: object, cache: Path | None = None) -> Earlier:
    """The site that stands; `built` is the hash of each file as it was built, by path.

    What was noted below `cache` of files that are in the same state still is believed.
    """
    known = recall_states(site, cache) if cache is not None else None
    found = Inventory({}, {})
    with suppress(OSError):  # something lies in it that cannot be read, or goes just now
        found = take_inventory(site, known) if built and site.is_dir() else found
    is_whole = bool(built) and found.sums == built
    return Earlier(site, found if is_whole else Inventory({}, {}), is_whole)


@dataclass(frozen=True, slots=True)
class Below:
    """What takes over files of one folder of the earlier site, by path below it."""

    earlier: Earlier
    folder: str

    def __call__(self, path: str, content: bytes, place: str) -> bool:
        """Whether a content was taken over."""
        return self.earlier.lay(f"{self.folder}/{path}", content, place)

    def lay_known(self, path: str, digest: str, place: str) -> bool:
        """Whether one was of which only the hash is known."""
        return self.earlier.lay_known(f"{self.folder}/{path}", digest, place)


@dataclass(frozen=True)
class Earlier:
    """The site that stands."""

    site: Path
    found: Inventory
    """Nothing where it is not as it was built."""
    is_whole: bool
    """Whether it is as it was built."""
    laid: dict[str, State] = field(default_factory=dict)
    """What was taken over, each in the state in which it lies in the new site."""

    def lay(self, path: str, content: bytes, place: str) -> bool:
        """Whether a file with this content was there by this path, and has got a second name."""
        state = self.found.states.get(path)
        if state is None or state[1] != len(content):
            return False
        return self.lay_known(path, hashlib.sha256(content).hexdigest(), place)

    def lay_known(self, path: str, digest: str, place: str) -> bool:
        """The same of a content of which only the hash is known."""
        return self.found.sums.get(path) == digest and self._link(path, place)

    def lay_folder(self, folder: str, staging: Path) -> None:
        """Take over all of a folder; raises WriteFailed where one of its files was touched."""
        made = ""
        for path in self.found.sums:
            if path.startswith(f"{folder}/"):
                place = str(staging / path)
                if (parent := os.path.dirname(place)) != made:
                    os.makedirs(parent, exist_ok=True)
                    made = parent
                if not self._link(path, place):
                    self._copy(path, place)

    def copy_within(self, staging: Path) -> Callable[[str, str], object]:
        """What copies a file of the new site; it is linked where the earlier one has the copy."""

        def copy(source: str, place: str) -> object:
            path = os.path.relpath(source, staging)
            is_untouched = self.laid.get(path) == tell_state(os.stat(source))
            digest = self.found.sums[path] if is_untouched else ""
            is_laid = digest and self.lay_known(os.path.relpath(place, staging), digest, place)
            return place if is_laid else shutil.copy2(source, place)

        return copy

    def _link(self, path: str, place: str) -> bool:
        """Whether an untouched file has got a second name; False where the disk knows no such."""
        source = os.path.join(self.site, path)
        try:
            if tell_state(os.stat(source, follow_symlinks=False)) != self.found.states[path]:
                return False
            os.link(source, place)
        except FileExistsError:
            raise
        except OSError:
            return False
        state = tell_state(os.stat(place))
        if state[:3] != self.found.states[path][:3]:  # changed in this very moment
            os.unlink(place)
            return False
        self.laid[path] = state
        return True

    def _copy(self, path: str, place: str) -> None:
        content = (self.site / path).read_bytes()
        if hashlib.sha256(content).hexdigest() != self.found.sums[path]:
            raise self._tell_touched()
        Path(place).write_bytes(content)

    def take_inventory(self, staging: Path) -> Inventory:
        """That of the new site.

        Raises WriteFailed where a file that was taken over was touched since.
        """
        known = {path: (state, self.found.sums[path]) for path, state in self.laid.items()}
        new = take_inventory(staging, known)
        if any(new.sums.get(path) != self.found.sums[path] for path in self.laid):
            raise self._tell_touched()
        return new

    def refuse_touched(self, staging: Path) -> None:
        """Raise WriteFailed where a file that was taken over is not as it was: the last look."""
        for path, state in self.laid.items():
            if tell_state(os.stat(staging / path)) != state:
                raise self._tell_touched()

    def _tell_touched(self) -> WriteFailed:
        return WriteFailed(f"{self.site}: it was changed while it was copied; build once more")
