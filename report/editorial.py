"""The commands of editors: begin, freeze, list, verify and publish editions.

Knows options and what is said. The work is done elsewhere, and imported only when it is needed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from report.options import PROJECT, branch_option, remote_option, root_option

if TYPE_CHECKING:
    from report.composition import Settings


@dataclass(frozen=True, slots=True)
class Clock:
    """The day of today, as the commands above read it."""

    read: Callable[[], date]


def _ask(context: click.Context, root: Path) -> Settings:
    from report.composition import Settings  # noqa: PLC0415 - see the module

    clock = context.find_object(Clock)
    today = clock.read() if clock else date.min
    root = root.resolve()
    return Settings(root=root, project=PROJECT, site_dir=root / "site", today=today)


@click.group()
def edition() -> None:
    """Begin, freeze, list and verify editions.

    Example: python build.py edition list
    """


@edition.command()
@click.argument("name")
@click.option("--from", "source", default=None, help="The edition to carry forward.  [newest]")
@root_option
@click.pass_context
def new(context: click.Context, name: str, source: str | None, root: Path) -> None:
    """Begin a new edition with the words and figures of another, all marked for review.

    Example: python build.py edition new 2027
    """
    from report.beginnings import begin_edition  # noqa: PLC0415 - see the module

    click.echo(begin_edition(_ask(context, root), name, source))


@edition.command()
@click.argument("name")
@root_option
@click.pass_context
def freeze(context: click.Context, name: str, root: Path) -> None:
    """Write down hashes of what an edition is made from and of what comes out.

    From then on `check` refuses what would change it, unless a revision is declared.

    Example: python build.py edition freeze 2026
    """
    from report.releases import freeze_edition  # noqa: PLC0415 - see the module

    click.echo(freeze_edition(_ask(context, root), name))


@edition.command(name="list")
@click.option("--published", is_flag=True, help="Those on the branch of pages instead.")
@remote_option
@branch_option
@root_option
@click.pass_context
def list_all(
    context: click.Context, /, *, published: bool, remote: str, branch: str, root: Path
) -> None:
    """List all editions, the newest first, with how they stand.

    Example: python build.py edition list --published
    """
    from report.publishing import list_published  # noqa: PLC0415 - see the module
    from report.releases import list_editions  # noqa: PLC0415 - as above
    from report.repositories import Target  # noqa: PLC0415 - as above

    if published:
        lines = [
            "  ".join(one) for one in list_published(_ask(context, root), Target(remote, branch))
        ]
        click.echo("\n".join(lines) or f"nothing is published on {branch} yet")
        return
    for standing in list_editions(_ask(context, root)):
        one = standing.edition
        words = [one.id, f"known by {one.cut_off}", f"released {one.released}", standing.state]
        words += [", ".join(standing.languages), *([standing.label] if standing.label else [])]
        click.echo("  ".join(words))


@edition.command()
@click.argument("name", required=False)
@root_option
@click.pass_context
def verify(context: click.Context, name: str | None, root: Path) -> None:
    """Rebuild a frozen edition elsewhere and compare; all of them without a name.

    The rebuild has another folder, time zone, language and hash seed, and no cache.

    Example: python build.py edition verify 2026
    """
    from report.releases import verify_editions  # noqa: PLC0415 - see the module

    click.echo(verify_editions(_ask(context, root), name))


@click.command()
@click.argument("name", metavar="EDITION")
@click.option("--push", is_flag=True, help="Move the branch at the remote as well, by one push.")
@click.option(
    "--alias-type",
    "alias",
    type=click.Choice(["copy", "redirect"]),
    default="copy",
    show_default=True,
    help="What `latest` is: a copy of the newest edition, or pages that lead to it.",
)
@remote_option
@branch_option
@root_option
@click.pass_context
def publish(  # noqa: PLR0913 - one for each option
    context: click.Context,
    /,
    name: str,
    *,
    push: bool,
    alias: str,
    remote: str,
    branch: str,
    root: Path,
) -> None:
    """Commit a frozen edition to the branch of pages, refusing to overwrite a published one.

    Example: python build.py publish 2026 --push
    """
    from report.publishing import publish_edition  # noqa: PLC0415 - see the module
    from report.repositories import Target  # noqa: PLC0415 - as above

    target = Target(remote, branch, push)
    click.echo(publish_edition(_ask(context, root), name, target, alias))
