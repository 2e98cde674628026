"""Walking a procedure: from the answers given so far to the pages of this person's visit.

* Pages are: the first page, questions, steps, the usual mistakes, the sheet.
* A question is met once: a second one with the same key takes the answer already given, and opens no new page.
* `when` looks at the answers of this path only: a choice that was changed since counts no more.
* Text after a question belongs to every answer: it stands on the pages that follow the question.
* Going back never loses an answer, so going forward again finds the same pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from kiosk.domain.procedure import (
    Block,
    Callout,
    Choice,
    Item,
    ItemList,
    Paragraph,
    Procedure,
    Question,
    Step,
    Way,
    Ways,
)

WAY_KEY = "way"
"""The key under which the way chosen on the first page is kept among the answers."""

Answers = Mapping[str, str]
"""Question key → choice id, and `WAY_KEY` → way."""

MAX_OPEN_QUESTIONS = 300
"""Most questions looked at ahead to tell how long the way can be; the longest real procedure has about 30."""


@dataclass(frozen=True, slots=True)
class IntroPage:
    """The first page: what it is for, who, how much; the way is chosen here."""

    key: str = "intro"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question to answer. `heading` is the title of the step that it belongs to, if any."""

    key: str
    question: Question
    heading: str = ""
    number: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True)
class StepPage:
    """One thing to do. `blocks` are those of this person: questions and other answers are gone."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    number: int = 1
    total: int = 1


@dataclass(frozen=True, slots=True)
class MistakesPage:
    """What goes wrong most often, told before it happens."""

    lines: tuple[Paragraph, ...]
    key: str = "mistakes"


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The last page: all that this person needs (see `sheet.py`)."""

    key: str = "sheet"


Page = IntroPage | QuestionPage | StepPage | MistakesPage | SheetPage


def applies(when: tuple[str, ...], chosen: Iterable[str]) -> bool:
    """Tell whether a thing kept for some answers is for somebody who gave these."""
    return not when or any(choice in when for choice in chosen)


def way_of(answers: Answers) -> Way:
    """Return the way chosen, or the one without internet when none was: it needs nothing."""
    wanted = answers.get(WAY_KEY)
    return next((way for way in Way if way == wanted), Way.WITHOUT_INTERNET)


@dataclass(frozen=True, slots=True)
class _Heading:
    """The step that pages are made in, or the procedure itself (then `is_step` is not set)."""

    id: str
    title: str
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    is_step: bool = True


@dataclass(frozen=True, slots=True)
class _StepEnd:
    """Where a step ends, and how many pages there were when it began."""

    pages_before: int


