"""Build the report: see `python build.py --help`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    try:
        from report.cli import main

        sys.exit(main())
    except ModuleNotFoundError as missing:
        remedy = "run `make site` once, then .venv/bin/python build.py"
        sys.stderr.write(f"Error: {missing.name} is not installed here; {remedy}\n")
        sys.exit(3)
