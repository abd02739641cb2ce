"""What the mutants of the modules say of their tests, and which survivors were accepted and why.

Pure. Knows mutants by what they change, since their numbers move with every edit. Knows nothing of
how they are made or tried.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

GATE = 90
"""Of a hundred mutants of each module, how many at least the tests must notice."""


@dataclass(frozen=True, order=True)
class Survivor:
    """A change of a function that no test noticed."""

    module: str
    """Its path, such as `report/text.py`."""
    function: str
    was: str
    now: str

    def __str__(self) -> str:
        return f"{self.module}, {self.function}:\n    was {self.was}\n    now {self.now}"


@dataclass(frozen=True)
class Tally:
    """What became of the mutants of a subject: a module, or a package of them."""

    subject: str
    mutants: int
    survivors: tuple[Survivor, ...]

    @property
    def killed(self) -> int:
        """How many of them a test noticed."""
        return self.mutants - len(self.survivors)

    @property
    def passes(self) -> bool:
        """Whether the tests noticed enough; of nothing, nothing was noticed."""
        return self.mutants > 0 and self.killed * 100 >= self.mutants * GATE


@dataclass(frozen=True)
class Verdict:
    """Tallies held against the list of accepted survivors."""

    tallies: tuple[Tally, ...]
    unlisted: tuple[Survivor, ...] = ()
    gone: tuple[Survivor, ...] = field(default=())
    """Listed, but noticed by a test by now, or no longer to be made."""

    @property
    def passes(self) -> bool:
        """Whether each subject reaches the gate; a list that is not true is only told."""
        return all(tally.passes for tally in self.tallies)


def read_change(diff: str) -> tuple[str, str]:
    """The lines that a diff takes away and those that it adds, each as one line."""
    lines = [line for line in diff.splitlines() if not line.startswith(("---", "+++"))]
    was, now = (
        " ".join(line[1:].strip() for line in lines if line.startswith(sign)) for sign in "-+"
    )
    return was, now


def judge(tallies: Sequence[Tally], accepted: Iterable[Survivor]) -> Verdict:
    """What is missing in the list of accepted survivors of these subjects, and what is too much.

    Two equal lines of a function make equal changes, so they are counted. Modules that were not
    tried are left alone.
    """
    found = Counter(survivor for tally in tallies for survivor in tally.survivors)
    tried = {tally.subject for tally in tallies}
    listed = Counter(item for item in accepted if find_subject(item.module) in tried)
    return Verdict(
        tuple(tallies),
        tuple(sorted((found - listed).elements())),
        tuple(sorted((listed - found).elements())),
    )


def find_subject(path: str) -> str:
    """The subject to which a module belongs: `checks` are tried together with `checking`."""
    name = path.removeprefix("report/").removesuffix(".py").partition("/")[0]
    return {"checks": "checking"}.get(name, name)


def read_accepted(entries: Iterable[Mapping[str, str]]) -> list[Survivor]:
    """The list of accepted survivors; each must say why."""
    survivors = []
    for entry in entries:
        if not entry["reason"].strip():
            raise ValueError(f"no reason for {entry}")
        survivors.append(Survivor(entry["module"], entry["function"], entry["was"], entry["now"]))
    return survivors


def write_table(tallies: Iterable[Tally]) -> str:
    """A line for each subject: how many mutants, how many noticed, how many not."""
    rows = [("module", "mutants", "killed", "survivors", "killed %", "")]
    rows += [
        (
            tally.subject,
            str(tally.mutants),
            str(tally.killed),
            str(len(tally.survivors)),
            f"{100 * tally.killed / tally.mutants:.1f}" if tally.mutants else "–",
            "" if tally.passes else f"below {GATE}",
        )
        for tally in tallies
    ]
    wide = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join([row[0].ljust(wide[0]), *map(str.rjust, row[1:], wide[1:])]).rstrip()
        for row in rows
    )
