"""All the ways through a procedure, and the texts that a person meets on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.domain.guide import (
    WAY_KEY,
    Answers,
    EssentialPage,
    Guide,
    IntroPage,
    MistakesPage,
    Page,
    QuestionPage,
    SheetPage,
    StepPage,
    blocks_for,
)
from kiosk.domain.procedure import Block, Paragraph, Procedure, Way, own_texts, walk
from kiosk.domain.sheet import sheet_of


def all_answers(procedure: Procedure) -> Iterator[dict[str, str]]:
    """Yield the answers of everybody who reaches the sheet, whatever the way chosen."""
    guide = Guide(procedure)
    todo: list[dict[str, str]] = [{WAY_KEY: way} for way in Way]
    while todo:
        answers = todo.pop()
        last = guide.pages(answers)[-1]
        if isinstance(last, QuestionPage):
            todo += [{**answers, last.question.key: choice.id} for choice in last.question.choices]
        else:
            yield answers


def texts_of_blocks(blocks: Iterable[Block]) -> Iterator[str]:
    """Yield what a page shows of its blocks."""
    for block in walk(tuple(blocks)):
        yield from own_texts(block)


def texts_of_page(page: Page, guide: Guide, answers: Answers) -> Iterator[str]:
    """Yield what one page shows of the procedure, the help of a step included."""
    procedure = guide.procedure
    match page:
        case IntroPage():
            yield procedure.title
            yield from texts_of_blocks((*procedure.notices, *procedure.summary, *procedure.audience))
            yield from _lines((*blocks_for(procedure.cost, ()), *blocks_for(procedure.duration, ())))
        case EssentialPage():
            # What it shows is a short copy: it counts where it stands.
            pass
        case QuestionPage():
            yield from (*page.trail, page.heading, page.question.prompt)
            yield from texts_of_blocks(page.lead)
            for choice in page.question.choices:
                yield from (choice.label, choice.recap)
            yield from texts_of_blocks(blocks_for(page.question.help, guide.chosen(answers)))
        case StepPage():
            yield from (*page.trail, page.title, page.other_title)
            yield from texts_of_blocks(page.blocks)
            yield from _lines(page.stuck)
        case MistakesPage():
            yield from _lines(page.lines)
        case SheetPage():
            sheet = sheet_of(guide, answers, ())
            yield from _lines((*sheet.cost, *sheet.duration))
            yield from _lines((*sheet.with_internet, *sheet.without_internet, *sheet.with_someone))


def _lines(lines: Iterable[Paragraph]) -> Iterator[str]:
    return (line.text for line in lines)


def texts_beside(procedure: Procedure) -> Iterator[str]:
    """Yield what stands one touch beside the way: the words explained, the references, other sheets."""
    yield from texts_of_blocks((*procedure.references, *procedure.see_also))
    for definition in procedure.glossary:
        yield definition.term
        yield from texts_of_blocks(definition.blocks)


def texts_met(procedure: Procedure, most: int | None = None) -> set[str] | None:
    """Return every text that some answers lead to, or None when there are more ways than `most`."""
    met: set[str] = set(texts_beside(procedure))
    guide = Guide(procedure)
    for number, answers in enumerate(all_answers(procedure)):
        if most is not None and number >= most:
            return None
        for page in guide.pages(answers):
            met.update(texts_of_page(page, guide, answers))
    return met
