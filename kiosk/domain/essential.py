"""The essential of a long procedure: what it costs, how long it takes, which papers, and what the rest is about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.procedure import (
    Block,
    Choice,
    ItemList,
    Paragraph,
    Procedure,
    Question,
    Section,
    Step,
    StepRole,
    own_texts,
    walk,
)

LONG_READING = 1500
"""Words of the longest way through that make a long reading: ten minutes at 150 words a minute."""

LONGEST_PART = 60
"""Most words of one part of the essential: 25 seconds of reading."""

ROLES = (StepRole.COST, StepRole.DELAY, StepRole.PAPERS)


@dataclass(frozen=True, slots=True)
class EssentialPart:
    """The beginning of one step. `is_whole` is not set when the step says more, or depends on the answers."""

    role: StepRole
    title: str
    blocks: tuple[Block, ...]
    is_whole: bool


@dataclass(frozen=True, slots=True)
class Essential:
    """What the short page shows."""

    parts: tuple[EssentialPart, ...]
    chapters: tuple[str, ...]


def reading_words(blocks: Iterable[Block]) -> int:
    """Return the words of the longest way through: of each question, only the longest answer."""
    words = 0
    for block in blocks:
        match block:
            case Question():
                words += max((reading_words(choice.blocks) for choice in block.choices), default=0)
            case Step() | Section():
                words += len(block.title.split()) + reading_words(block.blocks)
            case _:
                words += sum(len(text.split()) for text in _texts(block))
    return words


def _texts(block: Block) -> Iterator[str]:
    for inner in walk((block,)):
        yield from own_texts(inner)


def is_long(procedure: Procedure) -> bool:
    """Tell whether an official procedure is a very long reading."""
    return procedure.is_official and reading_words(procedure.blocks) >= LONG_READING


def essential_of(blocks: Iterable[Block], answered: Callable[[Question], Choice | None]) -> Essential | None:
    """Return the essential of a body; None when it has none, or depends on a question that is not answered yet.

    Args:
        blocks: the body. Questions on all of it are followed, those inside a step are not.
        answered: the answer given to a question of the whole body.
    """
    body: list[Block] = []
    todo = list(reversed(tuple(blocks)))
    while todo:
        block = todo.pop()
        if isinstance(block, Question):
            choice = answered(block)
            if choice is None:
                return None
            todo += reversed(choice.blocks)
        else:
            body.append(block)
    steps = list(_common_steps(body))
    parts = tuple(
        _part(step) for role in ROLES if (step := next((one for one in steps if one.role is role), None)) is not None
    )
    chapters = tuple(block.title for block in body if isinstance(block, Step) and block.title)
    return Essential(parts, chapters) if parts or chapters else None


def _common_steps(blocks: Iterable[Block]) -> Iterator[Step]:
    """Yield the steps that everybody meets, parents first."""
    for block in blocks:
        if isinstance(block, Step):
            yield block
            yield from _common_steps(block.blocks)


def _part(step: Step) -> EssentialPart:
    """Take the first lines of a step, whole ones, until they would be too many."""
    taken: list[Block] = []
    left = LONGEST_PART
    for block in step.blocks:
        words = sum(len(text.split()) for text in _texts(block))
        if not isinstance(block, Paragraph | ItemList) or words > left:
            return EssentialPart(step.role, step.title, tuple(taken), is_whole=False)
        taken.append(block)
        left -= words
    return EssentialPart(step.role, step.title, tuple(taken), is_whole=True)
