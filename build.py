"""Build the report: see `python build.py --help`."""

import gc
import signal
import sys


def run() -> int | None:
    """Do what the command line asks for; all libraries load in here."""
    from report.cli import run_command  # noqa: PLC0415 - it loads libraries, which may be interrupted

    return run_command()


if __name__ == "__main__":
    # Facts are many, and hardly any refer to each other: searching them for rings that nothing
    # else holds took a fifth of a build's time.
    gc.set_threshold(100_000, 50, 50)
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        # Before the command listens, an interrupt ends it without a traceback.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    from report.endings import tell_ending

    status = tell_ending(run)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done and said
    sys.exit(status)
