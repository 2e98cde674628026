"""French words as they are compared: without case, accents, elisions and endings."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from snowballstemmer.french_stemmer import FrenchStemmer

_ELISION = re.compile(r"\b(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)['’ʼ]", re.IGNORECASE)
_APOSTROPHE = re.compile(r"['’ʼ]")
_WORD = re.compile(r"[a-z0-9]+")
LONGEST_SINGULAR = 3
"""A word of so few letters that ends in s is no plural: "bus", "CSS"."""

_EMPTY_WORDS = (
    "a ai au aux avec ce ces cette comment dans de des du elle en est et etre faire fait faut il ils j je la le "
    "les leur lui ma mais me mes mon ne nos notre nous on ou par pas pour qu que quel quelle qui sa se ses son "
    "sont sur ta te tes toi ton tu un une veux voudrais vos votre vous"
)
STOP_WORDS = frozenset(_EMPTY_WORDS.split())


def plain(text: str) -> str:
    """Return a text without case, accents, ligatures and elided articles. Doing it twice changes nothing."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    text = _APOSTROPHE.sub(" ", _ELISION.sub(" ", text))
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(_WORD.findall(text))


@cache
def _stemmer() -> FrenchStemmer:
    # Named on purpose: the faster one in C keeps what was typed where nobody can erase it.
    return FrenchStemmer()


def singular(word: str) -> str:
    """Return a plain word without the s of its plural."""
    # The French rules keep the s after a u: "perdus" would not be found by "perdues".
    return word[:-1] if len(word) > LONGEST_SINGULAR and word.endswith("s") else word


def stem(word: str) -> str:
    """Return the stem of a plain word."""
    found = str(_stemmer().stemWord(singular(word)))
    # The stemmer remembers its last word, which somebody typed: give it another.
    _stemmer().stemWord("")
    return found


def words(text: str) -> list[str]:
    """Return the plain words of a text, without those that carry no meaning."""
    return [word for word in plain(text).split() if word not in STOP_WORDS]
