"""The commands that the repository's workflows run, and people seldom: previews and audits.

Knows options and what is said. The work is done elsewhere, and imported only when it is needed.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.options import PROJECT, branch_option, remote_option, root_option
from report.problems import UsageError, WriteFailed

if TYPE_CHECKING:
    from report.facts import Facts

_file = click.Path(path_type=Path, dir_okay=False)
_folder = click.Path(path_type=Path, file_okay=False)
_NUMBER = click.IntRange(1, 999_999_999)


@click.group()
def preview() -> None:
    """Pack, judge and show the preview of a change; see docs/decisions/.

    Example: python build.py preview pack site preview.tar
    """


@preview.command()
@click.argument("site", type=_folder)
@click.argument("archive", type=_file)
@click.option("--diff", type=_folder, default=None, help="What `diff --out` wrote, to go along.")
def pack(site: Path, archive: Path, diff: Path | None) -> None:
    """Pack a built site into one archive.

    Example: python build.py preview pack site preview.tar --diff diff
    """
    from report.previews import pack_site  # noqa: PLC0415 - see the module

    count = pack_site(site, archive, {"diff": diff} if diff else {})
    click.echo(f"packed {count:,} files into {archive}")


@preview.command()
@click.argument("archive", type=_file)
@click.argument("folder", type=_folder)
def unpack(archive: Path, folder: Path) -> None:
    """Judge an archive that nobody vouches for, and unpack it marked as a preview.

    Example: python build.py preview unpack preview.tar preview
    """
    from report.previews import unpack_site  # noqa: PLC0415 - see the module

    click.echo(f"unpacked {unpack_site(archive, folder):,} files into {folder}")


@preview.command()
@click.argument("folder", type=_folder)
@click.argument("number", type=_NUMBER)
@remote_option
@branch_option
def place(folder: Path, number: int, remote: str, branch: str) -> None:
    """Show an unpacked preview below preview/pr-NUMBER/ of the pages' branch.

    Example: python build.py preview place preview 12
    """
    from report.previews import place_preview  # noqa: PLC0415 - see the module

    click.echo(place_preview(Path.cwd(), folder, number, remote, branch))


@preview.command()
@click.argument("number", type=_NUMBER)
@remote_option
@branch_option
def remove(number: int, remote: str, branch: str) -> None:
    """Remove a closed change's preview from the pages' branch.

    Example: python build.py preview remove 12
    """
    from report.previews import remove_previews  # noqa: PLC0415 - see the module

    click.echo(remove_previews(Path.cwd(), remote, branch, wanted=lambda found: found == number))


@preview.command()
@click.argument("open_numbers", type=_NUMBER, nargs=-1)
@remote_option
@branch_option
def sweep(open_numbers: tuple[int, ...], remote: str, branch: str) -> None:
    """Remove all previews but those of the changes that are still open.

    Example: python build.py preview sweep 12 15
    """
    from report.previews import remove_others  # noqa: PLC0415 - see the module

    click.echo(remove_others(Path.cwd(), remote, branch, open_numbers))


@preview.command()
@click.argument("number", type=_NUMBER)
@click.argument("commit")
@click.option("--removed", is_flag=True, help="Say that the preview is no longer there.")
def comment(*, number: int, commit: str, removed: bool) -> None:
    """Write the words in which a change is told of its preview.

    Example: python build.py preview comment 12 1a2b3c4d5e6f
    """
    from report.previews import describe_preview  # noqa: PLC0415 - see the module

    click.echo(describe_preview(_read_url(PROJECT), number, commit, removed=removed))


@click.group()
def audit() -> None:
    """Look at what is published, and at the addresses that the report names.

    Example: python build.py audit addresses
    """


@audit.command()
@root_option
def addresses(root: Path) -> None:
    """Ask every address of the sources whether it is still there.

    Ends with 3 where one says that it is gone; one that refuses programs is only listed.

    Example: python build.py audit addresses
    """
    from report.visits import Finding, ask_all, describe_answers, judge_answer  # noqa: PLC0415

    answers = ask_all(_read_addresses(root))
    for line in describe_answers(answers):
        click.echo(line)
    gone = sum(judge_answer(answer) is Finding.GONE for answer in answers)
    if gone:
        raise WriteFailed(f"{gone} address{'es are' if gone != 1 else ' is'} gone")


@audit.command()
@click.argument("edition")
@click.argument("folder", type=_folder)
@click.option("--url", default=None, help="Where the pages are published.  [default: of the data]")
@click.option(
    "--wait", type=click.FloatRange(0, 3600), default=0, help="Seconds until they appear."
)
def published(edition: str, folder: Path, url: str | None, wait: float) -> None:
    """Compare some published pages of an edition with the files that were published.

    Example: python build.py audit published 2026 pages --wait 600
    """
    from report.visits import choose_pages, compare_published  # noqa: PLC0415 - see the module

    pages = choose_pages(folder, edition)
    faults = compare_published(folder, pages, url or _read_url(PROJECT), wait=wait)
    if faults:
        raise WriteFailed("the published pages are not those of the edition:\n" + "\n".join(faults))
    click.echo(f"what readers get is what was published: {', '.join(pages)}")


def _read_facts(root: Path) -> Facts:
    """What the data declare, read but not checked."""
    from report.facts import parse_facts  # noqa: PLC0415 - see the module
    from report.reading import read_texts  # noqa: PLC0415 - as above

    return parse_facts(read_texts(root, "data").by_path)


def _read_url(root: Path) -> str:
    """Where the pages are published, with a slash at the end."""
    declaration = _read_facts(root).declaration
    if declaration is None:
        raise UsageError("data/report.yml cannot be read; run `python build.py check`")
    return declaration.value.url


def _read_addresses(root: Path) -> set[str]:
    """Every address that a row of the sources names."""
    return {row.value.url for row in _read_facts(root).sources if row.value.url}
