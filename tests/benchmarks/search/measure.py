"""How well and how fast the search finds, beside plain full-text search in the same run."""

from __future__ import annotations

import random
import re
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from kiosk import paths
from kiosk.search.analysis import stems
from kiosk.search.builder import build_index
from kiosk.search.documents import Document
from kiosk.search.finder import Finder
from kiosk.search.synonyms import Synonyms, read_synonyms

QUERIES = Path(__file__).with_name("queries.yaml")
SYNONYMS = paths.assets() / "synonyms.yaml"
DEPTH = 24
MOST_PARAPHRASES = 400

Search = Callable[[str], Sequence[str]]
"""A query to the official ids found, best first; several ids of one result are joined by a space."""


@dataclass(frozen=True, slots=True)
class Query:
    """One judged query: the ids that answer, the best first."""

    text: str
    sheets: tuple[str, ...]
    part: str = "tuned"
    is_misspelt: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """How often a right sheet comes first, in the first three, in the first six; mean reciprocal rank."""

    count: int
    first: float
    in_three: float
    in_six: float
    reciprocal_rank: float

    def __str__(self) -> str:
        shares = f"{self.first:.1%} first, {self.in_three:.1%} in three, {self.in_six:.1%} in six"
        return f"{shares}, MRR {self.reciprocal_rank:.3f} ({self.count} queries)"


def read_queries() -> list[Query]:
    """Return the judged queries."""
    tree = yaml.safe_load(QUERIES.read_text(encoding="utf-8"))
    return [
        Query(
            one["query"],
            tuple(one["sheets"]),
            "held out" if one.get("held_out") else "late" if one.get("late") else "tuned",
            one.get("misspelt", False),
        )
        for one in tree["queries"]
    ]


def judge(search: Search, queries: Iterable[Query]) -> Quality:
    """Return how well a search does."""
    ranks = []
    for query in queries:
        found = search(query.text)
        ranks.append(next((at for at, ids in enumerate(found, 1) if set(ids.split()) & set(query.sheets)), 0))
    count = len(ranks) or 1

    def within(most: int) -> float:
        return sum(0 < rank <= most for rank in ranks) / count

    return Quality(len(ranks), within(1), within(3), within(6), sum(1 / rank for rank in ranks if rank) / count)


def ours(finder: Finder) -> Search:
    """Return our search as one to judge."""
    return lambda query: [f"{hit.id} {hit.source}" for hit in finder.search(query, DEPTH)]


def full_text(documents: Iterable[Document]) -> Search:
    """Return plain full-text search to compare with: SQLite FTS5 and its BM25 over title, breadcrumb and text."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE VIRTUAL TABLE plain USING fts5"
        "(id UNINDEXED, title, breadcrumb, text, tokenize='unicode61 remove_diacritics 2')"
    )
    connection.executemany(
        "INSERT INTO plain VALUES (?, ?, ?, ?)",
        (
            (one.id, one.title, " ".join(one.breadcrumb), f"{one.summary} {one.text}")
            for one in documents
            if one.kind == "sheet" and one.audience == "particuliers"
        ),
    )

    def search(query: str) -> list[str]:
        words = re.findall(r"\w+", query)
        asked = " OR ".join(f'"{word}"' for word in words)
        if not asked:
            return []
        sql = "SELECT id FROM plain WHERE plain MATCH ? ORDER BY bm25(plain, 0, 10, 4, 1) LIMIT ?"
        return [row[0] for row in connection.execute(sql, (asked, DEPTH))]

    return search


def paraphrases(documents: Sequence[Document], seed: int = 5) -> tuple[list[Document], list[Query]]:
    """Take one text that points at each sheet out of the library and ask for it: nobody wrote these queries.

    The text shares at least one stem with the title and has at least three that the title lacks. Many are scraps of
    sentences that fit several sheets: the figure compares two searches, it is no measure of what residents find.
    """
    rng = random.Random(seed)
    left: list[Document] = []
    queries: list[Query] = []
    for one in documents:
        title = set(stems(one.title))
        texts = {text: set(stems(text)) for text in set(one.anchors)}
        fit = sorted(
            text for text, words in texts.items() if words & title and len(words - title) >= 3 and len(words) <= 10
        )
        if one.kind != "sheet" or one.audience != "particuliers" or not fit:
            left.append(one)
            continue
        asked = rng.choice(fit)
        anchors = tuple(text for text in one.anchors if texts[text] != texts[asked])
        left.append(replace(one, anchors=anchors))
        queries.append(Query(asked, (one.id,), "mechanical"))
    rng.shuffle(queries)
    return left, queries[:MOST_PARAPHRASES]


def seconds_per_letter(finder: Finder, queries: Iterable[Query]) -> list[float]:
    """Type every query letter by letter; return how long each answer took, shortest first."""
    taken = []
    for query in queries:
        for end in range(1, len(query.text) + 1):
            started = time.perf_counter()
            finder.search(query.text[:end])
            taken.append(time.perf_counter() - started)
    return sorted(taken)


def build(documents: Iterable[Document], synonyms: Synonyms, path: Path) -> float:
    """Write an index into a new file; return the processor seconds that it took."""
    connection = sqlite3.connect(path)
    started = time.process_time()
    build_index(connection, documents, synonyms)
    connection.commit()
    taken = time.process_time() - started
    connection.execute("VACUUM")
    connection.close()
    return taken


def measure(subject: Path | Sequence[Document]) -> dict[str, float | Quality]:
    """Measure the search of a pack, or over documents.

    Args:
        subject: a pack that holds its index; or documents, from which one is built: then the comparison with plain
            full-text search, the mechanical paraphrases, size and time of building are measured too.

    Returns:
        name to figure: `Quality`, or a number whose unit is in its name.
    """
    figures: dict[str, float | Quality] = {}
    queries = read_queries()
    parts = sorted({query.part for query in queries})
    with tempfile.TemporaryDirectory() as scratch:
        path = subject if isinstance(subject, Path) else Path(scratch) / "index.sqlite"
        if not isinstance(subject, Path):
            synonyms = read_synonyms(SYNONYMS)
            figures["building, s"] = build(subject, synonyms, path)
            figures["size, MB"] = path.stat().st_size / 1e6
            plain = full_text(subject)
            for part in parts:
                asked = [query for query in queries if query.part == part]
                figures[f"full text, {part}"] = judge(plain, asked)
            left, mechanical = paraphrases(subject)
            build(left, synonyms, Path(scratch) / "left.sqlite")
            figures["ours, mechanical"] = judge(ours(Finder(Path(scratch) / "left.sqlite")), mechanical)
            figures["full text, mechanical"] = judge(full_text(left), mechanical)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        finder = Finder(path)
        figures["opening, ms"] = 1000 * (time.perf_counter() - started)
        finder.warm()
        figures["warming, ms"] = 1000 * (time.perf_counter() - started)
        figures["memory at most, MB"] = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
        for part in parts:
            figures[f"ours, {part}"] = judge(ours(finder), [query for query in queries if query.part == part])
        figures["ours, misspelt"] = judge(ours(finder), [query for query in queries if query.is_misspelt])
        taken = seconds_per_letter(finder, queries)
        figures["letter p50, ms"] = 1000 * taken[len(taken) // 2]
        figures["letter p95, ms"] = 1000 * taken[int(len(taken) * 0.95)]
        figures["letter p99, ms"] = 1000 * taken[int(len(taken) * 0.99)]
    return figures
