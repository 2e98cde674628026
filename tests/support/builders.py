"""One builder a kind of value, with valid defaults: a test names only what matters to it."""

from __future__ import annotations

from typing import Any

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place, Position
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Cell,
    Choice,
    Confidence,
    Evidence,
    Item,
    ItemList,
    Kind,
    ListRole,
    Mark,
    MarkKind,
    Paragraph,
    Procedure,
    ProcedureId,
    Question,
    QuestionKind,
    Row,
    Section,
    SheetLink,
    Step,
    Table,
    Way,
    Ways,
)
from kiosk.domain.theme import Theme


def an_evidence(source: str = "F1341", dated: str = "2026-04", confidence: str = "H") -> Evidence:
    """Make the evidence of a fact."""
    return Evidence(source, PartialDate.parse(dated), Confidence(confidence))


def lines(*texts: str) -> tuple[Paragraph, ...]:
    """Make plain lines."""
    return tuple(Paragraph(text) for text in texts)


def a_line(text: str = "Une ligne.", *when: str) -> Paragraph:
    """Make one line, kept for some answers."""
    return Paragraph(text, when=when)


def a_choice(key: str, *blocks: Block, **changes: Any) -> Choice:
    """Make an answer and what follows it."""
    return Choice(**{"id": key, "label": f"Réponse {key}", "blocks": blocks, **changes})


def a_question(key: str = "carte", *choices: Choice | str, **changes: Any) -> Question:
    """Make a question; choices given as ids lead nowhere in particular."""
    made = tuple(a_choice(choice) if isinstance(choice, str) else choice for choice in choices or ("oui", "non"))
    return Question(**{"key": key, "prompt": f"Question {key} ?", "choices": made, **changes})


def a_way_question(key: str = "comment", *blocks: Block) -> Question:
    """Make a question on how to do it: on the internet, where these blocks follow, or at the desk."""
    return a_question(
        key,
        a_choice(f"{key}-site", *blocks, way=Way.WITH_INTERNET),
        a_choice(f"{key}-guichet", way=Way.WITHOUT_INTERNET),
        kind=QuestionKind.WAY,
    )


def a_place_question(key: str = "ou", paris: tuple[Block, ...] = (), elsewhere: tuple[Block, ...] = ()) -> Question:
    """Make a question on where one lives: in Paris or elsewhere."""
    return a_question(
        key,
        Choice(f"{key}-paris", "À Paris", blocks=paris),
        Choice(f"{key}-ailleurs", "Ailleurs", blocks=elsewhere),
        kind=QuestionKind.TERRITORY,
    )


def a_step(
    key: str = "papiers", *blocks: Block, stuck: tuple[str, ...] = (), when: tuple[str, ...] = (), **changes: Any
) -> Step:
    """Make a step."""
    return Step(key, f"Étape {key}", blocks, stuck=lines(*stuck), when=when, **changes)


def a_section(title: str = "Un groupe", *blocks: Block, **changes: Any) -> Section:
    """Make a titled group."""
    return Section(title, blocks, **changes)


def a_cell(text: str = "", columns: int = 1, rows: int = 1) -> Cell:
    """Make a cell of one line, or an empty one."""
    return Cell(lines(text) if text else (), columns, rows)


def a_row(*cells: Cell | str, is_header: bool = False) -> Row:
    """Make a row of a table."""
    return Row(tuple(a_cell(cell) if isinstance(cell, str) else cell for cell in cells), is_header)


def a_table(*rows: Row, **changes: Any) -> Table:
    """Make a table."""
    return Table(rows, **changes)


def a_link(target: str = "F2", title: str = "", **changes: Any) -> SheetLink:
    """Make a way to another sheet."""
    return SheetLink(target, title, **changes)


def a_marked(text: str, kind: MarkKind, part: str, target: str = "") -> Paragraph:
    """Make a line of which a part is marked."""
    start = text.index(part)
    return Paragraph(text, marks=(Mark(kind, start, start + len(part), target),))


def a_tip(*texts: Paragraph | str, when: tuple[str, ...] = ()) -> Callout:
    """Make a tip."""
    made = tuple(Paragraph(text) if isinstance(text, str) else text for text in texts)
    return Callout(CalloutKind.TIP, made, when)


def papers(*items: Item | str, when: tuple[str, ...] = ()) -> ItemList:
    """Make a tickable list."""
    made = tuple(Item(item, f"Papier {item}") if isinstance(item, str) else item for item in items)
    return ItemList(ListRole.PAPERS, made, when)


def a_procedure(*blocks: Block, **changes: Any) -> Procedure:
    """Make a procedure."""
    values: dict[str, Any] = {
        "id": ProcedureId("carte-identite"),
        "theme": "papiers",
        "title": "Carte d’identité",
        "source": "F1341",
        "checked_on": PartialDate(2026, 4),
        "summary": lines("La carte prouve qui vous êtes."),
        "audience": lines("Toute personne française."),
        "cost": (Paragraph("C’est gratuit.", an_evidence()),),
        "duration": lines("Demandez le délai."),
        "ways": Ways(lines("Ouvrez le site."), lines("Téléphonez à la mairie.")),
        "blocks": blocks or (a_step("papiers", Paragraph("Préparez vos papiers.")),),
    }
    return Procedure(**{**values, **changes})


def an_official(*blocks: Block, **changes: Any) -> Procedure:
    """Make an official sheet: its words are those of its steps."""
    values: dict[str, Any] = {
        "id": ProcedureId("F1"),
        "kind": Kind.SHEET,
        "source": "F1",
        "title": "Fiche officielle",
        "audience": (),
        "cost": (),
        "duration": (),
        "ways": Ways((), ()),
    }
    return a_procedure(*blocks, **{**values, **changes})


def a_menu(key: str = "N1", *blocks: Block, **changes: Any) -> Procedure:
    """Make a dossier: a menu of sheets."""
    values: dict[str, Any] = {"id": ProcedureId(key), "kind": Kind.DOSSIER, "title": f"Dossier {key}", "source": key}
    return an_official(*blocks, **{**values, **changes})


def a_long_text(words: int) -> Paragraph:
    """Make a line of this many words."""
    return Paragraph(" ".join(["mot"] * words))


def a_place(key: str = "mairie-angers", *services: str, **changes: Any) -> Place:
    """Make an office."""
    values: dict[str, Any] = {
        "id": key,
        "name": f"Mairie {key}",
        "services": services or ("mairie",),
        "evidence": an_evidence("DILA"),
        "commune": "Angers",
        "insee": "49007",
        "position": Position(47.47, -0.55),
    }
    return Place(**{**values, **changes})


def a_national_service(key: str = "caf", *services: str, **changes: Any) -> Place:
    """Make a service that has only a phone number."""
    return a_place(key, *(services or (key,)), commune="", insee="", position=None, phone="32 30", **changes)


def a_theme(key: str = "papiers", tint: int = 1) -> Theme:
    """Make a theme."""
    return Theme(key, "id-card", tint, {"fr": "Papiers", "en": "Papers"})
