"""`kiosk bench`: the figures of docs/benchmarks.md, measured now."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from kiosk import display
from kiosk.bench import figures
from kiosk.cli.output import FailedError, print_json


@click.command("bench")
@click.option(
    "--service-public",
    "official",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder of official sheets (`make corpus`): measure the whole library too. May be repeated.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(official: tuple[Path, ...], as_json: bool) -> int:
    """Measure start, touch, voice, idle processor and memory, each beside its baseline. Takes about two minutes."""
    found: list[figures.Figure] = []
    try:
        with display.available():
            for figure in figures.measure(lambda what: click.echo(f"… {what}", err=True), official):
                found.append(figure)
                if not as_json:
                    click.echo(_line(figure))
    except (figures.BenchError, display.DisplayError) as error:
        raise FailedError(f"{error}.") from error
    if as_json:
        print_json({"machine": figures.machine(), "figures": [dataclasses.asdict(figure) for figure in found]})
    return 0


def _line(figure: figures.Figure) -> str:
    beside = f" (baseline {figure.baseline:g}, ratio {figure.ratio:g})" if figure.ratio is not None else ""
    return f"{figure.name}: {figure.value:g} {figure.unit}{beside}; goal {figure.goal}"
