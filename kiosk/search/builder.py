"""Building the index: once, when the library is packed.

Every page gets two things. Its *weights*: how much each stem says of it (BM25F, the fields weighed by `FIELDS`,
saturated, one byte each). And its *names*: title, everyday names, needs, texts of links, each a short list of stems
that a query is compared with as a whole. Beside them lie the vocabulary, to complete and correct what is typed, and
the synonyms, turned into numbers.
"""

from __future__ import annotations

import math
import re
import sqlite3
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from kiosk.search import storage
from kiosk.search.analysis import EMPTY_WORDS, Stemmer, text_counts
from kiosk.search.documents import MOST_TEXT, Document
from kiosk.search.normalising import plain
from kiosk.search.sounding import sound
from kiosk.search.synonyms import GROUP, Synonyms

Progress = Callable[[int, int], None]

FIELDS = {
    "title": 7.0,
    "names": 6.0,
    "anchors": 4.0,
    "summary": 2.5,
    "breadcrumb": 2.0,
    "headings": 1.2,
    "text": 0.8,
}
"""How much a word counts by where it stands."""

SATURATION = 3.0
"""Weight at which a word says half of what it can say (the k of BM25)."""

NAME_WEIGHTS = {"title": 100, "names": 104, "needs": 108, "anchors": 84}
"""Hundredths of a full match, by kind of name."""


MOST_TEXT_WORDS = 70
"""Stems of the text alone that are kept for one page: the most telling ones."""

RAREST = 5
"""A word that fewer texts hold is a name or a slip; it says nothing that a resident would type."""

MOST_ANCHORS = 14
"""Different texts of links kept as names of one page."""

WIDEST_ANCHOR = 3
"""A text by which more pages than this are pointed at ("cette démarche") names none of them."""

LONGEST_NAME = 12
"""Stems of one name."""

_WORD = re.compile(r"[^\W\d_]+|\d+")


