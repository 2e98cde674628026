"""`kiosk pin`: set the staff code of this machine."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk import bootstrap, paths
from kiosk.cli.output import FailedError
from kiosk.device.errors import StorageError

SHORTEST, LONGEST = 4, 12


@click.command("pin")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of this machine's state.")
def command(data: Path | None) -> int:
    """Set the staff code; asked twice, or read once from standard input that is no terminal."""
    interactive = sys.stdin.isatty()
    code = (
        click.prompt("Staff code", hide_input=True, confirmation_prompt=True) if interactive else sys.stdin.readline()
    )
    code = str(code).strip()
    if not (code.isascii() and code.isdigit() and SHORTEST <= len(code) <= LONGEST):
        raise FailedError(f"a staff code has {SHORTEST} to {LONGEST} digits.")
    try:
        bootstrap.set_staff_pin(data or paths.default_data(), code)
    except StorageError as error:
        raise FailedError(f"{error}.") from error
    click.echo("The staff code is set.")
    return 0
