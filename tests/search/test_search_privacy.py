"""What is typed is forgotten: no object of the process holds a typed word when the search has answered."""

from __future__ import annotations

import gc
import sys
from types import FrameType

import pytest

from tests.search.library import a_finder

PARTS = ("xylo", "zorgue", "matic")
KNOWN = ("nai", "san", "ceq")


def _typed(parts: tuple[str, ...]) -> str:
    return "".join(parts)


def holders(parts: tuple[str, ...]) -> list[object]:
    """Return the objects that hold a text with these parts joined."""
    needle = "".join(parts)
    found: list[object] = []
    mine = sys._getframe()
    for owner in gc.get_objects():
        # By their types: a weak proxy of something gone, left by another test, does not answer `isinstance`.
        if owner is mine or issubclass(type(owner), FrameType):
            continue
        for held in gc.get_referents(owner):
            if issubclass(type(held), str) and held is not needle and needle in held:
                found.append(owner)
    return found


def test_the_walk_sees_what_is_kept() -> None:
    kept = [_typed(PARTS)]
    assert kept in holders(PARTS)


@pytest.mark.parametrize("parts", [PARTS, KNOWN])
def test_no_typed_word_is_kept(parts: tuple[str, ...]) -> None:
    finder = a_finder()
    for end in range(1, len(_typed(parts)) + 1):
        finder.search(f"carte {_typed(parts)[:end]}")
        finder.suggest(_typed(parts)[:end])
        finder.is_known(_typed(parts)[:end])
    gc.collect()
    assert holders(parts) == []


@pytest.mark.parametrize("parts", [PARTS, KNOWN])
def test_the_stemmer_keeps_nothing(parts: tuple[str, ...]) -> None:
    from kiosk.search import normalising

    normalising.stem(_typed(parts))
    gc.collect()
    assert holders(parts) == []
