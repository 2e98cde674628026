"""What every command says and how: one line of error on stderr, one JSON document on stdout."""

from __future__ import annotations

import json
import sys
from typing import Any

import click

MISUSED = 2
FAILED = 1


class FailedError(click.ClickException):
    """The task could not be done; the message is one line that says what to do."""

    exit_code = FAILED


def print_json(document: Any) -> None:
    """Print one JSON document on stdout."""
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


class ProgressLine:
    """A counter on stderr, redrawn in place on a terminal and silent elsewhere."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.is_shown = sys.stderr.isatty()

    def __call__(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        if self.is_shown:
            end = "\n" if done >= total else ""
            click.echo(f"\r{self.label}: {done}/{total}{end}", err=True, nl=False)
