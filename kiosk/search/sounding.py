"""How a French word sounds, roughly: people write what they hear.

A key for comparing words, not a pronunciation: "permi", "permis" and "permit" have one key, as have "conger" and
"congé". Rules apply to plain words (`normalising.plain`), in order; the first that matches at a place wins.
"""

from __future__ import annotations

import re

_RULES = (
    # Consonants that a vowel after them softens: before endings go, which may be that vowel.
    (r"(?<=[aeiouy])s(?=[aeiouy])", "z"),
    (r"ph", "f"),
    (r"sch|sh", "ch"),
    (r"ch", "6"),
    (r"gn", "7"),
    (r"sc(?=[eiy])|c(?=[eiy])|t(?=ion)", "s"),
    (r"qu|q|ck|c|k", "k"),
    (r"ge(?=[ao])|g(?=[eiy])", "j"),
    (r"gu(?=[eiy])", "g"),
    (r"h", ""),
    (r"w", "v"),
    (r"(.)\1+", r"\1"),
    # Endings that are not heard.
    (r"(?:ez|er|ee|ees|es|et|ai|ais|ait|aient|e)$", ""),
    (r"(?:aux|eaux|eau|ots|ot|os)$", "o"),
    (r"(?<=.)(?:ts|ds|[tdsxzp])$", ""),
    # Nasals, before a consonant or at the end; groups of vowels.
    (r"(?:ein|ain|aim|ym|yn|im|in)(?![aeiouymn])", "1"),
    (r"(?:en|em|an|am)(?![aeiouymn])", "2"),
    (r"(?:on|om)(?![aeiouymn])", "3"),
    (r"(?:un|um)(?![aeiouymn])", "1"),
    (r"eau|au", "o"),
    (r"ou", "4"),
    (r"oi", "5"),
    (r"oeu|eu", "e"),
    (r"ai|ei", "e"),
    (r"ill", "i"),
    (r"y", "i"),
    (r"x", "ks"),
)
_COMPILED = tuple((re.compile(pattern), by) for pattern, by in _RULES)
_DOUBLE = re.compile(r"(.)\1+")


def sound(word: str) -> str:
    """Return a key that words of about the same sound share."""
    key = word
    for pattern, by in _COMPILED:
        key = pattern.sub(by, key)
    return _DOUBLE.sub(r"\1", key)
