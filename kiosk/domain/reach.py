"""All the ways through a procedure, and the texts that a person meets on the way."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.domain.guide import (
    WAY_KEY,
    Answers,
    Guide,
    IntroPage,
    MistakesPage,
    Page,
    QuestionPage,
    SheetPage,
    StepPage,
    lines_for,
)
from kiosk.domain.procedure import Block, Form, ItemList, OnlineService, Paragraph, Procedure, Way, walk
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


def texts_of_blocks(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield what a page shows of its blocks."""
    for block in walk(blocks):
        match block:
            case Paragraph():
                yield block.text
            case ItemList():
                yield from (item.name for item in block.items)
            case OnlineService() | Form():
                yield block.title
            case _:
                pass


def texts_of_page(page: Page, procedure: Procedure, answers: Answers) -> Iterator[str]:
    """Yield what one page shows of the procedure, the help of a step included."""
    chosen = Guide(procedure).chosen(answers)
    match page:
        case IntroPage():
            yield procedure.title
            yield from (line.text for line in (*procedure.summary, *procedure.audience))
            yield from (line.text for line in (*lines_for(procedure.cost, ()), *lines_for(procedure.duration, ())))
        case QuestionPage():
            yield page.heading
            yield page.question.prompt
            yield from (choice.label for choice in page.question.choices)
            yield from (line.text for line in lines_for(page.question.help, chosen))
        case StepPage():
            yield page.title
            yield from texts_of_blocks(page.blocks)
            yield from (line.text for line in page.stuck)
        case MistakesPage():
            yield from (line.text for line in page.lines)
        case SheetPage():
            sheet = sheet_of(procedure, answers, ())
            yield from (line.text for line in (*sheet.cost, *sheet.duration))
            yield from (line.text for line in (*sheet.with_internet, *sheet.without_internet, *sheet.with_someone))


def texts_met(procedure: Procedure, most: int | None = None) -> set[str] | None:
    """Return every text that some answers lead to, or None when there are more ways than `most`."""
    met: set[str] = set()
    for number, answers in enumerate(all_answers(procedure)):
        if most is not None and number >= most:
            return None
        for page in Guide(procedure).pages(answers):
            met.update(texts_of_page(page, procedure, answers))
    return met
