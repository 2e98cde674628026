"""What the search knows of one page: the texts by which it can be found, from the strongest to the weakest."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_TEXT = 3_000
"""Characters of the text that count: what a page is about stands at its beginning."""


@dataclass(frozen=True, slots=True)
class Document:
    """One page that can be found.

    Args:
        id: what a result opens.
        source: the official sheet that this page is, or comes from.
        kind: "authored", "sheet", "guided", "dossier", "theme" or "service".
        audience: "particuliers", "professionnels" or "associations".
        names: everyday names that an author gave.
        related: other official sheets that an authored page covers.
        breadcrumb: titles of what it stands in, the widest first.
        headings: titles of chapters, cases and situations, terms that it explains.
        anchors: the texts by which other pages point here, one a pointer: the same text twice says that
            it is pointed at twice, and what is pointed at more is wanted more.
        is_popular: one of the pages asked for most.
        counts: how often each word stands in the text, in the place of `text`, when they were counted already.
    """

    id: str
    source: str
    title: str
    kind: str
    audience: str
    names: tuple[str, ...]
    related: tuple[str, ...]
    breadcrumb: tuple[str, ...]
    summary: str
    headings: tuple[str, ...]
    text: str
    anchors: tuple[str, ...] = ()
    is_popular: bool = False
    counts: Mapping[str, int] | None = None
