"""`kiosk pictures`: every screen as PNG with its measures as JSON."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from kiosk import bootstrap, display
from kiosk.cli.output import FAILED, FailedError, ProgressLine
from kiosk.cli.run import PROFILE_NAMES
from kiosk.packs.errors import PackError

THEMES = ("calm", "black-on-white", "white-on-black")
SIZES = ("normal", "large", "extra")
LANGUAGES = ("fr", "en", "ar")


@click.command("pictures")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="Folder for the pictures.")
@click.option(
    "--profile",
    multiple=True,
    type=click.Choice([*PROFILE_NAMES, "all"]),
    help="Screen; again for more. All when not given.",
)
@click.option("--theme", multiple=True, type=click.Choice([*THEMES, "all"]), default=("calm",), show_default=True)
@click.option("--size", multiple=True, type=click.Choice([*SIZES, "all"]), default=("normal",), show_default=True)
@click.option("--language", multiple=True, type=click.Choice([*LANGUAGES, "all"]), default=("fr",), show_default=True)
@click.option("--pack", type=click.Path(path_type=Path, dir_okay=False), help="This pack instead of the active one.")
@click.option("--procedure", "procedures", multiple=True, help="Only the pages of this procedure; again for more.")
def command(
    out: Path,
    profile: tuple[str, ...],
    theme: tuple[str, ...],
    size: tuple[str, ...],
    language: tuple[str, ...],
    pack: Path | None,
    procedures: tuple[str, ...],
) -> int:
    """Draw every screen, from real content. Without a screen here, a pretended one is used."""
    profiles = _chosen(profile or ("all",), PROFILE_NAMES)
    looks = (_chosen(size, SIZES), _chosen(theme, THEMES), _chosen(language, LANGUAGES))
    if len(profiles) > 1:
        # One window keeps one size: each profile has its own process.
        options = [
            f"--{name}={value}"
            for name, values in zip(("size", "theme", "language"), looks, strict=True)
            for value in values
        ]
        options += [f"--pack={pack}"] if pack else []
        options += [f"--procedure={key}" for key in procedures]
        for name in profiles:
            command_line = [sys.executable, "-m", "kiosk", "pictures", f"--out={out}", f"--profile={name}", *options]
            if subprocess.run(command_line, check=False).returncode:  # noqa: S603 - our own command
                return FAILED
        return 0
    try:
        with display.available():
            progress = ProgressLine(f"drawing {profiles[0]}")
            count = bootstrap.draw_pictures(out, profiles[0], *looks, pack, progress, procedures)
    except (PackError, display.DisplayError) as error:
        raise FailedError(f"{error}.") from error
    except OSError as error:
        raise FailedError(f"the pictures cannot be written to {out}: {error.strerror}.") from error
    click.echo(f"{out}: {count} pictures of {profiles[0]}.")
    return 0


def _chosen(given: tuple[str, ...], known: tuple[str, ...]) -> list[str]:
    return list(known) if "all" in given else list(dict.fromkeys(given))
