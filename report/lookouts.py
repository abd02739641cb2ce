"""What each edition of a report sees, and what differs between two of them, each found out once.

Pure. Knows that an edition is compared with the one before it in the same language. Knows nothing
of words or forms.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from report.model import Edition, Report, View
from report.remembering import Memory

if TYPE_CHECKING:
    from report.changes import Diff
    from report.updates import Before


@dataclass(frozen=True)
class Lookout:
    """The views of a report's editions, each made once, and what differs between two."""

    report: Report
    whole: bool = True
    memory: Memory = field(default_factory=Memory)
    _views: dict[str, View] = field(default_factory=dict)
    _diffs: dict[tuple[str, str], Diff] = field(default_factory=dict)

    def see(self, edition: Edition) -> View:
        """What an edition sees."""
        from report.recollections import remember_points  # noqa: PLC0415
        from report.views import make_view  # noqa: PLC0415

        if edition.id not in self._views:
            self._views[edition.id] = make_view(self.report, edition, remember_points(self.memory))
        return self._views[edition.id]

    def find_before(self, edition: Edition, language: str) -> Before | None:
        """The edition before this one in a language, with all that differs from it."""
        from report.siblings import list_older  # noqa: PLC0415
        from report.updates import Before  # noqa: PLC0415

        older = next(iter(list_older(self.report, edition, language)), None)
        return None if older is None else Before(older, lambda: self._compare(older, edition))

    def _compare(self, older: Edition, newer: Edition) -> Diff:
        from report.revisions import compare_views  # noqa: PLC0415

        key = (older.id, newer.id)
        if key not in self._diffs:
            self._diffs[key] = compare_views(self.see(older), self.see(newer))
        return self._diffs[key]
