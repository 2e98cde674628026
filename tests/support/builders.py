"""One builder a kind of value, with valid defaults: a test names only what matters to it."""

from __future__ import annotations

from typing import Any

from kiosk.domain.dating import PartialDate
from kiosk.domain.place import Place, Position
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Confidence,
    Evidence,
    Item,
    ItemList,
    ListRole,
    Paragraph,
    Procedure,
    ProcedureId,
    Question,
    Step,
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


def a_choice(key: str, *blocks: Block) -> Choice:
    """Make an answer and what follows it."""
    return Choice(key, f"Réponse {key}", blocks=blocks)


def a_question(key: str = "carte", *choices: Choice | str, when: tuple[str, ...] = ()) -> Question:
    """Make a question; choices given as ids lead nowhere in particular."""
    made = tuple(a_choice(choice) if isinstance(choice, str) else choice for choice in choices or ("oui", "non"))
    return Question(key, f"Question {key} ?", made, when=when)


def a_step(key: str = "papiers", *blocks: Block, stuck: tuple[str, ...] = (), when: tuple[str, ...] = ()) -> Step:
    """Make a step."""
    return Step(key, f"Étape {key}", blocks, stuck=lines(*stuck), when=when)


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
