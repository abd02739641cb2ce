"""What builds the same pages: this project, and others beside it.

Each peer lies in a module of its own. One that is not installed says what is missing and is left
out.
"""

from __future__ import annotations

from benchmarks.peers.material import Composed, Floor, VegaEmbed, Zensical
from benchmarks.peers.observable import Observable
from benchmarks.peers.own import Own
from benchmarks.peers.peer import Peer
from benchmarks.peers.sphinx import SphinxAltair

FLOOR, OWN = Floor(), Own()
OWN_ZENSICAL, ZENSICAL = Own("zensical"), Zensical()


def list_peers() -> list[Peer]:
    """All that are known, installed or not; the floor first."""
    found = [FLOOR, Composed(), VegaEmbed(), ZENSICAL, Observable(), SphinxAltair()]
    return [*found, OWN, OWN_ZENSICAL]
