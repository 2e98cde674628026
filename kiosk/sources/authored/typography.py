"""French typography: the apostrophe, and no-break spaces where a line must not end."""

from __future__ import annotations

import re

NO_BREAK = "\u00a0"

_SPACES = re.compile(r"[ \t\r\n]+")

_RULES = (
    (re.compile(r"(?<=\w)'(?=\w)"), "’"),
    (re.compile(r"[ \u00a0\u202f]*([:;!?]+)(?=[\s»]|$)"), NO_BREAK + r"\1"),
    (re.compile(r"[ \u00a0\u202f]*»"), NO_BREAK + "»"),
    (re.compile(r"«[ \u00a0\u202f]*"), "«" + NO_BREAK),
    (
        re.compile(r"(?<=\d) (?=(?:€|%|h\b|km\b|mois\b|ans?\b|jours?\b|heures?\b|minutes?\b|semaines?\b|centimes?\b))"),
        NO_BREAK,
    ),
    (re.compile(r"\bh (?=\d)"), "h" + NO_BREAK),
    (re.compile(r"(?<=\d) (?=\d{3}\b)"), NO_BREAK),
    (re.compile(r"(?<=\b\d\d) (?=\d\d\b)"), NO_BREAK),
    (re.compile(r"\bn° ?(?=\d)"), "n°" + NO_BREAK),
)


def typeset(text: str) -> str:
    """Return a French text as it is printed. Doing it twice changes nothing more."""
    text = _SPACES.sub(" ", text).strip(" ")
    for pattern, replacement in _RULES:
        text = pattern.sub(replacement, text)
    return text