class _Terms:
    """Numbers of the stems."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}

    def __call__(self, stem: str) -> int:
        return self.numbers.setdefault(stem, len(self.numbers))


class _Vocabulary:
    """Words of the library and of the synonyms: how often, and how they are written."""

    def __init__(self) -> None:
        self.strong: Counter[str] = Counter()
        self.weak: Counter[str] = Counter()
        self.suggested: set[str] = set()
        self.written: dict[str, str] = {}
        self._texts: Counter[str] = Counter()
        self._said: set[str] = set()

    def learn(self, text: str, worth: int) -> None:
        """Take the words of a title, a name or an expression: these complete and correct what is typed."""
        self._texts[text] += worth

    def learn_said(self, text: str, worth: int = 2) -> None:
        """Take words that complete and correct what is typed, but are no suggestion: of summaries and synonyms."""
        self.learn(text, worth)
        self._said.add(text)

    def count(self) -> None:
        """Count the words of all that was learnt; the way most often written is the one that is shown."""
        pieces: Counter[str] = Counter()
        official: set[str] = set()
        for text, worth in self._texts.items():
            found = _WORD.findall(text)
            for piece in found:
                pieces[piece] += worth
            if text not in self._said:
                official.update(found)
        shown: dict[str, int] = {}
        for piece, worth in pieces.items():
            word = plain(piece)
            if word and " " not in word:
                self.strong[word] += worth
                if piece in official:
                    self.suggested.add(word)
                # Capitals of a title are no part of a word; those of an acronym are.
                is_plain = piece.islower() or (len(piece) > 1 and piece.isupper())
                if 2 * worth * is_plain + 1 > shown.get(word, 0):
                    shown[word] = 2 * worth * is_plain + 1
                    self.written[word] = piece
        self._texts.clear()


class _Builder:
    def __init__(self, documents: Sequence[Document], synonyms: Synonyms) -> None:
        self.documents = documents
        self.synonyms = synonyms
        self.stem = Stemmer()
        self.terms = _Terms()
        self.vocabulary = _Vocabulary()
        self.ignored = EMPTY_WORDS | {word for text in synonyms.ignore for word in plain(text).split()}
        self.names: list[list[tuple[tuple[int, ...], int]]] = []
        self.weights: dict[int, list[tuple[int, int]]] = defaultdict(list)
        self.pages_with: Counter[str] = Counter()
        self._stems: dict[str, list[str]] = {}

    def stems(self, text: str) -> list[str]:
        # Breadcrumbs, headings and links say the same again and again.
        found = self._stems.get(text)
        if found is None:
            found = [self.stem(word) for word in plain(text).split() if word not in self.ignored]
            self._stems[text] = found
        return found

    def numbers(self, text: str) -> tuple[int, ...]:
        return tuple(self.terms(one) for one in self.stems(text))

    def expression(self, text: str) -> tuple[int, ...]:
        """Return the stems of an expression of the synonyms; a group is a stem of its own."""
        found: list[int] = []
        for piece in re.split(r"(<[a-z0-9-]+>)", text):
            if GROUP.fullmatch(piece):
                found.append(self.terms(piece))
            else:
                found += self.numbers(piece)
        return tuple(found)


def _wide_anchors(documents: Sequence[Document]) -> set[str]:
    targets: dict[str, set[str]] = defaultdict(set)
    for document in documents:
        for anchor in set(document.anchors):
            targets[anchor.casefold()].add(document.id)
    return {anchor for anchor, ids in targets.items() if len(ids) > WIDEST_ANCHOR}


def build_index(
    connection: sqlite3.Connection,
    documents: Iterable[Document],
    synonyms: Synonyms,
    progress: Progress = lambda _done, _total: None,
) -> None:
    """Write the index of `documents` into a database, in place of the one that it may hold.

    Args:
        connection: where the tables `search_…` are made; the caller commits.
        documents: all that can be found.
        synonyms: what people say for it.
        progress: called with the pages done and in all.
    """
    pages = sorted(documents, key=lambda one: (one.kind != "authored", one.audience != "particuliers", one.id))
    build = _Builder(pages, synonyms)
    needs: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for need in synonyms.needs:
        needs[need.sheet] += [(expression, need.weight) for expression in need.expressions]
    wide = _wide_anchors(pages)
    texts: list[Counter[str]] = []
    fields: list[dict[str, float]] = []
    total = 2 * len(pages)
    for done, page in enumerate(pages, 1):
        names = _names(build, page, needs, wide)
        build.names.append(names)
        weights: dict[str, float] = defaultdict(float)
        _weigh(build, weights, [page.title], FIELDS["title"])
        _weigh(build, weights, page.names, FIELDS["names"])
        _weigh_needs(build, weights, needs.get(page.id, ()))
        _weigh(build, weights, page.anchors, FIELDS["anchors"])
        _weigh(build, weights, page.breadcrumb, FIELDS["breadcrumb"])
        _weigh(build, weights, [page.summary], FIELDS["summary"])
        _weigh(build, weights, page.headings, FIELDS["headings"], at_most=2)
        text = Counter(text_counts(page.text[:MOST_TEXT]) if page.counts is None else page.counts)
        texts.append(text)
        fields.append(weights)
        build.pages_with.update(text.keys())
        worth = 3 if page.kind == "authored" else 2 if page.audience == "particuliers" else 1
        if page.audience == "particuliers" or page.kind == "authored":
            build.vocabulary.learn(page.title, worth)
            for name in page.names:
                build.vocabulary.learn(name, worth + 1)
            build.vocabulary.learn_said(page.summary, 1)
            for heading in page.headings:
                build.vocabulary.learn_said(heading, 1)
        else:
            build.vocabulary.learn(page.title, 1)
        progress(done, total)
    _add_texts(build, fields, texts, progress, total)
    compiled = _compile(build)
    narrow = _narrow(build)
    build.vocabulary.count()
    _write(connection, build, compiled, narrow)


def _weigh(build: _Builder, into: dict[str, float], texts: Iterable[str], weight: float, at_most: int = 1) -> None:
    """Add what the words of one field count for a page; a word counts in `at_most` of the texts of the field."""
    if at_most == 1:
        for one in {one for text in texts for one in build.stems(text)}:
            into[one] += weight
        return
    counts: Counter[str] = Counter()
    for text in texts:
        counts.update(set(build.stems(text)))
    for one, count in counts.items():
        into[one] += weight * min(count, at_most)


def _weigh_needs(build: _Builder, into: dict[str, float], needs: Iterable[tuple[str, float]]) -> None:
    """Add what the words and the families of words of a page's needs count."""
    found: set[str] = set()
    for expression, _weight in needs:
        found.update(f"<{group}>" for group in GROUP.findall(expression))
        found.update(build.stems(GROUP.sub(" ", expression)))
    for one in found:
        into[one] += FIELDS["names"]


