"""`kiosk run`: the terminal."""

from __future__ import annotations

import logging
from pathlib import Path

import click

from kiosk import bootstrap, display, paths
from kiosk.cli.output import FailedError
from kiosk.config import ConfigError, read_config

PROFILE_NAMES = ("portrait-21", "landscape-15", "tablet-10", "portrait-32")


@click.command("run")
@click.option("--profile", type=click.Choice(PROFILE_NAMES), help="The screen; found by itself when not given.")
@click.option("--windowed", is_flag=True, help="In a window that can be closed, with a pointer.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of this machine's state.")
@click.option("--pack", type=click.Path(path_type=Path, dir_okay=False), help="This pack instead of the active one.")
def command(profile: str | None, windowed: bool, data: Path | None, pack: Path | None) -> int:
    """Open the terminal."""
    console = logging.StreamHandler()
    # On the handler, because Kivy sets the level of its own logger back while it is imported.
    console.setLevel(logging.WARNING)
    logging.basicConfig(handlers=[console], format="kiosk: %(levelname)s %(name)s: %(message)s")
    folder = data or paths.default_data()
    try:
        config = read_config(folder)
    except ConfigError as error:
        raise FailedError(f"{error}.") from error
    if not display.is_there():
        raise FailedError(
            "there is no screen here; `xvfb-run -s '-screen 0 1080x1920x24' kiosk run` gives a pretended one."
        )
    device = bootstrap.open_device(folder, pack)
    bootstrap.run_terminal(device, config, profile or config.profile, is_windowed=windowed)
    return 0
