"""What an earlier run found out of the same texts, so that it need not be found out once more.

Pure. Holds answers by all that they hang on, such as that a text has no problem, or a form as Jinja
has compiled it; what is kept of texts and series that were read and computed is for
`report.recollections`. An answer holds for one state of the machine's code and
libraries alone, so whoever keeps a memory between runs keeps it under a name for these.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable, Mapping

ROOM = 100_000_000
"""Bytes of answers beyond which those that nobody asked for go, even after a part of a run."""
PASSING = "passing "
"""How kinds of answers begin of which each change of a value makes new ones, which are large: those
that nobody asked for go after any run."""
ONCE = "once "
"""Stands in kinds of answers that hardly any run asks for twice: they are for later runs."""


class Memory:
    """Answers by question; those that nobody asks for any more are forgotten."""

    def __init__(self, packed: bytes | None = None, *, lasts: bool = True) -> None:
        """Begin with what an earlier memory has packed, or empty.

        `lasts` says whether what it holds goes to a later run.
        """
        self._lasts = lasts
        self._kept: dict[bytes, bytes] = marshal.loads(packed) if packed else {}  # noqa: S302 - our own
        self._used: dict[bytes, bytes] = {}

    def recall(self, *question: str | bytes) -> bytes | None:
        """The answer to a question: its kind, then all that the answer hangs on."""
        key = _name(question)
        answer = self._used.get(key)
        if answer is None and (answer := self._kept.get(key)) is not None:
            self._used[key] = answer
        return answer

    def keep(self, answer: bytes, *question: str | bytes) -> None:
        """Hold an answer for the next time."""
        if self._lasts or ONCE not in str(question[0]):
            self._used[_name(question)] = answer

    def find(self, make: Callable[[], bytes], *question: str | bytes) -> bytes:
        """The answer to a question, which is made where nobody has asked it before."""
        answer = self.recall(*question)
        if answer is None:
            answer = make()
            self.keep(answer, *question)
        return answer

    @property
    def used(self) -> dict[bytes, bytes]:
        """The answers that this run has asked for or found out, by the names of their questions."""
        return self._used

    def add(self, answers: Mapping[bytes, bytes]) -> None:
        """Hold what another memory has `used`, which began as this one did."""
        self._used |= answers

    def settle(self, *, part: bool = False) -> bytes | None:
        """After a run: what to keep for the next one, or None if that is as it was.

        A run that looked at a part of a report alone forgets nothing that lasts, as there is room.
        """
        passing = PASSING.encode()
        lasting = {key: one for key, one in self._kept.items() if not key.startswith(passing)}
        kept = {**lasting, **self._used} if part else self._used
        if part and sum(map(len, kept.values())) > ROOM:
            kept = self._used
        is_same = kept.keys() == self._kept.keys()
        self._kept, self._used = kept, {}
        return None if is_same else marshal.dumps(kept)


def _name(question: tuple[str | bytes, ...]) -> bytes:
    digest = hashlib.sha256()
    for part in question:
        text = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(text))
        digest.update(text)
    kind = question[0] if isinstance(question[0], bytes) else question[0].encode()
    return kind + b":" + digest.digest()
