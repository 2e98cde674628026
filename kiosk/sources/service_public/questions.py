"""Choices of a sheet to questions: one key for one set of labels, one id for one label."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache

from kiosk.sources.service_public.names import Names
from kiosk.sources.service_public.wording import CACHED, MAX_SLUG, digest, slug


def _spelling(label: str) -> str:
    # Signs stay: “< 5 ans” and “> 5 ans” are two answers.
    return " ".join(label.casefold().split())


def choice_ids(labels: Sequence[str]) -> Sequence[str]:
    """Return the ids of answers: the same for the same labels, whatever their order, unique among them."""
    return _choice_ids(tuple(labels))


@lru_cache(maxsize=CACHED)
def _choice_ids(labels: tuple[str, ...]) -> tuple[str, ...]:
    slugs = [slug(label) or "choix" for label in labels]
    spellings: dict[str, set[str]] = {}
    for name, label in zip(slugs, labels, strict=True):
        spellings.setdefault(name, set()).add(_spelling(label))
    names = Names()
    ids: list[str] = []
    for name, label in zip(slugs, labels, strict=True):
        if len(spellings[name]) > 1:
            name = f"{name[: MAX_SLUG - 9]}-{digest(_spelling(label))}"
        ids.append(names.new(name))
    return tuple(ids)


@lru_cache(maxsize=CACHED)
def _key(labels: tuple[str, ...]) -> str:
    return f"situation-{digest('|'.join(sorted(_spelling(label) for label in labels)))}"


def question_key(labels: Sequence[str], above: Collection[str]) -> str:
    """Return the key of a question: its set of labels. Inside an answer of the same key it needs another one."""
    key = _key(tuple(labels))
    found, number = key, 1
    while found in above:
        number += 1
        found = f"{key}-{number}"
    return found
