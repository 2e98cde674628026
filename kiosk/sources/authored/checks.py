"""What authored content must obey beyond its structure: facts with sources, easy words, links that lead somewhere."""

from __future__ import annotations

import datetime as dt
import re

from kiosk import icons
from kiosk.domain.procedure import Paragraph, Procedure, display_texts
from kiosk.domain.reach import texts_met
from kiosk.sources.authored.procedures import ProcedureReader
from kiosk.sources.authored.reading import Reading

MAX_WORDS = 12
"""Longest easy-to-read sentence (FALC rule F1 as summarised in docs/accessibility.md)."""

MAX_WAYS = 2000
"""Most ways through a procedure that are walked to find texts that nobody meets."""

_NUMBER_WORDS = "deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente"
_FIGURE = re.compile(
    rf"(?<![A-Za-z])\d|https?://|www\.|\b(?:{_NUMBER_WORDS})\s+(?:jours?|semaines?|mois|ans|années|heures?|euros?)\b"
    r"|\bun (?:mois|an)\b|\bune (?:semaine|année)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_HARD_MARKS = re.compile(r"[;()\[\]/]|\.\.\.|…|\betc\b")


def check_facts(reading: Reading, procedure: Procedure, checked_on_line: int, today: dt.date) -> None:
    """Every figure has a source; `checked_on` is the oldest of their dates; nothing comes from the future."""
    for line, number in reading.lines:
        if line.evidence is None and _FIGURE.search(line.text):
            reading.error(
                number,
                f"“{line.text}” holds a figure without a source.",
                "Write {text, source, dated, confidence}, or say it without the figure.",
                "fact",
            )
    if not reading.facts:
        reading.error(
            checked_on_line,
            "No fact of this procedure has a source.",
            "Give at least the price or the delay a source.",
            "fact",
        )
        return
    for evidence, number in reading.facts:
        if evidence.dated.earliest() > today:
            reading.error(
                number, f"The date {evidence.dated} lies in the future.", "Write the date of the source.", "future"
            )
    oldest = min((evidence.dated for evidence, _ in reading.facts), key=lambda date: (date.earliest(), str(date)))
    if procedure.checked_on != oldest:
        reading.error(
            checked_on_line,
            f"checked_on is {procedure.checked_on}, the oldest fact is of {oldest}.",
            f"Write `checked_on: {oldest}`.",
            "fact",
        )
    if procedure.is_stale(today):
        reading.warn(
            checked_on_line, f"The oldest fact is of {oldest}.", "Confirm it, the kiosk says that it is old.", "stale"
        )


def check_links(
    reader: ProcedureReader, procedure: Procedure, themes: set[str], services: set[str], line_of: dict[str, int]
) -> None:
    """Themes, places, icons and answers that are named exist."""
    reading = reader.reading
    if procedure.theme and procedure.theme not in themes:
        reading.error(
            line_of.get("theme", 1),
            f"There is no theme “{procedure.theme}”.",
            f"Choose one of: {', '.join(sorted(themes))}.",
            "link",
        )
    for service, line in reader.places:
        if service not in services:
            reading.error(line, f"No place offers “{service}”.", "Add it to assets/places or correct the name.", "link")
    for icon, line in reader.icons:
        if not icons.exists(icon):
            reading.error(line, f"There is no icon “{icon}”.", "Choose a Font Awesome 6 Free solid icon.", "link")
    for choice, line in reading.whens:
        if choice not in reader.names.choices:
            reading.error(
                line, f"`when` names “{choice}”, which is no answer of this file.", "Correct it or delete it.", "link"
            )


def check_reach(reading: Reading, procedure: Procedure, blocks_line: int) -> None:
    """Every text is met by somebody: a `when` that contradicts the answers around it hides its text for ever."""
    met = texts_met(procedure, MAX_WAYS)
    if met is None:
        reading.warn(blocks_line, "There are very many ways through this procedure.", "Ask fewer questions.", "reach")
        return
    line_of = {line.text: number for line, number in reversed(reading.lines)}
    for text in dict.fromkeys(display_texts(procedure)):
        if text not in met:
            reading.error(
                line_of.get(text, blocks_line),
                f"No answers lead to “{text}”.",
                "Correct its `when`, or move it after the question.",
                "reach",
            )


def check_easy_reading(reading: Reading) -> None:
    """Warn where a sentence is long or holds marks that are hard to read."""
    for line, number in reading.lines:
        for sentence in _SENTENCE_END.split(line.text):
            words = [word for word in re.split(r"[\s’]+", sentence) if re.search(r"\w", word)]
            if len(words) > MAX_WORDS + _elisions(sentence):
                reading.warn(
                    number, f"{len(words)} words in “{sentence}”.", f"Cut it: {MAX_WORDS} words at most.", "easy-read"
                )
        mark = _HARD_MARKS.search(line.text)
        if mark:
            reading.warn(number, f"“{mark.group()}” is hard to read.", "Use a full stop or plain words.", "easy-read")


def _elisions(sentence: str) -> int:
    """An elided article counts with its noun: « l’adresse » is one word to the ear."""
    return len(re.findall(r"\b[ldjmtsnc]’|\bqu’", sentence, re.IGNORECASE))


def check_page_lines(reading: Reading, lines: tuple[Paragraph, ...], what: str, line: int, most: int) -> None:
    """Warn where a part grows longer than a page should be."""
    if len(lines) > most:
        reading.warn(line, f"{what} has {len(lines)} lines.", f"Keep {most} at most.", "easy-read")
