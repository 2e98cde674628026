"""Touching everything there is to touch, and the small official library that has a page of every kind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from kiosk.domain.guide import Guide
from kiosk.domain.procedure import (
    Block,
    Definition,
    Kind,
    MarkKind,
    Procedure,
    ProcedureId,
    Reference,
    StepRole,
)
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.finding import Found
from kiosk.session.views import Screen, View
from kiosk.session.visit import Location, Visit
from tests.support.builders import (
    a_link,
    a_long_text,
    a_marked,
    a_menu,
    a_place_question,
    a_procedure,
    a_section,
    a_step,
    a_way_question,
    an_official,
    lines,
)
from tests.support.visits import OVERLAYS, touchable

State = tuple[Visit, Guide | None, Procedure | None]


def sheet(key: str, *blocks: Block, **changes: Any) -> Procedure:
    """Make an official sheet of the small library."""
    return an_official(*blocks, **{"id": ProcedureId(key), "source": key, "title": f"Fiche {key}", **changes})


def small_library() -> tuple[Procedure, ...]:
    """Return an authored procedure, sheets that point at each other, a long one, a dossier and a theme."""
    one = sheet(
        "F1",
        a_step("un", a_marked("Prenez le livret.", MarkKind.DEFINITION, "livret", "D1"), a_place_question("ou")),
        a_step("deux", a_marked("Voir la fiche.", MarkKind.SHEET, "fiche", "F2"), a_way_question("comment")),
        glossary=(Definition("D1", "Livret", lines("Un petit cahier.")),),
        references=(Reference("Code civil"),),
        see_also=(a_link("F2"), a_link("N1"), a_link("F3", kind="RechercheGuidee")),
    )
    two = sheet("F2", a_step("un", a_link("F1"), a_link("N1"), *lines("Texte.")))
    long = sheet("F3", a_step("prix", *lines("17 €"), role=StepRole.COST), a_step("long", a_long_text(2000)))
    short_menu = a_menu("N1", a_link("F1"), a_section("Suite", a_link("F2")), see_also=(a_link("N2"),))
    entries = (tuple(a_link("F1") for _ in range(4)), tuple(a_link("F2") for _ in range(4)))
    long_menu = a_menu("N2", a_link("F3"), *(a_section(f"Groupe {n}", *links) for n, links in enumerate(entries, 1)))
    theme = a_menu("N3", a_link("N1"), a_link("N2"), kind=Kind.THEME)
    ours = a_procedure(source="F1", related=("F3",), popular=True)
    return ours, one, two, long, short_menu, long_menu, theme


@dataclass
class Shelf:
    """A search that finds what a test put there."""

    found: list[Found] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def search(self, query: str, limit: int) -> list[Found]:
        self.asked.append(query)
        return self.found[:limit] if query else []

    def suggest(self, query: str) -> list[str]:
        return self.words if query else []

    def known_words(self, query: str) -> list[str]:
        return []

    def warm(self) -> None:
        self.asked.append("warm")


def state_of(controller: Controller) -> State:
    return controller.visit, controller._guide, controller._menu


def put(controller: Controller, state: State) -> None:
    """Bring a controller where another one was."""
    controller.visit, controller._guide, controller._menu = state


def _place_of(visit: Visit) -> object:
    """Tell one page from another: what was left behind does not make it new."""
    place = replace(visit.location, left=None)
    return (place.screen,) if place.screen in OVERLAYS else (place, bool(visit.ticked))


def every_state(controller: Controller) -> list[State]:
    """Touch everything there is to touch, breadth first, and return each page met."""
    start: State = (Visit(), None, None)
    todo = [start]
    seen: dict[object, State] = {}
    while todo:
        state = todo.pop(0)
        put(controller, state)
        for intent in touchable(controller.view()):
            put(controller, state)
            controller._change(intent)
            key = _place_of(controller.visit)
            if key not in seen and not isinstance(intent, want.ChooseLanguage):
                seen[key] = state_of(controller)
                todo.append(seen[key])
    return list(seen.values())


def staff_states() -> list[State]:
    """Return the pages of the staff corner."""
    code = Visit(Location(Screen.STAFF_PIN), pin="24", pin_message="staff.pin_wrong")
    return [(code, None, None), (Visit(Location(Screen.STAFF)), None, None)]


def views_of(controller: Controller, states: list[State], language: str) -> list[View]:
    """Return the pages in a language, and the question asked after a silence."""
    views = []
    for visit, guide, menu in states:
        put(controller, (replace(visit, settings=replace(visit.settings, language=language)), guide, menu))
        views.append(controller.view())
    return [*views, controller.warn_idle(45)]


def strings_of(value: object) -> Iterator[str]:
    """Yield every text inside a view or a part of one."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from strings_of(inner)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from strings_of(getattr(value, name))
