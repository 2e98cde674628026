"""`kiosk doctor`: is this terminal well?"""

from __future__ import annotations

from pathlib import Path

import click

from kiosk import bootstrap, health, paths
from kiosk.cli.output import FAILED, print_json
from kiosk.texts import CatalogueError, Texts


@click.command("doctor")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Folder of this machine's state.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def command(data: Path | None, as_json: bool) -> int:
    """Check voice, sound, screen, fonts, disk, clock, content and settings; exit 1 when something is not well."""
    findings = bootstrap.examine(data or paths.default_data())
    is_well = all(finding.is_well for finding in findings)
    words = {finding.id: finding.literal or finding.key for finding in findings}
    try:
        texts = Texts("en")
        words = {finding.id: health.in_words(finding, texts).value for finding in findings}
        labels = {finding.id: texts.tr(finding.label) for finding in findings}
    except CatalogueError as error:
        click.echo(f"kiosk: {error}.", err=True)
        labels = {finding.id: finding.label for finding in findings}
        is_well = False
    if as_json:
        checks = [
            {"id": finding.id, "label": labels[finding.id], "value": words[finding.id], "ok": finding.is_well}
            for finding in findings
        ]
        print_json({"ok": is_well, "checks": checks})
    else:
        for finding in findings:
            click.echo(f"{'ok ' if finding.is_well else 'BAD'}  {labels[finding.id]}: {words[finding.id]}")
    return 0 if is_well else FAILED
