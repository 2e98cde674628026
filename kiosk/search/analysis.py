"""From a text to the words that are compared: plain, without those that say nothing, and their stems."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import snowballstemmer

from kiosk.search.normalising import plain, singular, stem

EMPTY_WORDS = frozenset(
    [
        "a",
        "ai",
        "aie",
        "ainsi",
        "as",
        "au",
        "aucun",
        "aucune",
        "aura",
        "aurai",
        "aussi",
        "autre",
        "autres",
        "aux",
        "avait",
        "avec",
        "avez",
        "avoir",
        "avons",
        "c",
        "ca",
        "ce",
        "cela",
        "celle",
        "celles",
        "celui",
        "ces",
        "cet",
        "cette",
        "ceux",
        "chaque",
        "ci",
        "comme",
        "d",
        "dans",
        "de",
        "des",
        "dois",
        "doit",
        "du",
        "elle",
        "elles",
        "en",
        "es",
        "est",
        "et",
        "etaient",
        "etait",
        "ete",
        "etes",
        "etre",
        "eu",
        "eux",
        "fais",
        "faire",
        "fait",
        "faut",
        "i",
        "il",
        "ils",
        "j",
        "je",
        "l",
        "la",
        "le",
        "les",
        "leur",
        "leurs",
        "lui",
        "m",
        "ma",
        "mais",
        "me",
        "mes",
        "moi",
        "mon",
        "n",
        "ne",
        "ni",
        "nos",
        "notre",
        "nous",
        "on",
        "ont",
        "ou",
        "par",
        "pour",
        "puis",
        "qu",
        "quand",
        "que",
        "quel",
        "quelle",
        "quelles",
        "quels",
        "qui",
        "quoi",
        "s",
        "sa",
        "se",
        "sera",
        "serai",
        "seront",
        "ses",
        "si",
        "soi",
        "soit",
        "sommes",
        "son",
        "sont",
        "suis",
        "sur",
        "t",
        "ta",
        "te",
        "tes",
        "toi",
        "ton",
        "tu",
        "un",
        "une",
        "va",
        "vais",
        "vas",
        "vos",
        "votre",
        "vous",
        "y",
    ]
)
"""Words that neither the index nor an expression of the synonyms holds."""


def terms(text: str) -> list[str]:
    """Return the plain words of a text that say something, in order."""
    return [word for word in plain(text).split() if word not in EMPTY_WORDS]


def stems(text: str) -> tuple[str, ...]:
    """Return the stems of the words of a text that say something, in order."""
    return tuple(stem(word) for word in terms(text))


class Stemmer:
    """Stems of the words of the library, each computed once: for building, never for what is typed."""

    def __init__(self) -> None:
        # PyStemmer does the work when it is installed, in a tenth of the time.
        self._rules = snowballstemmer.stemmer("french")
        self._known: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """Return the stem of a plain word: the same as `normalising.stem`."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = str(self._rules.stemWord(singular(word)))
        return found


_PLAIN_WORD = re.compile(r"[a-z][a-z0-9]+")


def text_counts(text: str) -> dict[str, int]:
    """Return how often each plain word stands in a long text.

    The words are those of `plain` without its care for elisions, which leave single letters.
    """
    text = text.lower().replace("’", "'").replace("œ", "oe")
    plain_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return dict(Counter(_PLAIN_WORD.findall(plain_text)))
