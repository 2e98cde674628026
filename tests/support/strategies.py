"""Random procedures in which every text can be met: what the properties of guide and pack are tried on.

`when` and repeated keys name only questions that are surely met before, and are free where they are named:
a text that no answers lead to is a mistake of its author, which `kiosk content check` reports.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Confidence,
    Evidence,
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    ProcedureId,
    Question,
    Step,
    Ways,
)

MAX_QUESTIONS = 4
MAX_DEPTH = 3

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)

dates = st.one_of(
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
)
evidences = st.builds(Evidence, ANY_TEXT, dates, st.sampled_from(Confidence))


@dataclass
class _Making:
    """One procedure being drawn. Texts are numbered, so that a lost one is seen."""

    draw: DrawFn
    wild: bool
    questions: list[Question] = field(default_factory=list)
    number: int = 0

    def text(self) -> str:
        self.number += 1
        return f"texte {self.number}" + (self.draw(ANY_TEXT) if self.wild else "")

    def id(self, *few: str) -> str:
        """Make an id: one of a few that come again, or a new one."""
        self.number += 1
        return self.draw(st.sampled_from([*few, f"id{self.number}", f"id{self.number}"]))

    def when(self, free: tuple[Question, ...]) -> tuple[tuple[str, ...], tuple[Question, ...]]:
        """Draw a condition, and return what is still free under it."""
        if not free or self.draw(st.integers(0, 2)):
            return (), free
        question = self.draw(st.sampled_from(free))
        ids = [choice.id for choice in question.choices]
        kept = self.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        return tuple(kept), tuple(one for one in free if one is not question)

    def line(self, free: tuple[Question, ...]) -> Paragraph:
        evidence = self.draw(st.none() | evidences) if self.wild else None
        return Paragraph(self.text(), evidence, self.when(free)[0])

    def lines(self, free: tuple[Question, ...], least: int = 0) -> tuple[Paragraph, ...]:
        return tuple(self.line(free) for _ in range(self.draw(st.integers(least, 2))))

    def blocks(self, free: tuple[Question, ...], depth: int, least: int = 0) -> tuple[Block, ...]:
        made: list[Block] = []
        for _ in range(self.draw(st.integers(least, 4))):
            block = self.block(free, depth)
            made.append(block)
            if isinstance(block, Question) and not block.when and block.key not in {one.key for one in free}:
                free = (*free, block)
        return tuple(made)

    def block(self, free: tuple[Question, ...], depth: int) -> Block:
        kinds = ["text", "papers", "tip", "place", "online", "form", "ways"]
        if depth < MAX_DEPTH:
            kinds += ["step", "step"]
            if len(self.questions) < MAX_QUESTIONS:
                kinds += ["question", "question", "question"]
        kind = self.draw(st.sampled_from(kinds))
        if kind == "text":
            return self.line(free)
        when, free = self.when(free)
        match kind:
            case "question":
                return self.question(free, depth, when)
            case "step":
                return Step(
                    self.id("etape", "main", "a:2", ""),
                    self.text(),
                    self.blocks(free, depth + 1),
                    stuck=self.lines(free),
                    when=when,
                )
            case "papers":
                role = self.draw(st.sampled_from(ListRole))
                return ItemList(role, tuple(self.item(free) for _ in range(self.draw(st.integers(1, 2)))), when)
            case "tip":
                return Callout(self.draw(st.sampled_from(CalloutKind)), self.lines(free, 1), when)
            case "place":
                return PlaceRef(self.text(), when)
            case "online":
                return OnlineService(self.text(), f"https://site{self.number}.fr", when)
            case "form":
                return Form(self.text(), when=when)
            case _:
                return Ways(self.lines(free, 1), self.lines(free, 1), self.lines(free), when)

    def item(self, free: tuple[Question, ...]) -> Item:
        when, free = self.when(free)
        return Item(self.id(), self.text(), self.lines(free), when=when)

    def question(self, free: tuple[Question, ...], depth: int, when: tuple[str, ...]) -> Question:
        if free and self.draw(st.integers(0, 3)) == 0:
            first = self.draw(st.sampled_from(free))
            under = tuple(one for one in free if one is not first)
            again = tuple(
                Choice(choice.id, choice.label, choice.icon, self.blocks(under, depth + 1)) for choice in first.choices
            )
            return Question(first.key, first.prompt, again, when=when)
        self.number += 1
        key = f"q{self.number}"
        self.questions.append(Question(key, "", ()))
        choices = tuple(
            Choice(f"{key}-{letter}", self.text(), blocks=self.blocks(free, depth + 1))
            for letter in "abc"[: self.draw(st.integers(2, 3))]
        )
        question = Question(key, self.text(), choices, self.lines(free), when)
        self.questions[[one.key for one in self.questions].index(key)] = question
        return question


@st.composite
def procedures(draw: DrawFn, *, wild: bool = False, key: str = "demarche") -> Procedure:
    """Draw a procedure; `wild` puts any text, any date and any evidence into it."""
    making = _Making(draw, wild)
    blocks = making.blocks((), 0, least=1)
    asked = tuple(making.questions)
    return Procedure(
        id=ProcedureId(key),
        theme=draw(ANY_TEXT) if wild else "papiers",
        title=making.text(),
        source="F1",
        checked_on=draw(dates) if wild else PartialDate(2026),
        summary=tuple(Paragraph(making.text()) for _ in range(draw(st.integers(0, 2)))),
        audience=tuple(Paragraph(making.text()) for _ in range(draw(st.integers(0, 2)))),
        cost=making.lines(asked),
        duration=making.lines(asked),
        ways=Ways(making.lines(asked, 1), making.lines(asked, 1), making.lines(asked)),
        blocks=blocks,
        common_mistakes=making.lines(asked),
        everyday_names=tuple(draw(st.lists(ANY_TEXT, max_size=3))) if wild else (),
        related=tuple(draw(st.lists(ANY_TEXT, max_size=2))) if wild else (),
        popular=draw(st.booleans()),
    )
