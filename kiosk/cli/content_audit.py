"""`kiosk content audit`: is every word of the official sheets still there, and does somebody meet it?"""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.output import FAILED, FailedError, ProgressLine, print_json
from kiosk.sources.report import ContentError
from kiosk.sources.service_public.audit import AuditResult
from kiosk.sources.service_public.audit_library import audit_library
from kiosk.sources.service_public.audit_xml import AuditError
from kiosk.voice.script import speakable, split_sentences


def as_said(text: str) -> str:
    """Return a French text as the voice gets it."""
    return " ".join(speakable(sentence, "fr") for sentence in split_sentences(text, "fr"))


@click.command("audit")
@click.option(
    "--service-public",
    "official",
    multiple=True,
    required=True,
    type=click.Path(path_type=Path),
    help="Official sheets: a zip or a folder. May be repeated.",
)
@click.option("--jobs", type=click.IntRange(1, 64), help="Processes that work; as many as cores when not given.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def audit(official: tuple[Path, ...], jobs: int | None, as_json: bool) -> int:
    """Compare every official sheet with what was read from it: words, attributes, order, reach, speech."""
    try:
        result = audit_library(official, ProgressLine("sheets"), jobs, as_said)
    except (ContentError, AuditError) as error:
        raise FailedError(str(error)) from error
    if as_json:
        print_json(result.as_json())
    else:
        _print(result)
    return 0 if result.is_lossless else FAILED


def _print(result: AuditResult) -> None:
    click.echo(f"{result.sheets} sheets, {result.words} words, {result.seconds:.0f} s.")
    click.echo(
        f"lost words: {result.lost_words}; invented words: {result.invented_words}; "
        f"lost attributes: {result.lost_attributes}; lost links: {result.lost_links}; "
        f"order breaks: {result.order_breaks}; unreachable words: {result.unreachable_words}; "
        f"unspoken words: {result.unspoken_words}."
    )
    for name, count in result.unknown_elements.most_common():
        click.echo(f"unknown element {name}: {count}")
    for sheet in result.worst:
        for example in sheet.examples:
            click.echo(f"{sheet.id}: {example}", err=True)
    for problem in result.problems:
        click.echo(problem, err=True)
