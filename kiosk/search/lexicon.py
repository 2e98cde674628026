"""The words of the library in memory: which are known, how one goes on, what a wrong one was meant to be."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz.distance import OSA

from kiosk.search.sounding import sound
from kiosk.search.storage import ColumnReader

NO_TERM = 0xFFFFFFFF
"""Stands for a word that is known and says nothing."""

SHORTEST_CORRECTED = 4
"""Letters of a word that is worth correcting: shorter ones are one mistake from everything."""

SAME_SOUND = 0.9
ONE_MISTAKE = 0.84
TWO_MISTAKES = 0.7
"""How sure a correction is, at best."""

ELIDED = ("qu", "c", "d", "j", "l", "m", "n", "s", "t")


class Lexicon:
    """The vocabulary of an index."""

    def __init__(self, columns: ColumnReader) -> None:
        self.words = columns.lines("words")
        self.terms: array[int] = columns.numbers("word_terms", "I")
        self.counts: array[int] = columns.numbers("word_counts", "H")
        self._levels: array[int] = columns.numbers("word_levels", "B")
        self._written = columns.lines("word_written")
        self._by_length: dict[int, list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[int]] = defaultdict(list)
        for at, key in enumerate(columns.lines("word_sounds")):
            if key:
                self._by_sound[key].append(at)
            if self._levels[at]:
                self._by_length[len(self.words[at])].append(self.words[at])

    def find(self, word: str) -> int:
        """Return where a word stands, or -1."""
        at = bisect_left(self.words, word)
        return at if at < len(self.words) and self.words[at] == word else -1

    def written(self, at: int) -> str:
        """Return a word with its accents."""
        return self._written[at] or self.words[at]

    def is_strong(self, at: int) -> bool:
        """Tell whether a word stands in a title, a name or an expression, not in some text alone."""
        return bool(self._levels[at])

    def is_suggested(self, at: int) -> bool:
        """Tell whether a word may be shown to somebody who did not type it."""
        return self._levels[at] > 1

    def completions(self, start: str, most: int) -> list[int]:
        """Return words that begin so, the most frequent first, the word itself left out."""
        first = bisect_left(self.words, start)
        last = bisect_left(self.words, start + "{")
        found = [at for at in range(first, last) if self._levels[at] and self.words[at] != start]
        found.sort(key=lambda at: (-self.counts[at], len(self.words[at])))
        return found[:most]

    def without_elision(self, word: str) -> str:
        """Return what follows a glued article: "didentite" → "identite"; the word itself when there is none."""
        for article in ELIDED:
            rest = word.removeprefix(article)
            if rest != word and rest[:1] in tuple("aeiouyh") and self.find(rest) >= 0:
                return rest
        return word

    def alike(self, word: str) -> list[tuple[float, int]]:
        """Return known words of the same sound, surest first."""
        found = [(SAME_SOUND, at) for at in self._by_sound.get(sound(word), ()) if self.words[at] != word]
        return sorted(found, key=lambda one: (-self.counts[one[1]], one[1]))

    def corrections(self, word: str, most: int) -> list[tuple[float, int]]:
        """Return what a word that is not known was meant to be: (how sure, where it stands), surest first."""
        best: dict[int, float] = {}
        if len(word) >= 3:
            for sure, at in self.alike(word):
                best[at] = sure
        if len(word) >= SHORTEST_CORRECTED:
            for sure, at in self._near(word):
                best[at] = max(best.get(at, 0.0), sure)
        ranked = sorted(best.items(), key=lambda one: (-self._worth(one[1], one[0]), one[0]))
        return [(sure, at) for at, sure in ranked[:most]]

    def _worth(self, sure: float, at: int) -> float:
        return sure + 0.02 * min(self.counts[at], 400).bit_length()

    def _near(self, word: str) -> Iterator[tuple[float, int]]:
        length = len(word)
        reach = 1 if length < 6 else 2
        for size in range(length - reach, length + reach + 1):
            for other in self._by_length.get(size, ()):
                distance = OSA.distance(word, other, score_cutoff=reach)
                if distance <= reach:
                    sure = ONE_MISTAKE if distance == 1 else TWO_MISTAKES
                    # The first letter is seldom wrong, a long word seldom another one.
                    sure -= 0.12 * (word[0] != other[0]) - 0.01 * min(length - 4, 8)
                    if length == SHORTEST_CORRECTED:
                        sure -= 0.1
                    yield sure, self.find(other)
