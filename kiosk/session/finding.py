"""What a visit asks of the search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from kiosk.packs.reader import Card


@dataclass(frozen=True, slots=True)
class Found:
    """A result of the search, and the official sheet that it comes from."""

    card: Card
    source: str = ""


class Finder(Protocol):
    """The search over the library."""

    def search(self, query: str, limit: int) -> list[Found]:
        """Return what is found, best first."""

    def suggest(self, query: str) -> list[str]:
        """Return words for the one being typed, the most useful first."""

    def known_words(self, query: str) -> list[str]:
        """Return the words of a query that the library has, as it writes them: those may be counted."""

    def warm(self) -> None:
        """Make ready what the first search needs."""


class NoFinder:
    """Finds nothing: there is no library."""

    def search(self, query: str, limit: int) -> list[Found]:  # noqa: ARG002 - as Finder says
        """Find nothing."""
        return []

    def suggest(self, query: str) -> list[str]:  # noqa: ARG002 - as Finder says
        """Suggest nothing."""
        return []

    def known_words(self, query: str) -> list[str]:  # noqa: ARG002 - as Finder says
        """Know nothing."""
        return []

    def warm(self) -> None:
        """Make nothing ready."""