@dataclass(slots=True)
class _Path:
    """The pages found while walking, the page being filled, and what is still to be walked (a stack)."""

    given: dict[str, str]
    way: Way
    todo: list[tuple[Block | _StepEnd, _Heading]] = field(default_factory=list)
    pages: list[QuestionPage | StepPage] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    is_open: bool = False
    waiting: tuple[Question, _Heading] | None = None

    def push(self, blocks: tuple[Block, ...], heading: _Heading) -> None:
        self.todo.extend((block, heading) for block in reversed(blocks))

    def answered(self, choice: Choice) -> _Path:
        """Return the path of somebody who answers the open question so; this one stays as it is."""
        assert self.waiting is not None
        question, heading = self.waiting
        path = _Path(
            {**self.given, question.key: choice.id},
            self.way,
            list(self.todo),
            list(self.pages),
            list(self.chosen),
            set(self.asked),
        )
        path._follow(choice, heading)
        path.walk()
        return path

    def walk(self) -> None:
        """Go on to the end, or to a question without an answer."""
        while self.todo and self.waiting is None:
            block, heading = self.todo.pop()
            if isinstance(block, _StepEnd):
                self._end_step(block, heading)
            elif applies(block.when, self.chosen):
                self._take(block, heading)

    def _take(self, block: Block, heading: _Heading) -> None:
        match block:
            case Question():
                self._ask(block, heading)
            case Step():
                self.flush(heading)
                inner = _Heading(block.id, block.title, block.icon, block.stuck)
                self.todo.append((_StepEnd(len(self.pages)), inner))
                self.push(block.blocks, inner)
                self.is_open = True
            case Ways():
                self.push(block.lines(self.way), heading)
            case _ if _has_content(block, self.chosen):
                self.is_open = True
                self.blocks.append(block)

    def _ask(self, question: Question, heading: _Heading) -> None:
        choice = chosen_choice(question, self.given)
        if question.key not in self.asked and question.choices:
            # A step that opens with its question shows the question first, under no empty page.
            if not self.blocks:
                self.is_open = False
            self.flush(heading)
            self.asked.add(question.key)
            title = heading.title if heading.is_step else ""
            self.pages.append(QuestionPage(f"question:{question.key}", question, title))
            if choice is None:
                self.waiting = (question, heading)
        if choice is not None:
            self._follow(choice, heading)

    def _follow(self, choice: Choice, heading: _Heading) -> None:
        if choice.id not in self.chosen:
            self.chosen.append(choice.id)
        self.push(choice.blocks, heading)

    def _end_step(self, end: _StepEnd, heading: _Heading) -> None:
        self.flush(heading)
        # A step of questions only: its title stands above them, but its advice would have no page.
        if heading.is_step and not any(_shows(page, heading) for page in self.pages[end.pages_before :]):
            self.is_open = True
            self.flush(heading)

    def flush(self, heading: _Heading) -> None:
        """Close the page being filled, if there is one."""
        if self.is_open:
            key = f"step:{heading.id or 'main'}"
            self.pages.append(StepPage(key, heading.title, tuple(self.blocks), heading.icon, heading.stuck))
        self.blocks = []
        self.is_open = False


def _shows(page: QuestionPage | StepPage, heading: _Heading) -> bool:
    match page:
        case QuestionPage():
            return page.heading == heading.title and not heading.stuck
        case StepPage():
            return page.title == heading.title and page.stuck == heading.stuck


def _has_content(block: Block, chosen: Collection[str]) -> bool:
    """Tell whether something of a box or a list is for somebody who made these choices."""
    match block:
        case Callout():
            return any(applies(line.when, chosen) for line in block.lines)
        case ItemList():
            return any(applies(item.when, chosen) for item in block.items)
        case _:
            return True


def lines_for(lines: tuple[Paragraph, ...], chosen: Collection[str]) -> tuple[Paragraph, ...]:
    """Return the lines that are for somebody who made these choices."""
    return tuple(line for line in lines if applies(line.when, chosen))


def items_for(block: ItemList, chosen: Collection[str]) -> tuple[Item, ...]:
    """Return the items of a list that are for somebody who made these choices, with the details that are."""
    return tuple(
        replace(item, details=lines_for(item.details, chosen)) for item in block.items if applies(item.when, chosen)
    )


def _personal(block: Block, chosen: Collection[str]) -> Block:
    """Return a block without what is for other answers."""
    match block:
        case Callout():
            return replace(block, lines=lines_for(block.lines, chosen))
        case ItemList():
            return replace(block, items=items_for(block, chosen))
        case _:
            return block


def chosen_choice(question: Question, answers: Answers) -> Choice | None:
    """Return the choice that the answers hold for a question, or None."""
    wanted = answers.get(question.key)
    return next((choice for choice in question.choices if choice.id == wanted), None)


def _counts(pages: list[QuestionPage | StepPage]) -> tuple[int, int]:
    questions = sum(isinstance(page, QuestionPage) for page in pages)
    return questions, len(pages) - questions


def _longest(path: _Path) -> tuple[int, int]:
    """Return the most questions and the most steps that any answers to the open questions lead to.

    It looks at every way to the end, so that the totals shown never grow; when those are too many, it takes a
    bound that is higher and never grows either.
    """
    most_questions = most_steps = asked = 0
    ahead = [path]
    while ahead:
        one = ahead.pop()
        questions, steps = _counts(one.pages)
        most_questions, most_steps = max(most_questions, questions), max(most_steps, steps)
        if one.waiting is not None:
            asked += 1
            if asked > MAX_OPEN_QUESTIONS:
                return _bound(path)
            ahead += [one.answered(choice) for choice in one.waiting[0].choices]
    return most_questions, most_steps


