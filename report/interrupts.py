"""Signals by which a run is asked to end, kept until what must not be done by half is done.

One of the few modules that touch the outside. Knows nothing of what is done.
"""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator

ENDING = (signal.SIGINT, signal.SIGTERM)
"""Signals by which a run is asked to end."""


@contextlib.contextmanager
def hold_signals() -> Iterator[None]:
    """Let whoever interrupts wait for what is quickly done, and must not be done by half."""
    if threading.current_thread() is not threading.main_thread():  # which alone hears of signals
        yield
        return
    heard: list[int] = []
    before = {sent: signal.signal(sent, lambda number, _: heard.append(number)) for sent in ENDING}
    try:
        yield
    finally:
        for sent, handler in before.items():
            signal.signal(sent, signal.SIG_DFL if handler is None else handler)
        for number in heard[:1]:
            signal.raise_signal(number)
