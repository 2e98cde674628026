"""The index of titles and everyday names, kept in memory, and the ranking of what it finds.

A first version, over a small library: every name is compared with every query. Words match when their
stems are equal, when the typed one begins the other (results come at each letter) or when they differ by
a typing mistake (Damerau–Levenshtein similarity by rapidfuzz). A query without spaces is compared as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import DamerauLevenshtein

from kiosk.search.normalising import plain, stem, words

TITLE_BONUS = 0.05
"""What a match in the title counts more than the same match in an everyday name."""

POPULAR_BONUS = 0.01
"""What is asked most comes first among equals."""

GOOD_SCORE = 0.5
"""Below this, a result is noise and is not shown."""

UNKNOWN_WEIGHT = 0.5
"""What a typed word counts that no name holds: "prime d'activité RSA" still finds the RSA."""

_MIN_SIMILARITY = 0.72
_PREFIX_SCORE = 0.92


@dataclass(frozen=True, slots=True)
class Entry:
    """What can be found: an id, its title, and the other names that people use."""

    id: str
    title: str
    names: tuple[str, ...] = ()
    is_popular: bool = False


@dataclass(frozen=True, slots=True)
class _Name:
    entry: Entry
    words: tuple[tuple[str, str], ...]
    joined: str
    is_title: bool


def _similarity(typed: str, typed_stem: str, word: str, word_stem: str) -> float:
    if typed == word:
        return 1.0
    if typed_stem == word_stem:
        return 0.97
    if len(typed) >= 2 and word.startswith(typed):
        return _PREFIX_SCORE
    if min(len(typed), len(word)) < 4:
        return 0.0
    similarity = float(DamerauLevenshtein.normalized_similarity(typed, word))
    # Letter by letter, a word that is being typed with a mistake is compared with the start of the other.
    if len(typed) < len(word):
        start = float(DamerauLevenshtein.normalized_similarity(typed, word[: len(typed)]))
        similarity = max(similarity, start * _PREFIX_SCORE)
    return similarity if similarity >= _MIN_SIMILARITY else 0.0


class Index:
    """Finds entries by what people type."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._names: list[_Name] = []
        for entry in entries:
            for position, name in enumerate((entry.title, *entry.names)):
                found = tuple((word, stem(word)) for word in words(name))
                if found:
                    joined = plain(name).replace(" ", "")
                    self._names.append(_Name(entry, found, joined, is_title=position == 0))
        self._rarity = self._weigh()

    def _weigh(self) -> dict[str, float]:
        """Words that many procedures share tell little: "carte" less than "vitale"."""
        holders: dict[str, set[str]] = {}
        for name in self._names:
            for _, word_stem in name.words:
                holders.setdefault(word_stem, set()).add(name.entry.id)
        return {word_stem: 1 / len(ids) ** 0.5 for word_stem, ids in holders.items()}

    def search(self, query: str, limit: int = 6) -> list[Entry]:
        """Return the entries that match, best first; none when nothing matches well."""
        typed = [(word, stem(word)) for word in words(query)]
        joined = plain(query).replace(" ", "")
        if len(joined) < 2:
            return []
        best: dict[str, tuple[float, Entry]] = {}
        for name in self._names:
            score = max(self._score(typed, name), self._whole(joined, name))
            if score:
                score += TITLE_BONUS * name.is_title + POPULAR_BONUS * name.entry.is_popular
            if score > best.get(name.entry.id, (0.0, name.entry))[0]:
                best[name.entry.id] = (score, name.entry)
        ranked = sorted(best.values(), key=lambda scored: (-scored[0], scored[1].title))
        return [entry for score, entry in ranked if score >= GOOD_SCORE][:limit]

    def _score(self, typed: list[tuple[str, str]], name: _Name) -> float:
        """Weigh how much of the query this name holds, and a little how much of the name was asked."""
        if not typed:
            return 0.0
        asked = held = 0.0
        covered: set[str] = set()
        for word, word_stem in typed:
            best_similarity, best_stem = 0.0, ""
            for other, other_stem in name.words:
                similarity = _similarity(word, word_stem, other, other_stem)
                if similarity > best_similarity:
                    best_similarity, best_stem = similarity, other_stem
            weight = self._rarity.get(best_stem or word_stem, UNKNOWN_WEIGHT)
            asked += weight
            held += weight * best_similarity
            if best_stem:
                covered.add(best_stem)
        total = sum(self._rarity[word_stem] for _, word_stem in name.words)
        coverage = sum(self._rarity[word_stem] for word_stem in covered) / total
        return 0.85 * held / asked + 0.15 * coverage

    def _whole(self, joined: str, name: _Name) -> float:
        """Compare the query with the name, both without spaces: people forget them."""
        if len(joined) < 6:
            return 0.0
        similarity = float(DamerauLevenshtein.normalized_similarity(joined, name.joined))
        return 0.9 * similarity if similarity >= 0.8 else 0.0