def _names(
    build: _Builder, page: Document, needs: dict[str, list[tuple[str, float]]], wide: set[str]
) -> list[tuple[tuple[int, ...], int]]:
    """Return the names of a page, each as its stems and its weight in hundredths, without doubles."""
    found: dict[tuple[int, ...], int] = {}

    def add(numbers: tuple[int, ...], weight: int) -> None:
        key = tuple(dict.fromkeys(numbers))[:LONGEST_NAME]
        if key and found.get(key, 0) < weight:
            found[key] = min(weight, 255)

    add(build.numbers(page.title), NAME_WEIGHTS["title"])
    for name in page.names:
        add(build.numbers(name), NAME_WEIGHTS["names"])
    for expression, weight in needs.get(page.id, ()):
        add(build.expression(expression), round(NAME_WEIGHTS["needs"] * weight))
    counts = Counter(anchor for anchor in page.anchors if anchor.casefold() not in wide)
    for anchor, _count in counts.most_common(MOST_ANCHORS):
        add(build.numbers(anchor), NAME_WEIGHTS["anchors"])
    return list(found.items())


def _add_texts(
    build: _Builder, fields: list[dict[str, float]], texts: list[Counter[str]], progress: Progress, total: int
) -> None:
    """Add the most telling words of the texts to the weights, and turn all into one byte a stem and page."""
    pages = len(texts) or 1
    rarity = {
        word: math.log(1 + pages / count)
        for word, count in build.pages_with.items()
        if count >= RAREST and len(word) > 2 and word not in build.ignored
    }
    longest = {word: count for word, count in build.pages_with.items() if word in rarity}
    build.vocabulary.weak.update(longest)
    average = sum(text.total() for text in texts) / pages or 1.0
    for number, (weights, text) in enumerate(zip(fields, texts, strict=True)):
        length = 0.4 + 0.6 * min(text.total() / average, 3.0)
        scored = [(rarity[word] * count / (count + length), word) for word, count in text.items() if word in rarity]
        if len(scored) > MOST_TEXT_WORDS:
            scored.sort(reverse=True)
        inside: dict[str, int] = defaultdict(int)
        for _score, word in scored[:MOST_TEXT_WORDS]:
            inside[build.stem(word)] += text[word]
        for one, count in inside.items():
            weights[one] += FIELDS["text"] * min(count, 6) / length
        for one, weight in weights.items():
            impact = round(255 * weight / (weight + SATURATION))
            if impact:
                build.weights[build.terms(one)].append((number, impact))
        progress(len(texts) + number + 1, total)


def _compile(build: _Builder) -> list[list[object]]:
    """Return the synonyms as numbers: [stems of an expression, [[stems, weight in hundredths, is a group]…]]."""
    meanings: dict[tuple[int, ...], dict[tuple[int, ...], int]] = defaultdict(dict)

    def add(said: str, meant: tuple[int, ...], weight: int) -> None:
        key = build.numbers(said)
        if key and meant and key != meant and meanings[key].get(meant, 0) < weight:
            meanings[key][meant] = weight

    for together in build.synonyms.same:
        for said in together:
            build.vocabulary.learn_said(said)
            for other in together:
                if other != said:
                    add(said, build.numbers(other), 92)
    for meaning in build.synonyms.means:
        for said in meaning.everyday:
            build.vocabulary.learn_said(said)
            for official in meaning.official:
                add(said, build.numbers(official), 95)
    for name, members in build.synonyms.groups.items():
        group = (build.terms(f"<{name}>"),)
        for said in members:
            build.vocabulary.learn_said(said)
            add(said, group, 100)
    for need in build.synonyms.needs:
        for expression in need.expressions:
            build.vocabulary.learn_said(GROUP.sub(" ", expression))
    for text in (*build.synonyms.weak, *build.synonyms.common, *build.synonyms.ignore):
        build.vocabulary.learn_said(text, 1)
    return [
        [list(said), [[list(meant), weight] for meant, weight in found.items()]]
        for said, found in sorted(meanings.items())
    ]


