"""The group of all commands, and how errors come out: one clear line, exit 2 for wrong use, 1 for a failed task."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

import click

from kiosk import __version__
from kiosk.cli.output import FAILED, MISUSED

COMMANDS = {
    "run": "kiosk.cli.run",
    "content": "kiosk.cli.content",
    "search": "kiosk.cli.search",
    "pictures": "kiosk.cli.pictures",
    "doctor": "kiosk.cli.doctor",
    "bench": "kiosk.cli.bench",
    "pin": "kiosk.cli.pin",
}
"""Command name → module with a click command called `command`; loaded only when used."""

INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that imports a command when it is called: `kiosk search` must not wait for Kivy."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of the documentation."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """Import and return a command."""
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: click.Command = importlib.import_module(module).command
        return found


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="kiosk")
def kiosk() -> None:
    """Offline-first terminal for town halls: everyday procedures, large buttons, a voice."""


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code."""
    try:
        result = kiosk.main(args=list(arguments), prog_name="kiosk", standalone_mode=False)
    except click.NoSuchOption as error:
        click.echo(f"kiosk: {error.format_message()} See --help.", err=True)
        return MISUSED
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "kiosk"
        if isinstance(error, click.exceptions.NoArgsIsHelpError):
            click.echo(error.format_message(), err=True)
            return MISUSED
        click.echo(f"kiosk: {error.format_message()} See `{command} --help`.", err=True)
        return MISUSED
    except click.ClickException as error:
        click.echo(f"kiosk: {error.format_message()}", err=True)
        return error.exit_code if error.exit_code != MISUSED else FAILED
    except (click.Abort, KeyboardInterrupt):
        click.echo("kiosk: interrupted.", err=True)
        return INTERRUPTED
    except BrokenPipeError:
        return FAILED
    return result if isinstance(result, int) else 0
