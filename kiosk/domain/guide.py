"""Walking a procedure: from the answers given so far to the pages of this person's visit.

* Pages are: the first page, the essential of a long sheet, questions, steps, the usual mistakes, the sheet.
* A question is met once: a second one with the same key takes the answer already given, and opens no new page.
* A question whose answer is known (where the kiosk stands, the way chosen on the first page, a condition) is not
  asked; the next step says what was taken, and it can be asked after all (`asked_anyway`).
* What happens later (a request accepted, refused) is no question: each outcome is a step of its own.
* `when` looks at the answers of this path only: a choice that was changed since counts no more. A `condition` hides
  a part only when the answers make it false.
* Text after a question belongs to every answer: it stands on the pages that follow the question.
* Going back never loses an answer, so going forward again finds the same pages.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from kiosk.domain.condition import holds
from kiosk.domain.essential import Essential, essential_of, is_long
from kiosk.domain.procedure import (
    Block,
    Callout,
    Choice,
    Item,
    ItemList,
    Paragraph,
    PlaceRef,
    Procedure,
    Question,
    QuestionKind,
    Section,
    Step,
    StepRole,
    Table,
    Way,
    Ways,
    word_count,
)
from kiosk.domain.territory import choice_for

WAY_KEY = "way"
"""The key under which the way chosen on the first page is kept among the answers."""

TERRITORY_KEY = "territory"
"""The key of the commune where the person lives (INSEE code): that of the kiosk."""

ASKED_ANYWAY = "ask:"
"""Before the key of a question, among the answers: ask it though its answer could be assumed."""

Answers = Mapping[str, str]
"""Question key → choice id, `WAY_KEY` → way, `TERRITORY_KEY` → commune."""

MAX_OPEN_QUESTIONS = 300
"""Most questions looked at ahead to tell how long the way can be; the longest real procedure has about 30."""

LONGEST_LEAD = 45
"""Most words before an official question that stand above it instead of on a page of their own."""

Kept = TypeVar("Kept", bound=Block)


@dataclass(frozen=True, slots=True)
class Assumed:
    """A question that was not asked, and the answer that was taken."""

    question: Question
    choice: Choice


@dataclass(frozen=True, slots=True)
class IntroPage:
    """The first page: what it is for, who, how much; the way is chosen here."""

    key: str = "intro"


@dataclass(frozen=True, slots=True)
class EssentialPage:
    """The short page of a long sheet: its price, its delay, its papers, and what the rest is about."""

    essential: Essential
    key: str = "essential"


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """One question to answer. `heading` is the title of the step that it belongs to, `lead` the words before it."""

    key: str
    question: Question
    heading: str = ""
    number: int = 1
    total: int = 1
    lead: tuple[Block, ...] = ()
    trail: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StepPage:
    """One thing to do. `blocks` are those of this person: questions and other answers are gone.

    `trail` holds the titles of the steps that this one is part of.
    """

    key: str
    title: str
    blocks: tuple[Block, ...]
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    number: int = 1
    total: int = 1
    trail: tuple[str, ...] = ()
    role: StepRole = StepRole.PLAIN
    assumed: tuple[Assumed, ...] = ()
    other_title: str = ""


SERVICES_KEY = "step:services"
"""Key of the page that gathers the online services and forms of a whole official sheet. It has no title of its own."""

CONTACTS_KEY = "step:contacts"
"""Key of the page that gathers whom to turn to for a whole official sheet. It has no title of its own."""


@dataclass(frozen=True, slots=True)
class MistakesPage:
    """What goes wrong most often, told before it happens."""

    lines: tuple[Paragraph, ...]
    key: str = "mistakes"


@dataclass(frozen=True, slots=True)
class SheetPage:
    """The last page: all that this person needs (see `sheet.py`)."""

    key: str = "sheet"


Page = IntroPage | EssentialPage | QuestionPage | StepPage | MistakesPage | SheetPage


def applies(when: tuple[str, ...], chosen: Iterable[str]) -> bool:
    """Tell whether a thing kept for some answers is for somebody who gave these."""
    return not when or any(choice in when for choice in chosen)


def way_of(answers: Answers) -> Way:
    """Return the way chosen, or the one without internet when none was: it needs nothing."""
    wanted = answers.get(WAY_KEY)
    return next((way for way in Way if way == wanted), Way.WITHOUT_INTERNET)


def asked_anyway(answers: Answers, key: str) -> bool:
    """Tell whether a person wants to answer a question themselves."""
    return f"{ASKED_ANYWAY}{key}" in answers


@dataclass(frozen=True, slots=True)
class _Heading:
    """The step that pages are made in, or the procedure itself (then `is_step` is not set)."""

    id: str
    title: str
    icon: str = ""
    stuck: tuple[Paragraph, ...] = ()
    is_step: bool = True
    trail: tuple[str, ...] = ()
    role: StepRole = StepRole.PLAIN
    other_title: str = ""

    @property
    def is_bare(self) -> bool:
        """Tell whether a page of this heading alone would say no more than its title."""
        return not self.stuck and not self.other_title

    def inner(self, step: Step) -> _Heading:
        """Return the heading of a step inside this one."""
        trail = (*self.trail, self.title) if self.is_step and self.title else self.trail
        return _Heading(
            step.id, step.title, step.icon, step.stuck, trail=trail, role=step.role, other_title=step.other_title
        )


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
    true_names: set[str] = field(default_factory=set)
    false_names: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    blocks: list[Block] = field(default_factory=list)
    assumed: list[Assumed] = field(default_factory=list)
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
            set(self.true_names),
            set(self.false_names),
            set(self.asked),
            assumed=list(self.assumed),
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
            elif self.keeps(block):
                self._take(block, heading)

    def keeps(self, part: Block | Item | Choice) -> bool:
        """Tell whether a part is for somebody with these answers: only what they make false is left out."""
        if not isinstance(part, Choice) and not applies(part.when, self.chosen):
            return False
        condition = getattr(part, "condition", "")
        return not condition or holds(condition, self.true_names, self.false_names) is not False

    def _take(self, block: Block, heading: _Heading) -> None:
        match block:
            case Question(kind=QuestionKind.OUTCOME):
                self.push(tuple(_outcome(block, choice) for choice in block.choices), heading)
            case Question():
                self._ask(block, heading)
            case Step():
                if not self.blocks and heading.is_bare:
                    # A step that opens with a part of itself: its title stands above that part, on no empty page.
                    self.is_open = False
                self.flush(heading)
                inner = heading.inner(block)
                self.todo.append((_StepEnd(len(self.pages)), inner))
                self.push(block.blocks, inner)
                self.is_open = True
            case Section() if _asks(block.blocks):
                # A group that asks something cannot stand on one page: its title stays above what it holds.
                self.push((replace(block, blocks=()), *block.blocks), heading)
            case Ways():
                self.push(block.lines(self.way), heading)
            case _ if _has_content(block, self.chosen):
                self.is_open = True
                self.blocks.append(block)

    def _ask(self, question: Question, heading: _Heading) -> None:
        choice = chosen_choice(question, self.given)
        if question.key not in self.asked and question.choices:
            choices = tuple(one for one in question.choices if self.keeps(one)) or question.choices
            if choice is None and not asked_anyway(self.given, question.key):
                choice = self._known(question, choices)
                if choice is not None:
                    self.asked.add(question.key)
                    self.given[question.key] = choice.id
                    self.assumed.append(Assumed(question, choice))
                    self._follow(choice, heading)
                    return
            lead = self._take_lead(question)
            # A step that opens with its question shows the question first, under no empty page.
            if not self.blocks:
                self.is_open = False
            self.flush(heading)
            self.asked.add(question.key)
            title = heading.title if heading.is_step else ""
            asked = replace(question, choices=choices)
            page = QuestionPage(f"question:{question.key}", asked, title, lead=lead, trail=heading.trail)
            self.pages.append(page)
            if choice is None:
                self.waiting = (asked, heading)
        if choice is not None:
            self._follow(choice, heading)

    def _known(self, question: Question, choices: tuple[Choice, ...]) -> Choice | None:
        """Return the answer that needs no asking, or None."""
        if question.kind is QuestionKind.WAY and WAY_KEY in self.given:
            return _only(choice for choice in choices if choice.way is self.way)
        if question.kind is QuestionKind.TERRITORY and TERRITORY_KEY in self.given:
            number = choice_for([choice.label for choice in choices], self.given[TERRITORY_KEY])
            return None if number is None else choices[number]
        return _only(
            choice
            for choice in choices
            if choice.condition and holds(choice.condition, self.true_names, self.false_names)
        )

    def _take_lead(self, question: Question) -> tuple[Block, ...]:
        """Take the few words before an official question off their page: they stand above the question."""
        lead = tuple(self.blocks)
        is_short = sum(word_count((block,)) for block in lead) <= LONGEST_LEAD
        if question.prompt or not lead or not is_short or not all(isinstance(block, Paragraph) for block in lead):
            return ()
        self.blocks = []
        return lead

    def _follow(self, choice: Choice, heading: _Heading) -> None:
        if choice.id not in self.chosen:
            self.chosen.append(choice.id)
        self.true_names.update(choice.sets)
        self.false_names.update(choice.clears)
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
            self.pages.append(
                StepPage(
                    f"step:{heading.id or 'main'}",
                    heading.title,
                    tuple(self.blocks),
                    heading.icon,
                    heading.stuck,
                    trail=heading.trail,
                    role=heading.role,
                    assumed=tuple(self.assumed),
                    other_title=heading.other_title,
                )
            )
            self.assumed = []
        self.blocks = []
        self.is_open = False


def _only(choices: Iterable[Choice]) -> Choice | None:
    found = list(choices)
    return found[0] if len(found) == 1 else None


def _outcome(question: Question, choice: Choice) -> Step:
    return Step(f"{question.key}-{choice.id}", choice.label, choice.blocks, condition=choice.condition)


def _asks(blocks: tuple[Block, ...]) -> bool:
    return any(
        isinstance(block, Question | Step | Ways) or (isinstance(block, Section) and _asks(block.blocks))
        for block in blocks
    )


def _shows(page: QuestionPage | StepPage, heading: _Heading) -> bool:
    match page:
        case QuestionPage():
            return heading.title in (page.heading, *page.trail) and heading.is_bare
        case StepPage():
            if heading.title in page.trail:
                return heading.is_bare
            return page.title == heading.title and page.stuck == heading.stuck


def _has_content(block: Block, chosen: Collection[str]) -> bool:
    """Tell whether something of a box or a list is for somebody who made these choices."""
    match block:
        case Callout():
            return bool(block.title) or any(applies(inner.when, chosen) for inner in block.blocks)
        case ItemList():
            return any(applies(item.when, chosen) for item in block.items)
        case _:
            return True


def blocks_for(blocks: tuple[Kept, ...], chosen: Collection[str]) -> tuple[Kept, ...]:
    """Return the blocks that are for somebody who made these choices."""
    return tuple(block for block in blocks if applies(block.when, chosen))


def items_for(block: ItemList, chosen: Collection[str]) -> tuple[Item, ...]:
    """Return the items of a list that are for somebody who made these choices, with the details that are."""
    return tuple(
        replace(item, details=blocks_for(item.details, chosen)) for item in block.items if applies(item.when, chosen)
    )


def _personal(block: Block, path: _Path) -> Block:
    """Return a block without what is for other answers."""
    match block:
        case ItemList():
            items = (item for item in block.items if path.keeps(item))
            return replace(
                block, items=tuple(replace(item, details=_personal_blocks(item.details, path)) for item in items)
            )
        case Table():
            return replace(
                block,
                rows=tuple(
                    replace(
                        row,
                        cells=tuple(replace(cell, blocks=_personal_blocks(cell.blocks, path)) for cell in row.cells),
                    )
                    for row in block.rows
                ),
            )
        case Paragraph() | PlaceRef() | Ways() | Question() | Step():
            return block
        case _:
            return replace(block, blocks=_personal_blocks(block.blocks, path))


def _personal_blocks(blocks: tuple[Block, ...], path: _Path) -> tuple[Block, ...]:
    return tuple(_personal(block, path) for block in blocks if path.keeps(block))


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
            case Question(kind=QuestionKind.OUTCOME):
                inner_questions, inner_steps = _bound_of(_outcome(block, choice) for choice in block.choices)
                questions += inner_questions
                steps += inner_steps
            case Section():
                inner_questions, inner_steps = _bound_of(block.blocks)
                questions += inner_questions
                steps += inner_steps
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
    """The pages of one procedure for given answers, and the way from each to its neighbours.

    It keeps the pages of the last answers it was asked for: let go of it when the visit is over.
    """

    def __init__(self, procedure: Procedure) -> None:
        self.procedure = procedure
        self._is_long = is_long(procedure)
        self._last: tuple[dict[str, str], tuple[Page, ...], tuple[str, ...]] | None = None

    def _walk(self, answers: Answers) -> _Path:
        path = _Path(dict(answers), way_of(answers))
        heading = _Heading("", self.procedure.title, self.procedure.icon, is_step=False)
        # Text outside any step makes pages too: the end of the procedure closes the last one.
        path.todo.append((_StepEnd(0), heading))
        path.push(self.procedure.blocks, heading)
        path.walk()
        return path

    def _found(self, answers: Answers) -> tuple[tuple[Page, ...], tuple[str, ...]]:
        given = dict(answers)
        if self._last is None or self._last[0] != given:
            path = self._walk(answers)
            self._last = (given, self._pages(path), tuple(path.chosen))
        return self._last[1:]

    def pages(self, answers: Answers) -> tuple[Page, ...]:
        """Return the pages from the first to the sheet, or to the first question not answered yet."""
        return self._found(answers)[0]

    def _pages(self, path: _Path) -> tuple[Page, ...]:
        more = _whole_sheet_pages(self.procedure) if path.waiting is None else ()
        totals = dict(zip((QuestionPage, StepPage), _longest(path), strict=True))
        totals[StepPage] += len(_whole_sheet_pages(self.procedure))
        counts = {QuestionPage: 0, StepPage: 0}
        pages: list[Page] = [IntroPage()]
        essential, before = self._essential(path)
        keys: set[str] = set()
        for position, page in enumerate((*path.pages, *more)):
            if essential is not None and position == before:
                pages.append(EssentialPage(essential))
            kind = type(page)
            counts[kind] += 1
            numbered = replace(page, key=_unused(page.key, keys), number=counts[kind], total=totals[kind])
            if isinstance(numbered, StepPage):
                blocks = tuple(_personal(block, path) for block in numbered.blocks)
                numbered = replace(numbered, blocks=blocks, stuck=blocks_for(numbered.stuck, path.chosen))
            keys.add(numbered.key)
            pages.append(numbered)
        if path.waiting is None:
            mistakes = blocks_for(self.procedure.common_mistakes, path.chosen)
            if mistakes:
                pages.append(MistakesPage(mistakes))
            pages.append(SheetPage())
        return tuple(pages)

    def _essential(self, path: _Path) -> tuple[Essential | None, int]:
        """Return the essential of a long sheet, and before which page it stands: after the questions on all of it."""
        if not self._is_long:
            return None, 0
        roots: set[str] = set()

        def answered(question: Question) -> Choice | None:
            roots.add(f"question:{question.key}")
            return chosen_choice(question, path.given) if question.key in path.asked else None

        essential = essential_of(self.procedure.blocks, answered)
        before = 0
        while before < len(path.pages) and path.pages[before].key in roots:
            before += 1
        return essential, before

    def chosen(self, answers: Answers) -> tuple[str, ...]:
        """Return the ids of the choices made on this path, in order."""
        return self._found(answers)[1]

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


def _whole_sheet_pages(procedure: Procedure) -> tuple[StepPage, ...]:
    """Return the pages of what an official sheet says once for all its parts."""
    groups = ((SERVICES_KEY, procedure.services, "laptop"), (CONTACTS_KEY, procedure.contacts, "phone"))
    return tuple(StepPage(key, "", blocks, icon) for key, blocks, icon in groups if blocks)