def _narrow(build: _Builder) -> list[list[object]]:
    return [
        [
            [list(build.numbers(word)) for word in one.title_words],
            [list(build.numbers(word)) for word in one.asked_by],
        ]
        for one in build.synonyms.narrow
    ]


def _write(
    connection: sqlite3.Connection, build: _Builder, compiled: list[list[object]], narrow: list[list[object]]
) -> None:
    # Statement by statement: executescript would end the transaction of the caller.
    for statement in (storage.DROP + storage.TABLES).split(";"):
        connection.execute(statement)
    columns = storage.ColumnWriter(connection)
    words: dict[str, int] = {**build.vocabulary.weak}
    for word, count in build.vocabulary.strong.items():
        words[word] = words.get(word, 0) + 2 * count
    ordered = sorted(words)
    word_terms = [build.terms(build.stem(word)) if word not in build.ignored else 0xFFFFFFFF for word in ordered]
    terms = sorted(build.terms.numbers, key=build.terms.numbers.__getitem__)
    columns.structure("about", {"version": storage.VERSION, "pages": len(build.documents), "terms": len(terms)})
    columns.lines("words", ordered)
    columns.numbers("word_terms", "I", word_terms)
    columns.numbers("word_counts", "H", (min(words[word], 65535) for word in ordered))
    silent = {word for text in build.synonyms.silent for word in plain(text).split()}
    suggested = build.vocabulary.suggested - silent
    columns.numbers("word_levels", "B", ((word in build.vocabulary.strong) + (word in suggested) for word in ordered))
    columns.lines(
        "word_written",
        (
            "" if build.vocabulary.written.get(word, word) == word else build.vocabulary.written[word]
            for word in ordered
        ),
    )
    columns.lines("word_sounds", (sound(word) if word in build.vocabulary.strong else "" for word in ordered))
    columns.lines("terms", terms)
    offsets, holders, impacts = [0], [], bytearray()
    for number in range(len(terms)):
        for page, impact in build.weights.get(number, ()):
            holders.append(page)
            impacts.append(impact)
        offsets.append(len(holders))
    columns.numbers("offsets", "I", offsets)
    columns.numbers("holders", "H", holders)
    columns.numbers("impacts", "B", impacts)
    name_terms: list[int] = []
    name_ends: list[int] = []
    name_weights: list[int] = []
    page_ends: list[int] = []
    for names in build.names:
        for numbers, weight in names:
            name_terms += numbers
            name_ends.append(len(name_terms))
            name_weights.append(weight)
        page_ends.append(len(name_ends))
    columns.numbers("name_terms", "H", name_terms)
    columns.numbers("name_ends", "I", name_ends)
    columns.numbers("name_weights", "B", name_weights)
    columns.numbers("page_ends", "I", page_ends)
    columns.structure("meanings", compiled)
    columns.structure("narrow", narrow)
    columns.structure("weak", sorted({word for text in build.synonyms.weak for word in plain(text).split()}))
    columns.structure(
        "common", sorted({build.stem(word) for text in build.synonyms.common for word in plain(text).split()})
    )
    columns.structure("rewrites", build.synonyms.rewrite)
    columns.structure("ignored", sorted(build.ignored - EMPTY_WORDS))
    _write_pages(connection, build)


def _write_pages(connection: sqlite3.Connection, build: _Builder) -> None:
    most = math.log1p(max((len(page.anchors) for page in build.documents), default=1)) or 1.0
    subjects: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
    for bit, one in enumerate(build.synonyms.narrow):
        for word in one.title_words:
            if expression := build.numbers(word):
                subjects[expression[0]].append((bit, expression))
    rows = []
    for number, page in enumerate(build.documents):
        title = set(build.numbers(page.title))
        mask = 0
        for number_in_title in title:
            for bit, expression in subjects.get(number_in_title, ()):
                if title.issuperset(expression):
                    mask |= 1 << bit
        prior = round(255 * math.log1p(len(page.anchors)) / most)
        shown = unicodedata.normalize("NFC", page.title)
        rows.append(
            (number, page.id, page.source, shown, page.kind, page.audience, " ".join(page.related), prior, mask)
        )
    connection.executemany(storage.INSERT_PAGE, rows)
