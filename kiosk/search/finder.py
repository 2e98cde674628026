"""Finding pages by what people type, at each letter.

Two steps. All pages that hold a word of the query, or what it may mean, are weighed by it; the best of them are
then compared name by name with the query as a whole: how much of the query one name answers, and how much of
that name was asked. Everything that is typed lives in local variables and is gone when a call returns.
"""

from __future__ import annotations

import sqlite3
import threading
from array import array
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from kiosk.search import storage
from kiosk.search.interpreting import Interpreter, Unit, rarity
from kiosk.search.lexicon import NO_TERM, Lexicon
from kiosk.search.normalising import plain
from kiosk.search.storage import ColumnReader, SearchIndexError

CANDIDATES = 60
"""Pages that are compared name by name."""

NAME_SHARE = 1.0
BODY_SHARE = 0.8
PRIOR_SHARE = 0.12
"""What the best name, all words together, and being pointed at count."""

ASKED_SHARE = 0.45
"""Part of a name's match that is how much of the name was asked."""

NARROW_COST = 0.12
"""What it costs to speak of a subject that was not asked for."""

EXACT_GAIN = 0.25
"""What it is worth to be called just so, by one's title or by an everyday name."""

ALL = 0.995
OWN_NAME = 100
"""Weight of a name that is the page's own, in hundredths; texts of links weigh less."""

KIND_COST = {"sheet": 0.0, "authored": 0.0, "guided": 0.35, "dossier": 0.12, "theme": 0.2, "service": 0.22}
AUDIENCE_COST = {"particuliers": 0.0, "professionnels": 0.35, "associations": 0.35}

GOOD_SCORE = 0.34
"""Below this, a page is noise."""

GOOD_PART = 0.42
"""A page that scores less than this part of the best is noise beside it."""


SUGGESTED = 0.6
"""A correction less sure than this is not shown."""

MOST_COMPLETIONS = 40
"""Words looked at for a suggestion."""

MAIN_SHARE = 0.12
"""By how much a related sheet must answer better than the main one of our procedure to stand for it."""

AUTHORED_GAIN = 0.015
"""Our procedure goes before the official sheet that it comes from."""

RELATED_LIFT = 0.5
"""How far above its own match a related sheet may lift our procedure."""

OWN_SHARE = 0.01
"""What its own match counts between two of our procedures that one sheet lifts."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One page found; `source` is the official sheet that answers best among those the page covers."""

    id: str
    source: str
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class _Page:
    id: str
    source: str
    title: str
    kind: str
    audience: str
    related: tuple[str, ...]
    prior: float
    narrow: int


