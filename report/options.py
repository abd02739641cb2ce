"""Options that several commands have: the report folder, and where pages are pushed.

One of the few modules that touch the outside: a folder that is named is looked at. Knows how
options are called and which are refused; knows no command.
"""

from __future__ import annotations

from pathlib import Path

import click

PROJECT = Path(__file__).resolve().parent.parent
"""The folder of the machine, which holds a report as well."""


def _find_report(_context: click.Context, _option: click.Parameter, root: Path) -> Path:
    """The folder as it was named; one that holds no report is told of as such, and once."""
    if not (root / "data").is_dir():
        message = f"there is no report in '{root}': it has no folder 'data'"
        raise click.BadParameter(message)
    return root


root_option = click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=PROJECT,
    show_default="this project",
    callback=_find_report,
    help="The report folder: its data/ and site_src/.",
)
remote_option = click.option("--remote", default="origin", show_default=True, help="Where to push.")
branch_option = click.option(
    "--branch", default="gh-pages", show_default=True, help="The pages' branch."
)
