"""The words of official sheets: white space, spellings made comparable, identifiers made of them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import lru_cache

MAX_SLUG = 60
"""Most characters of an identifier."""

CACHED = 16_384
"""Texts whose plain form is remembered: titles, labels and papers come back on many sheets."""

_NOT_WORDS = re.compile(r"[^a-z0-9]+")


def collapse(text: str) -> str:
    """Make one space of white space and none at the ends. Spaces that do not break (prices, « : ») are kept."""
    if "  " in text or "\n" in text or "\t" in text or "\r" in text:
        text = squeeze(text)
    return text.strip(" ")


def squeeze(text: str) -> str:
    """Make one space of white space, also at the ends: for the pieces of one sentence."""
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", " ").replace("\t", " ").replace("\r", " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def _plain(text: str, between: str) -> str:
    if not text.isascii():
        letters = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
        text = letters.encode("ascii", "ignore").decode()
    return _NOT_WORDS.sub(between, text.lower()).strip(between)


@lru_cache(maxsize=CACHED)
def plain(text: str) -> str:
    """Return a text without accents, capitals and punctuation, so that its spellings are one."""
    return _plain(text, " ")


@lru_cache(maxsize=CACHED)
def slug(text: str) -> str:
    """Make an identifier of a text, its first words only."""
    return _plain(text[:MAX_SLUG], "-")[:MAX_SLUG].strip("-")


def digest(text: str) -> str:
    """Return eight letters that tell one text from another."""
    return hashlib.blake2s(text.encode(), digest_size=4).hexdigest()