class _Loaded:
    """The index in memory."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        columns = ColumnReader(connection)
        about = columns.structure("about")
        if about.get("version") != storage.VERSION:
            raise SearchIndexError("the search index was built by another version of the program")
        try:
            self.pages = [
                _Page(key, source, title, kind, audience, tuple(related.split()), prior / 255, narrow)
                for key, source, title, kind, audience, related, prior, narrow in connection.execute(
                    storage.SELECT_PAGES
                )
            ]
        except (sqlite3.Error, AttributeError, TypeError, ValueError) as error:
            raise SearchIndexError(f"the search index is damaged: its pages cannot be read ({error})") from error
        self.offsets: array[int] = columns.numbers("offsets", "I")
        self.holders: array[int] = columns.numbers("holders", "H")
        self.impacts: array[int] = columns.numbers("impacts", "B")
        self.name_terms: array[int] = columns.numbers("name_terms", "H")
        self.name_ends: array[int] = columns.numbers("name_ends", "I")
        self.name_weights: array[int] = columns.numbers("name_weights", "B")
        self.page_ends: array[int] = columns.numbers("page_ends", "I")
        if len(self.pages) != about.get("pages") or len(self.page_ends) != len(self.pages):
            raise SearchIndexError("the search index is damaged: it lacks pages")
        count = len(self.pages)
        self.rarity = [rarity(end - start, count) for start, end in zip(self.offsets, self.offsets[1:], strict=False)]
        self.lexicon = Lexicon(columns)
        self.interpreter = Interpreter(columns, self.lexicon, self.rarity)
        self.narrow = [
            [tuple(expression) for expression in (*titles, *asked)] for titles, asked in columns.structure("narrow")
        ]


class Finder:
    """Finds pages in one index. Opening does nothing but keep the address: the index is read when first needed.

    May be used from several threads.
    """

    def __init__(self, index: sqlite3.Connection | Path) -> None:
        """Keep where the index is: an open connection, usable from any thread, or the path of the file."""
        self._index = index
        self._lock = threading.Lock()
        self._loaded: _Loaded | None = None

    def warm(self) -> None:
        """Read the index now, so that the first letter typed need not wait.

        Raises:
            SearchIndexError: there is no whole index of this version.
        """
        self._load()

    def _load(self) -> _Loaded:
        with self._lock:
            if self._loaded is None:
                if isinstance(self._index, sqlite3.Connection):
                    self._loaded = _Loaded(self._index)
                else:
                    try:
                        connection = sqlite3.connect(
                            f"file:{quote(str(self._index.resolve()))}?mode=ro&immutable=1", uri=True
                        )
                    except sqlite3.Error as error:
                        raise SearchIndexError(f"the search index cannot be opened ({error})") from error
                    try:
                        self._loaded = _Loaded(connection)
                    finally:
                        connection.close()
            return self._loaded

    def search(self, query: str, limit: int = 24) -> list[Hit]:
        """Return what answers a query, best first; nothing when nothing answers well.

        The last word counts as still being typed unless a space follows it.

        Raises:
            SearchIndexError: there is no whole index of this version.
        """
        index = self._load()
        units = index.interpreter.interpret(query)
        if not any(unit.alternatives for unit in units):
            return []
        bodies = _weigh_bodies(index, units)
        if not bodies:
            return []
        ranked = _rank(index, units, bodies)
        return _shown(index, ranked, limit)

    def suggest(self, query: str, n: int = 3) -> list[str]:
        """Return how the word being typed may go on, or what it was meant to be, as it is written."""
        if not query or query[-1].isspace():
            return []
        typed = plain(query).split()
        if not typed or len(typed[-1]) < 2:
            return []
        lexicon = self._load().lexicon
        found = lexicon.completions(typed[-1], MOST_COMPLETIONS)
        if not found and lexicon.find(typed[-1]) < 0:
            found = [at for sure, at in lexicon.corrections(typed[-1], MOST_COMPLETIONS) if sure > SUGGESTED]
        words = dict.fromkeys(
            lexicon.written(at) for at in found if lexicon.is_suggested(at) and lexicon.terms[at] != NO_TERM
        )
        return list(words)[:n]

    def common_word(self, word: str) -> str:
        """Return a word as the library writes it, when it may be counted: not a name of a person or a place.

        Empty for a word that the library lacks, and for one that it writes with a capital alone.
        """
        typed = plain(word).split()
        lexicon = self._load().lexicon
        at = lexicon.find(typed[0]) if len(typed) == 1 else -1
        written = lexicon.written(at) if at >= 0 else ""
        return written if written.islower() or written.isupper() else ""

    def is_known(self, word: str) -> bool:
        """Tell whether the library, or an everyday expression for it, holds this word."""
        typed = plain(word).split()
        lexicon = self._load().lexicon
        return len(typed) == 1 and lexicon.find(typed[0]) >= 0


def _weigh_bodies(index: _Loaded, units: list[Unit]) -> dict[int, float]:
    """Return how well each page answers the words, 0 to 1, whatever names hold them."""
    total = sum(unit.weight for unit in units)
    scores: dict[int, float] = {}
    offsets, holders, impacts = index.offsets, index.holders, index.impacts
    for unit in units:
        best: dict[int, float] = {}
        for alternative, sure in unit.alternatives.items():
            if len(alternative) == 1:
                start, end = offsets[alternative[0]], offsets[alternative[0] + 1]
                factor = sure / 255
                for page, impact in zip(holders[start:end], impacts[start:end], strict=True):
                    score = impact * factor
                    if score > best.get(page, 0.0):
                        best[page] = score
            else:
                _weigh_together(index, alternative, sure, best)
        share = unit.weight / total
        for page, score in best.items():
            scores[page] = scores.get(page, 0.0) + share * score
    return scores


def _weigh_together(index: _Loaded, alternative: tuple[int, ...], sure: float, best: dict[int, float]) -> None:
    """Weigh pages by several stems that mean one thing together: who holds a part of them counts less than in part."""
    offsets, holders, impacts = index.offsets, index.holders, index.impacts
    sums: dict[int, int] = {}
    held: dict[int, int] = {}
    for number in alternative:
        start, end = offsets[number], offsets[number + 1]
        for page, impact in zip(holders[start:end], impacts[start:end], strict=True):
            sums[page] = sums.get(page, 0) + impact
            held[page] = held.get(page, 0) + 1
    size = len(alternative)
    for page, impact in sums.items():
        part = held[page] / size
        score = sure * impact / (255 * size) * part
        if score > best.get(page, 0.0):
            best[page] = score


def _asked_subjects(index: _Loaded, units: list[Unit]) -> int:
    stems = {number for unit in units for number, sure in unit.readings.items() if sure >= 0.6}
    mask = 0
    for bit, expressions in enumerate(index.narrow):
        if any(stems.issuperset(expression) for expression in expressions):
            mask |= 1 << bit
    return mask


def _rank(index: _Loaded, units: list[Unit], bodies: dict[int, float]) -> list[tuple[float, int]]:
    total = sum(unit.weight for unit in units)
    asked = _asked_subjects(index, units)
    singles: dict[int, list[tuple[int, float]]] = {}
    together: list[tuple[int, tuple[int, ...], float]] = []
    for at, unit in enumerate(units):
        for alternative, sure in unit.alternatives.items():
            if len(alternative) == 1:
                singles.setdefault(alternative[0], []).append((at, sure))
            else:
                together.append((at, alternative, sure))
    ordered = sorted(bodies.items(), key=lambda one: (-one[1], one[0]))[:CANDIDATES]
    weights = [unit.weight for unit in units]
    ranked = []
    for page, body in ordered:
        about = index.pages[page]
        name = _best_name(index, page, weights, total, singles, together)
        score = NAME_SHARE * name + BODY_SHARE * body + PRIOR_SHARE * about.prior
        score -= NARROW_COST * (about.narrow & ~asked).bit_count()
        score -= KIND_COST.get(about.kind, 0.0) + AUDIENCE_COST.get(about.audience, 0.0)
        ranked.append((score, page))
    ranked.sort(key=lambda one: (-one[0], one[1]))
    return ranked


def _best_name(
    index: _Loaded,
    page: int,
    weights: list[float],
    total: float,
    singles: dict[int, list[tuple[int, float]]],
    together: list[tuple[int, tuple[int, ...], float]],
) -> float:
    best = 0.0
    first = index.page_ends[page - 1] if page else 0
    for name in range(first, index.page_ends[page]):
        start = index.name_ends[name - 1] if name else 0
        terms = index.name_terms[start : index.name_ends[name]]
        held: dict[int, float] = {}
        covered = 0.0
        size = 0.0
        inside = set(terms)
        matched: set[int] = set()
        for number in terms:
            for at, sure in singles.get(number, ()):
                if held.get(at, 0.0) < sure:
                    held[at] = sure
                matched.add(number)
        for at, alternative, sure in together:
            here = inside.intersection(alternative)
            if here:
                part = len(here) / len(alternative)
                gain = sure * part * part
                if held.get(at, 0.0) < gain:
                    held[at] = gain
                matched |= here
        if not held:
            continue
        for number in terms:
            saying = index.rarity[number] or 3.0
            size += saying
            if number in matched:
                covered += saying
        answered = sum(weights[at] * sure for at, sure in held.items()) / total
        weight = index.name_weights[name]
        score = weight / 100 * answered * (1 - ASKED_SHARE + ASKED_SHARE * covered / size)
        if answered > ALL and covered == size and weight >= OWN_NAME and matched.issubset(singles):
            score += EXACT_GAIN
        if score > best:
            best = score
    return best


def _shown(index: _Loaded, ranked: list[tuple[float, int]], limit: int) -> list[Hit]:
    if not ranked or ranked[0][0] < GOOD_SCORE:
        return []
    least = max(GOOD_SCORE, ranked[0][0] * GOOD_PART)
    scores = {index.pages[page].id: score for score, page in ranked}
    entries: list[tuple[float, int, str]] = []
    for score, page in ranked:
        about = index.pages[page]
        source = about.source
        if about.kind == "authored":
            score, source = _of_authored(about, score, scores)
        entries.append((score, page, source))
    entries.sort(key=lambda one: (-one[0], one[1]))
    taken: set[str] = set()
    hits: list[Hit] = []
    for score, page, source in entries:
        about = index.pages[page]
        if score < least or len(hits) >= limit:
            break
        if about.kind != "authored" and about.source in taken:
            continue
        taken.add(source)
        hits.append(Hit(about.id, source, about.title, round(score, 4)))
    return hits


def _of_authored(about: _Page, score: float, scores: dict[str, float]) -> tuple[float, str]:
    """Return the score of one of our procedures and the official sheet that it answers with."""
    covered = (about.source, *about.related)
    # The main sheet, unless another one answers clearly better.
    best = max(covered, key=lambda key: scores.get(key, 0.0) + MAIN_SHARE * (key == about.source))
    # A related sheet lifts the procedure only so far as the procedure answers itself: two may share one.
    lifted = max(scores.get(about.source, 0.0), min(scores.get(best, 0.0), score + RELATED_LIFT))
    return max(score, lifted) + AUTHORED_GAIN + OWN_SHARE * score, best