def _bound(path: _Path) -> tuple[int, int]:
    assert path.waiting is not None
    questions, steps = _counts(path.pages)
    rest = [block for block, _ in path.todo if not isinstance(block, _StepEnd)]
    ends = len(path.todo) - len(rest)
    branches = [_bound_of(choice.blocks) for choice in path.waiting[0].choices]
    more_questions, more_steps = _bound_of(rest)
    return (
        questions + max(count for count, _ in branches) + more_questions,
        steps + max(count for _, count in branches) + more_steps + ends + 1,
    )


def _bound_of(blocks: Iterable[Block]) -> tuple[int, int]:
    """Count questions, and all places where a page can be closed: before a question, before and after a step."""
    questions = steps = 0
    for block in blocks:
        match block:
            case Question():
                branches = [_bound_of(choice.blocks) for choice in block.choices]
                questions += 1 + max((count for count, _ in branches), default=0)
                steps += 1 + max((count for _, count in branches), default=0)
            case Step():
                inner_questions, inner_steps = _bound_of(block.blocks)
                questions += inner_questions
                steps += 2 + inner_steps
            case _:
                pass
    return questions, steps


def _unused(key: str, keys: Collection[str]) -> str:
    """Return the key, or the first of `key:2`, `key:3`… that is free: no two pages of a path share one."""
    found, number = key, 1
    while found in keys:
        number += 1
        found = f"{key}:{number}"
    return found


class Guide:
    """The pages of one procedure for given answers, and the way from each to its neighbours."""

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure

    def _walk(self, answers: Answers) -> _Path:
        path = _Path(dict(answers), way_of(answers))
        heading = _Heading("", self.procedure.title, self.procedure.icon, is_step=False)
        # Text outside any step makes pages too: the end of the procedure closes the last one.
        path.todo.append((_StepEnd(0), heading))
        path.push(self.procedure.blocks, heading)
        path.walk()
        return path

    def pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return the pages from the first to the sheet, or to the first question not answered yet."""
        path = self._walk(answers)
        totals = dict(zip((QuestionPage, StepPage), _longest(path), strict=True))
        counts = {QuestionPage: 0, StepPage: 0}
        pages: list[Page] = [IntroPage()]
        keys: set[str] = set()
        for page in path.pages:
            kind = type(page)
            counts[kind] += 1
            numbered = replace(page, key=_unused(page.key, keys), number=counts[kind], total=totals[kind])
            if isinstance(numbered, StepPage):
                blocks = tuple(_personal(block, path.chosen) for block in numbered.blocks)
                numbered = replace(numbered, blocks=blocks, stuck=lines_for(numbered.stuck, path.chosen))
            keys.add(numbered.key)
            pages.append(numbered)
        if path.waiting is None:
            mistakes = lines_for(self.procedure.common_mistakes, path.chosen)
            if mistakes:
                pages.append(MistakesPage(mistakes))
            pages.append(SheetPage())
        return tuple(pages)

    def chosen(self, answers: Answers) -> tuple[str, ...]:
        """Return the ids of the choices made on this path, in order."""
        return tuple(self._walk(answers).chosen)

    def page(self, key: str, answers: Answers) -> Page:
        """Return the page with this key; the last one known so far when the answers made it vanish."""
        pages = self.pages(answers)
        return next((page for page in pages if page.key == key), pages[-1])

    def after(self, key: str, answers: Answers) -> str:
        """Return the key of the page that follows; the same key on a question without an answer, or on the last."""
        return self._neighbour(key, answers, +1)

    def before(self, key: str, answers: Answers) -> str | None:
        """Return the key of the page before, or None on the first."""
        neighbour = self._neighbour(key, answers, -1)
        return None if neighbour == key else neighbour

    def _neighbour(self, key: str, answers: Answers, offset: int) -> str:
        keys = [page.key for page in self.pages(answers)]
        position = keys.index(key) if key in keys else len(keys) - 1
        return keys[min(max(position + offset, 0), len(keys) - 1)]
