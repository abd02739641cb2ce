"""The commands: what a person types.

Knows commands and their options, and what is said of wrong ones; how a command ends is said
elsewhere, but for what `serve` leaves. The work is done elsewhere, and imported only when a command
needs it, so that help and an unchanged build are quick.
"""

from __future__ import annotations

import os
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click

from report.editorial import Clock, edition, publish
from report.endings import ExitStatus, choose_status, uncover_ending, watch_site
from report.errands import audit, preview
from report.options import PROJECT, root_option
from report.problems import UsageError


def read_today() -> date:
    """The day of today, or that of SOURCE_DATE_EPOCH where it is set."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return datetime.now(UTC).date()
    try:
        return datetime.fromtimestamp(int(epoch), UTC).date()
    except (ValueError, OverflowError, OSError):
        message = f"SOURCE_DATE_EPOCH is {epoch!r}, not a number of seconds since 1970"
        raise UsageError(message) from None


_site_dir = click.option(
    "--site-dir",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where the site is written.  [default: site/ in the report folder]",
)
_edition = click.option(
    "--edition", default=None, help="Only this edition, e.g. 2026; a site then holds no other."
)
_language = click.option(
    "--lang",
    "language",
    default=None,
    help="Only this language, e.g. en; a site then holds no other.",
)
_renderer = click.option(
    "--renderer",
    type=click.Choice(["mkdocs", "properdocs", "zensical"]),
    default="mkdocs",
    show_default=True,
    help="The program that renders Markdown.",
)
_jobs = click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    help="How many processes draw.  [default: as many as help here]",
)
_pages_only = click.option(
    "--pages-only", is_flag=True, help="Make the pages alone: no downloads, no pictures, no book."
)
_no_cache = click.option("--no-cache", is_flag=True, help="Draw and render everything anew.")


@click.group(invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def commands(context: click.Context) -> None:
    """Build a static report from data/ and site_src/.

    Without a command it builds the site, as `site` does.

    Example: python build.py check
    """
    if context.invoked_subcommand is None:
        context.invoke(site)


@commands.command()
@root_option
@_site_dir
@_edition
@_language
@_renderer
@_jobs
@_pages_only
@_no_cache
def site(  # noqa: PLR0913 - one for each option
    *,
    root: Path,
    site_dir: Path | None,
    edition: str | None,
    language: str | None,
    renderer: str,
    jobs: int | None,
    pages_only: bool,
    no_cache: bool,
) -> None:
    """Build the whole site, in place of the one that is there.

    With --edition or --lang the new site holds that part alone, and the others of an earlier
    site are gone; leave the options out for the whole.

    Example: python build.py site --edition 2026 --lang en
    """
    from report.build import build_site  # noqa: PLC0415 - see the module
    from report.composition import Settings  # noqa: PLC0415 - as above

    settings = Settings(
        root=root.resolve(),
        project=PROJECT,
        site_dir=(site_dir or root / "site").resolve(),
        today=read_today(),
        edition=edition,
        language=language,
        renderer=renderer,
        jobs=jobs,
        use_cache=not no_cache,
        whole=not pages_only,
    )
    watch_site(settings.site_dir)
    click.echo(build_site(settings) + _name_part(edition, language))


def _name_part(edition: str | None, language: str | None) -> str:
    """What must be known of a site that holds a part of the report only."""
    named = [f"edition {edition}"] if edition else []
    named += [f"language {language}"] if language else []
    return f": only {', '.join(named)}; no other is in this site" if named else ""


@commands.command()
@root_option
@_edition
@_language
def check(root: Path, edition: str | None, language: str | None) -> None:
    """Read and check everything, write nothing.

    Example: python build.py check --root tests/second_report
    """
    from report.composition import Settings, check_report  # noqa: PLC0415 - see the module

    settings = Settings(
        root=root.resolve(),
        project=PROJECT,
        site_dir=root.resolve() / "site",
        today=read_today(),
        edition=edition,
        language=language,
    )
    click.echo(check_report(settings))


@commands.command()
@root_option
@_site_dir
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
@click.option("--whole", is_flag=True, help="Make downloads, pictures and the book as well.")
def serve(*, root: Path, site_dir: Path | None, port: int, whole: bool) -> None:
    """Build, serve on this machine only, and rebuild what changes.

    Makes the pages alone, so that a change is seen at once; see --whole.

    Example: python build.py serve --port 8001
    """
    from report.build import serve_site  # noqa: PLC0415 - see the module
    from report.composition import Settings  # noqa: PLC0415 - as above
    from report.writing import read_stamp  # noqa: PLC0415 - as above

    settings = Settings(
        root=root.resolve(),
        project=PROJECT,
        site_dir=(site_dir or root / "site").resolve(),
        today=read_today(),
        whole=whole,
    )
    if not whole and read_stamp(settings.site_dir).get("whole"):
        said = "will hold pages alone until `site` is run; `serve --whole` keeps downloads"
        click.echo(f"{settings.site_dir} {said}", err=True)
    try:
        with uncover_ending():
            serve_site(settings, port)
    except (KeyboardInterrupt, SystemExit):
        is_part = read_stamp(settings.site_dir).get("whole") is False
        left = f"; {settings.site_dir} holds pages alone until `site` is run" if is_part else ""
        click.echo(f"serving has ended{left}", err=True)
        raise click.exceptions.Exit(choose_status()) from None


@commands.command()
@click.argument("base")
@click.argument("head", required=False)
@root_option
@_edition
@click.option("--lang", "language", default="en", show_default=True, help="Language of the words.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="A folder for summary.md, diff.json and index.html.",
)
@click.option("--markdown", is_flag=True, help="Print the summary, as without --out.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
def diff(  # noqa: PLR0913 - one for each option
    *,
    base: str,
    head: str | None,
    root: Path,
    edition: str | None,
    language: str,
    out: Path | None,
    markdown: bool,
    as_json: bool,
) -> None:
    """Say what a change does to values, figures and sentences.

    BASE and HEAD are revisions of the repository, or folders with data/ and site_src/; without HEAD
    the working tree is compared. Ends with 1 where HEAD has problems in its data; where BASE alone
    has some, it says which, compares nothing, and ends with 0.

    Example: python build.py diff main --out diff
    """
    from report.comparing import compare_sides  # noqa: PLC0415 - see the module
    from report.composition import Settings  # noqa: PLC0415 - as above

    if markdown and as_json:
        raise UsageError("--markdown and --json both go to the output; name one of them")
    settings = Settings(
        root=root.resolve(),
        project=PROJECT,
        site_dir=root.resolve() / "site",
        today=read_today(),
        edition=edition,
        language=language,
    )
    found = compare_sides(settings, base, head, out)
    if as_json or markdown or out is None:
        click.echo(found.transcript if as_json else found.digest, nl=False)
    else:
        click.echo(f"wrote summary.md, diff.json and index.html into {out}")


commands.add_command(preview)
commands.add_command(audit)
commands.add_command(edition)
commands.add_command(publish)


def run_command(arguments: list[str] | None = None) -> int | None:
    """Do what is asked for, or say what is wrong with how it was.

    All else that ends it is said by `report.endings`.
    """
    clock = Clock(read_today)
    try:
        status: int | None = commands.main(arguments, "build.py", standalone_mode=False, obj=clock)
    except click.Abort as ended:  # for click an input that ends is an interrupt as well
        raise KeyboardInterrupt from ended
    except click.ClickException as error:
        if sys.stderr is not None:
            error.show(sys.stderr)
        return ExitStatus.USAGE
    return status
