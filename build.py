"""Build the report: see `python build.py --help`."""

from __future__ import annotations

import gc
import sys

if __name__ == "__main__":
    # Facts are many, and hardly any refer to each other: searching them for rings that nothing
    # else holds took a fifth of a build's time.
    gc.set_threshold(100_000, 50, 50)
    try:
        from report.cli import main

        sys.exit(main())
    except ModuleNotFoundError as missing:
        remedy = "run `make site` once, then .venv/bin/python build.py"
        sys.stderr.write(f"Error: {missing.name} is not installed here; {remedy}\n")
        sys.exit(3)
    except (KeyboardInterrupt, RuntimeError) as ended:
        # Before the command could begin to look out for one, or in the making of a class, where
        # Python makes another error of it until 3.12.
        if not isinstance(ended.__cause__ or ended, KeyboardInterrupt):
            raise
        sys.stderr.write("interrupted; the earlier site is as it was\n")
        sys.exit(130)
