"""`kiosk search WORDS`: what the screen would show for these words."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import click

from kiosk import bootstrap
from kiosk.cli.output import FailedError, print_json
from kiosk.packs.errors import PackError


@click.command("search")
@click.argument("query", metavar="WORDS", nargs=-1, required=True)
@click.option("--pack", type=click.Path(path_type=Path, dir_okay=False), help="This pack instead of the active one.")
@click.option("--limit", default=6, show_default=True, type=click.IntRange(1, 100))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(query: tuple[str, ...], pack: Path | None, limit: int, as_json: bool) -> int:
    """Find procedures by everyday words, best first."""
    words = " ".join(query)
    try:
        with closing(bootstrap.open_pack_for_reading(pack)) as reader:
            found = bootstrap.finder(reader).search(words, limit)
    except PackError as error:
        raise FailedError(f"{error}.") from error
    if as_json:
        results = [{"id": one.card.id, "title": one.card.title, "source": one.source or None} for one in found]
        print_json({"query": words, "results": results})
    else:
        for one in found:
            click.echo(f"{one.card.id}\t{one.card.title}\t{one.source}")
        if not found:
            click.echo("Nothing found.", err=True)
    return 0
