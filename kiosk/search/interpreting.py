"""What a query asks for: its words, each with all that it may mean.

A *unit* is one typed word. Its readings are stems of the library: itself, what it was meant to be, how it goes on
when it is being typed. Expressions of the synonyms that the words make up, in their order, give it more: an
alternative is a set of stems that together stand for the word.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.search.analysis import EMPTY_WORDS
from kiosk.search.lexicon import NO_TERM, Lexicon
from kiosk.search.normalising import plain, stem
from kiosk.search.storage import ColumnReader

MOST_WORDS = 24
"""Different words of a query that are looked at."""

MOST_COMPLETIONS = 7
COMPLETED = 0.9
"""What a word counts that is still being typed."""

COMPLETED_FURTHER = 0.6
"""What it counts as a longer word when it is one already."""

MOST_CORRECTIONS = 3
HEARD = 0.55
"""What a known word counts that another known one sounds like: "cession", "session"."""

INFLECTED = 0.85
"""What a word that is not known counts as another ending of one that is."""

SURE = 0.6
"""A correction as sure as this is tried before a word is taken apart."""

DOUBTED = 0.8
"""What a correction of a word that some text holds counts."""

WEAK = 0.15
"""What a word such as "plus" or "sans" counts on its own."""

COMMON = 0.6
"""What a word of everyday tales such as "laisser" or "dame" counts, as part of what it would say."""

UNKNOWN = 1.6
"""What a word that nothing holds takes from how much of the query is answered."""

SHORTEST_PART = 4
"""Letters of a word that says something among words run together."""

LONGEST_JOINED = 40
"""Letters of words run together that are taken apart."""

GROUP_SAYS = 3.0
"""What a word of a family of the synonyms says."""

LEAST_SAYING, MOST_SAYING = 1.2, 6.0
"""Bounds of how much one word can say (its idf)."""

Alternative = tuple[int, ...]


@dataclass(slots=True)
class Unit:
    """One typed word: its stems with how sure they are, all that it may stand for, and how much it says."""

    readings: dict[int, float] = field(default_factory=dict)
    alternatives: dict[Alternative, float] = field(default_factory=dict)
    weight: float = 0.0
    is_weak: bool = False
    is_common: bool = False

    def offer(self, alternative: Alternative, sure: float) -> None:
        """Take one more thing that the word may stand for."""
        if self.alternatives.get(alternative, 0.0) < sure:
            self.alternatives[alternative] = sure


class Interpreter:
    """Turns what is typed into units."""

    def __init__(self, columns: ColumnReader, lexicon: Lexicon, rarity: list[float]) -> None:
        self._lexicon = lexicon
        self._rarity = rarity
        self._terms = {term: number for number, term in enumerate(columns.lines("terms"))}
        self._groups = {number for term, number in self._terms.items() if term.startswith("<")}
        self._ignored = EMPTY_WORDS | set(columns.structure("ignored"))
        self._weak = frozenset(columns.structure("weak"))
        self._common = frozenset(columns.structure("common"))
        self._rewrites = [(f" {said} ", f" {meant} ") for said, meant in columns.structure("rewrites").items()]
        # By first stem: (the other stems, what the whole means).
        self._meanings: dict[int, list[tuple[Alternative, list[tuple[Alternative, float]]]]] = defaultdict(list)
        for said, meant in columns.structure("meanings"):
            found = [(tuple(numbers), weight / 100) for numbers, weight in meant]
            self._meanings[said[0]].append((tuple(said[1:]), found))

    def interpret(self, query: str) -> list[Unit]:
        """Return the units of a query; none when it says nothing."""
        is_typing = bool(query) and not query[-1].isspace()
        text = f" {plain(query)} "
        for said, meant in self._rewrites:
            text = text.replace(said, meant)
        # The first time a word is said is enough; who types more than this tells a story, whose end matters most.
        typed = list(dict.fromkeys(reversed(_join_letters(text.split()))))[:MOST_WORDS][::-1]
        units: list[Unit] = []
        for position, word in enumerate(typed):
            is_last = is_typing and position == len(typed) - 1
            if word in self._ignored:
                if is_last and not units and len(word) > 1:
                    units += self._read(word, is_last=True)
                continue
            units += self._read(word, is_last=is_last)
        self._add_meanings(units)
        self._weigh(units)
        return units

    def _read(self, word: str, *, is_last: bool) -> list[Unit]:
        unit = Unit(is_weak=word in self._weak, is_common=stem(word) in self._common or word.isdigit())
        at = self._lexicon.find(word)
        is_sure = at >= 0 and (self._lexicon.is_strong(at) or unit.is_weak or unit.is_common)
        further = self._lexicon.completions(word, MOST_COMPLETIONS) if is_last and len(word) > 1 else []
        if at >= 0:
            self._take(unit, at, 1.0)
            if is_sure and len(word) > 3 and not unit.is_weak and not unit.is_common:
                for _sure, other in self._lexicon.alike(word)[:2]:
                    if self._lexicon.counts[other] > 4 * self._lexicon.counts[at]:
                        self._take(unit, other, HEARD)
        elif not further:
            rest = self._lexicon.without_elision(word)
            if rest != word:
                return [] if rest in self._ignored else self._read(rest, is_last=is_last)
            if word[:1] in "jcmtsnld" and word[1:] in self._ignored:
                return []
        if at < 0 and (number := self._terms.get(stem(word))) is not None:
            unit.readings[number] = INFLECTED
        best = COMPLETED_FURTHER if is_sure else COMPLETED
        for rank, other in enumerate(further):
            self._take(unit, other, best - 0.015 * rank)
        if not is_sure and not further:
            corrected = self._lexicon.corrections(word, MOST_CORRECTIONS)
            if not unit.readings and (not corrected or corrected[0][0] < SURE):
                parts = self._take_apart(word)
                if parts:
                    return [one for part in parts for one in self._read(part, is_last=False)]
            for sure, other in corrected:
                self._take(unit, other, sure * (DOUBTED if unit.readings and at >= 0 else 1.0))
        return [unit]

    def _take(self, unit: Unit, at: int, sure: float) -> None:
        number = self._lexicon.terms[at]
        if number != NO_TERM and unit.readings.get(number, 0.0) < sure:
            unit.readings[number] = sure

    def _take_apart(self, word: str) -> list[str]:
        """Return known words that were run together: the fewest, or none when they do not make up the whole."""
        if not 6 <= len(word) <= LONGEST_JOINED:
            return []
        best: list[tuple[float, list[str]] | None] = [(0.0, [])] + [None] * len(word)
        for end in range(1, len(word) + 1):
            for start in range(max(0, end - 18), end):
                before = best[start]
                if before is None:
                    continue
                part = word[start:end]
                if part in EMPTY_WORDS:
                    cost = 1.3
                elif end - start < SHORTEST_PART:
                    continue
                else:
                    at = self._lexicon.find(part)
                    if at < 0 or not self._lexicon.is_strong(at):
                        continue
                    cost = 1.0
                reached = best[end]
                if reached is None or before[0] + cost < reached[0]:
                    best[end] = (before[0] + cost, [*before[1], part])
        whole = best[-1]
        if whole is None:
            return []
        parts = [part for part in whole[1] if part not in self._ignored]
        return parts if len(whole[1]) > 1 and any(len(part) > 3 for part in parts) else []

    def _add_meanings(self, units: list[Unit]) -> None:
        for unit in units:
            for number, sure in unit.readings.items():
                unit.offer((number,), sure)
        for first, unit in enumerate(units):
            for number, sure in list(unit.readings.items()):
                for rest, meant in self._meanings.get(number, ()):
                    whole = self._whole(units, first + 1, rest, sure)
                    if whole:
                        self._offer_all(units[first : first + 1 + len(rest)], meant, whole)

    @staticmethod
    def _whole(units: list[Unit], start: int, rest: Alternative, sure: float) -> float:
        if start + len(rest) > len(units):
            return 0.0
        for unit, number in zip(units[start:], rest, strict=False):
            sure *= unit.readings.get(number, 0.0)
            if not sure:
                return 0.0
        return sure

    @staticmethod
    def _offer_all(units: Iterable[Unit], meant: list[tuple[Alternative, float]], sure: float) -> None:
        for unit in units:
            for alternative, weight in meant:
                unit.offer(alternative, weight * sure)

    def _weigh(self, units: list[Unit]) -> None:
        for unit in units:
            if not unit.alternatives:
                unit.weight = UNKNOWN
                continue
            saying = max(
                sure * max(GROUP_SAYS if number in self._groups else self._rarity[number] for number in alternative)
                for alternative, sure in unit.alternatives.items()
            )
            unit.weight = min(max(saying, LEAST_SAYING), MOST_SAYING)
            # A word that was only guessed says less than one that was read.
            unit.weight *= max(unit.readings.values(), default=1.0)
            if unit.is_weak:
                unit.weight *= WEAK
            elif unit.is_common:
                unit.weight *= COMMON


def _join_letters(typed: list[str]) -> list[str]:
    """Join letters typed one by one: "r s a" is "rsa"."""
    joined: list[str] = []
    run: list[str] = []
    for word in [*typed, ""]:
        if len(word) == 1 and word.isalpha():
            run.append(word)
            continue
        joined += ["".join(run)] if len(run) > 1 else run
        run = []
        if word:
            joined.append(word)
    return joined


def rarity(holders: int, pages: int) -> float:
    """Return how much a stem says that so many pages hold (its idf); one that none holds is only in expressions."""
    return math.log(1 + pages / (1 + holders)) if holders else 0.0
