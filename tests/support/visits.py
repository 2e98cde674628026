"""A visit without a screen: the real controller on real content, clock and staff door in the hands of a test."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk import bootstrap, paths
from kiosk.config import Config
from kiosk.domain.guide import Guide, QuestionPage
from kiosk.domain.procedure import Procedure
from kiosk.packs.reader import PackReader
from kiosk.packs.writer import Content, write_pack
from kiosk.session import intents as want
from kiosk.session.controller import Controller, Surroundings
from kiosk.session.finding import NoFinder
from kiosk.session.intents import Intent
from kiosk.session.pages_support import Check
from kiosk.session.views import Button, Element, Keys, Row, Screen, Tick, View
from kiosk.sources.authored.library import read_library

NOW = dt.datetime(2026, 11, 23, 10, 0)  # noqa: DTZ001 - a Monday, local time as the controller gets it
PIN = "2468"
OVERLAYS = (Screen.HELP, Screen.SETTINGS, Screen.LANGUAGES, Screen.LEAVE)


class Door:
    """A staff door that knows one code."""

    def try_pin(self, pin: str) -> str:
        return "" if pin == PIN else "staff.pin_wrong"


def write_shipped_pack(path: Path) -> Path:
    """Build the pack of the content that ships."""
    library = read_library(paths.assets(), NOW.date())
    write_pack(path, Content(library.procedures, library.themes, library.places), NOW.replace(tzinfo=dt.UTC))
    return path


@dataclass
class OneProcedure:
    """Content whose procedures are read from a test: all else comes from the pack."""

    pack: PackReader
    procedure_read: Procedure

    def procedure(self, key: str) -> Procedure | None:
        return self.procedure_read if key == self.procedure_read.id else self.pack.procedure(key)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pack, name)


def a_controller(content: Any, insee: str = "49353", **changes: Any) -> Controller:
    """Make a controller; 49353 is Trélazé."""
    values: dict[str, Any] = {
        "content": content,
        "finder": bootstrap.finder(content) if content else NoFinder(),
        "home": bootstrap.home_of(content, Config(insee=insee)),
        "now": lambda: NOW,
        "staff": Door(),
        "checks": lambda texts: (Check("voice", texts.tr("check.voice"), texts.tr("check.ok"), True),),
        "count": lambda _name: None,
    }
    return Controller(Surroundings(**{**values, **changes}))


def intents_of(elements: tuple[Element, ...]) -> Iterator[Intent]:
    """Yield what can be touched."""
    for element in elements:
        match element:
            case Button() | Tick():
                yield element.intent
            case Row():
                yield from (button.intent for button in element.buttons)
            case Keys():
                yield from (button.intent for row in element.rows for button in row)
            case _:
                pass


def touchable(view: View) -> list[Intent]:
    """Return everything that a finger can want on a view."""
    shown = tuple(slot.button for slot in view.nav if slot.is_shown)
    return list(intents_of((*view.body, *view.pinned, *shown)))


def open_procedure(controller: Controller, key: str, way: str = "without_internet") -> View:
    """Begin a visit and a procedure."""
    controller.send(want.Start())
    controller.send(want.OpenProcedure(key))
    return controller.send(want.ChooseWay(way))  # type: ignore[arg-type]


def to_sheet(controller: Controller, answers: dict[str, str] | None = None) -> list[View]:
    """Go on to the sheet, with these answers and the first one elsewhere; return every page on the way."""
    view = controller.view()
    views = [view]
    for _ in range(60):
        if view.screen is Screen.SHEET:
            return views
        wants = touchable(view)
        given = [one for one in wants if isinstance(one, want.Answer)]
        chosen = [one for one in given if (answers or {}).get(one.question) == one.choice]
        view = controller.send((chosen or given or [want.Next()])[0])
        views.append(view)
    raise AssertionError("the sheet was not reached")


def all_answers(procedure: Procedure) -> Iterator[dict[str, str]]:
    """Yield every set of answers that leads to the sheet."""
    guide = Guide(procedure)
    todo: list[dict[str, str]] = [{}]
    while todo:
        answers = todo.pop()
        last = guide.pages(answers)[-1]
        if isinstance(last, QuestionPage):
            todo += [{**answers, last.question.key: choice.id} for choice in last.question.choices]
        else:
            yield answers
