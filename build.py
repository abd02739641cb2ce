"""Build the report: see `python build.py --help`."""

from __future__ import annotations

from report.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
