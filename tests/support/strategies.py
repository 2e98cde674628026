"""Random procedures in which every text can be met: what the properties of guide and pack are tried on.

`when`, conditions and repeated keys name only questions that are surely met before, and are free where they are
named: a text that no answers lead to is a mistake of its author, which `kiosk content check` reports.
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
    Cell,
    Choice,
    Confidence,
    Contact,
    Definition,
    Evidence,
    Figure,
    Form,
    Item,
    ItemList,
    Kind,
    ListRole,
    Mark,
    MarkKind,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    ProcedureId,
    Question,
    QuestionKind,
    Reference,
    RoleSource,
    Row,
    Section,
    SheetLink,
    Step,
    StepRole,
    Table,
    Unknown,
    Way,
    Ways,
)

MAX_QUESTIONS = 4
MAX_DEPTH = 3
MAX_NESTED = 2

ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=12)
ANY_TEXTS = st.lists(ANY_TEXT, max_size=2).map(tuple)
WAYS = (Way.WITHOUT_INTERNET, Way.WITH_INTERNET, Way.WITH_SOMEONE)
TOWNS = ("À Paris", "Ailleurs", "À Lyon")

dates = st.one_of(
    st.dates().map(lambda day: PartialDate(day.year, day.month, day.day)),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
)
evidences = st.builds(Evidence, ANY_TEXT, dates, st.sampled_from(Confidence))
marks = st.lists(
    st.builds(Mark, st.sampled_from(MarkKind), st.integers(-2, 30), st.integers(-2, 30), ANY_TEXT), max_size=2
).map(tuple)
spans = st.sampled_from([1, 1, 1, 2, 3, 0, -1, 40])

LEAVES = (
    "text",
    "papers",
    "tip",
    "place",
    "online",
    "form",
    "table",
    "contact",
    "reference",
    "link",
    "figure",
    "unknown",
)
Questions = tuple[Question, ...]


@dataclass
class _Making:
    """One procedure being drawn. Texts are numbered, so that a lost one is seen."""

    draw: DrawFn
    wild: bool
    questions: list[Question] = field(default_factory=list)
    number: int = 0

    def text(self) -> str:
        self.number += 1
        return f"texte {self.number}." + (self.draw(ANY_TEXT) if self.wild else "")

    def maybe(self) -> str:
        """Draw a text, or none."""
        return self.text() if self.draw(st.booleans()) else ""

    def marks(self) -> tuple[Mark, ...]:
        return self.draw(marks) if self.wild else ()

    def id(self, *few: str) -> str:
        """Make an id: one of a few that come again, or a new one."""
        self.number += 1
        return self.draw(st.sampled_from([*few, f"id{self.number}", f"id{self.number}"]))

    def when(self, free: Questions) -> tuple[tuple[str, ...], Questions]:
        """Draw the answers that a part is kept for, and return what is still free under it."""
        if not free or self.draw(st.integers(0, 2)):
            return (), free
        question = self.draw(st.sampled_from(free))
        ids = [choice.id for choice in question.choices]
        kept = self.draw(st.lists(st.sampled_from(ids), min_size=1, unique=True))
        return tuple(kept), tuple(one for one in free if one is not question)

    def condition(self, free: Questions) -> tuple[str, Questions]:
        """Draw a condition that some answers do not make false, and return what is still free under it."""
        match self.draw(st.sampled_from(["none", "none", "unknown", "one", "one"])):
            case "unknown":
                condition = self.draw(st.sampled_from(["T0", "not(T0)", "undefined(T0)", "and(T0,or(T0))", "et(", ")"]))
                return condition, free
            case "one" if free:
                question = self.draw(st.sampled_from(free))
                name = f"est-{self.draw(st.sampled_from(question.choices)).id}"
                form = self.draw(st.sampled_from(["{}", "not({})", "and({},not(T0))", "or({},{})", "not(not({}))"]))
                return form.replace("{}", name), tuple(one for one in free if one is not question)
            case _:
                return "", free

    def line(self, free: Questions) -> Paragraph:
        evidence = self.draw(st.none() | evidences) if self.wild else None
        return Paragraph(self.text(), evidence, self.when(free)[0], self.marks())

    def lines(self, free: Questions, least: int = 0) -> tuple[Paragraph, ...]:
        return tuple(self.line(free) for _ in range(self.draw(st.integers(least, 2))))

    def leaves(self, free: Questions, nested: int = 0, least: int = 0) -> tuple[Block, ...]:
        """Draw what can stand inside a box, a list, a cell."""
        kinds = LEAVES if nested < MAX_NESTED else ("text", "place")
        count = self.draw(st.integers(least, 2))
        return tuple(self.leaf(self.draw(st.sampled_from(kinds)), free, nested + 1) for _ in range(count))

    def blocks(self, free: Questions, depth: int, least: int = 0) -> tuple[Block, ...]:
        made: list[Block] = []
        for _ in range(self.draw(st.integers(least, 4))):
            block = self.block(free, depth)
            made.append(block)
            if isinstance(block, Question) and _is_surely_met(block) and block.key not in {one.key for one in free}:
                free = (*free, block)
        return tuple(made)

    def block(self, free: Questions, depth: int) -> Block:
        kinds = [*LEAVES, "text", "text", "ways", "section"]
        if depth < MAX_DEPTH:
            kinds += ["step", "step", "step", "group"]
            if len(self.questions) < MAX_QUESTIONS:
                kinds += ["question"] * 6
        kind = self.draw(st.sampled_from(kinds))
        match kind:
            case "question":
                when, free = self.when(free)
                return self.question(free, depth, when)
            case "step":
                when, free = self.when(free)
                condition, free = self.condition(free)
                return Step(
                    self.id("etape", "main", "a:2", ""),
                    self.text(),
                    self.blocks(free, depth + 1),
                    stuck=self.lines(free),
                    when=when,
                    role=self.draw(st.sampled_from(StepRole)),
                    condition=condition,
                    other_title=self.maybe(),
                )
            case "section" | "group":
                when, free = self.when(free)
                condition, free = self.condition(free)
                inside = self.blocks(free, depth + 1, 1) if kind == "group" else self.leaves(free)
                return Section(self.text(), inside, when, condition)
            case "ways":
                when, free = self.when(free)
                return Ways(self.lines(free, 1), self.lines(free, 1), self.lines(free), when)
            case _:
                return self.leaf(kind, free, 0)

    def leaf(self, kind: str, free: Questions, nested: int) -> Block:
        if kind == "text":
            return self.line(free)
        when, free = self.when(free)
        condition, under = self.condition(free) if kind in {"online", "form", "reference"} else ("", free)
        inside = self.leaves(under, nested)
        match kind:
            case "papers":
                items = tuple(self.item(free, nested) for _ in range(self.draw(st.integers(1, 2))))
                return ItemList(
                    self.draw(st.sampled_from(ListRole)), items, when, self.draw(st.sampled_from(RoleSource))
                )
            case "tip":
                return Callout(
                    self.draw(st.sampled_from(CalloutKind)), (*self.lines(free, 1), *inside), when, self.maybe()
                )
            case "place":
                return PlaceRef(self.text(), when)
            case "online":
                url = f"https://site{self.number}.fr"
                return OnlineService(self.text(), url, when, "R1", "", self.maybe(), inside, condition)
            case "form":
                return Form(self.text(), "12100", "", when, "R2", "", "", self.maybe(), inside, condition)
            case "table":
                rows = tuple(self.row(free, nested) for _ in range(self.draw(st.integers(0, 3))))
                return Table(rows, self.maybe(), self.maybe(), when)
            case "contact":
                return Contact(self.id(), self.text(), "mairie", self.maybe(), "", (), self.maybe(), inside, when)
            case "reference":
                return Reference(self.text(), "", "", self.maybe(), self.maybe(), inside, when, condition)
            case "link":
                return SheetLink(self.id("F1", "N1"), self.maybe(), "", inside, when)
            case "figure":
                texts = (self.maybe(), self.maybe(), self.maybe(), self.maybe())
                return Figure("image.png", *texts, inside, when)
            case _:
                return Unknown("Nouveau", self.maybe(), inside, when)

    def row(self, free: Questions, nested: int) -> Row:
        cells = tuple(
            Cell(self.leaves(free, nested + 1), self.draw(spans), self.draw(spans), self.draw(st.booleans()))
            for _ in range(self.draw(st.integers(0, 3)))
        )
        return Row(cells, self.draw(st.booleans()))

    def item(self, free: Questions, nested: int) -> Item:
        when, free = self.when(free)
        condition, free = self.condition(free)
        evidence = self.draw(st.none() | evidences) if self.wild else None
        details = (*self.lines(free), *self.leaves(free, nested))
        return Item(self.id(), self.text(), details, evidence, when, self.marks(), condition)

    def question(self, free: Questions, depth: int, when: tuple[str, ...]) -> Question:
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
        kind = self.draw(st.sampled_from([QuestionKind.SITUATION, QuestionKind.SITUATION, *QuestionKind]))
        choices = self.choices(key, kind, free, depth)
        # What happens later is asked of nobody: it has no words but those of its outcomes.
        prompt, help_ = ("", ()) if kind is QuestionKind.OUTCOME else (self.maybe(), self.leaves(free))
        question = Question(key, prompt, choices, help_, when, kind)
        self.questions[[one.key for one in self.questions].index(key)] = question
        return question

    def choices(self, key: str, kind: QuestionKind, free: Questions, depth: int) -> tuple[Choice, ...]:
        ids = [f"{key}-{letter}" for letter in "abc"[: self.draw(st.integers(2, 3))]]
        return tuple(
            Choice(
                name,
                TOWNS[number] if kind is QuestionKind.TERRITORY else self.text(),
                blocks=self.blocks(free, depth + 1),
                way=WAYS[number] if kind is QuestionKind.WAY else None,
                condition=self.draw(st.sampled_from(["", "", "T0", "not(T0)"])),
                sets=(f"est-{name}",),
                clears=tuple(f"est-{other}" for other in ids if other != name),
                recap="" if kind is QuestionKind.OUTCOME else self.maybe(),
            )
            for number, name in enumerate(ids)
        )


def _is_surely_met(question: Question) -> bool:
    return not question.when and question.kind is not QuestionKind.OUTCOME


@st.composite
def blocks(draw: DrawFn) -> tuple[Block, ...]:
    """Draw blocks for one page: any kind but questions, steps and ways, nested at will."""
    return _Making(draw, wild=False).leaves((), least=1)


@st.composite
def tables(draw: DrawFn) -> Table:
    """Draw a table of any shape, with one line or none in each cell."""
    making = _Making(draw, wild=False)
    any_span = st.integers(-3, 4) | st.sampled_from([40, 10**9])
    rows = []
    for _ in range(draw(st.integers(0, 5))):
        cells = tuple(
            Cell(making.lines(()), draw(any_span), draw(any_span), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 4)))
        )
        rows.append(Row(cells, draw(st.booleans())))
    return Table(tuple(rows))


@st.composite
def procedures(draw: DrawFn, *, wild: bool = False, key: str = "demarche") -> Procedure:
    """Draw a procedure; `wild` puts any text, any date, any marks and any evidence into it."""
    making = _Making(draw, wild)
    made = making.blocks((), 0, least=1)
    asked = tuple(one for one in making.questions if one.kind is not QuestionKind.OUTCOME)
    links = st.integers(0, 2)
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
        blocks=made,
        common_mistakes=making.lines(asked),
        everyday_names=draw(ANY_TEXTS) if wild else (),
        related=draw(ANY_TEXTS) if wild else (),
        popular=draw(st.booleans()),
        kind=draw(st.sampled_from([Kind.AUTHORED, Kind.SHEET, Kind.GUIDED, Kind.SERVICE])),
        public=draw(st.sampled_from(["particuliers", "associations", "autre"])),
        description=draw(ANY_TEXT) if wild else "",
        notices=making.leaves(()),
        services=making.leaves(()),
        contacts=making.leaves(()),
        references=making.leaves(()),
        see_also=tuple(SheetLink(f"F{number}", making.text()) for number in range(draw(links))),
        glossary=tuple(Definition(f"D{n}", making.text(), making.leaves(())) for n in range(draw(links))),
        breadcrumb=(SheetLink("N1", "Accueil"),) if wild else (),
        navigation=making.leaves(()) if wild else (),
        metadata=tuple(draw(st.dictionaries(ANY_TEXT, ANY_TEXT, max_size=2)).items()) if wild else (),
        attributes=draw(ANY_TEXTS) if wild else (),
    )
