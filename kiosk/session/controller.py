"""One visit from the first touch to its erasure: intents in, views out. The only place where the state changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Protocol

from kiosk.domain.guide import ASKED_ANYWAY, TERRITORY_KEY, WAY_KEY, Guide, QuestionPage, SheetPage, StepPage
from kiosk.domain.procedure import Kind, Paragraph, Procedure
from kiosk.domain.sheet import sheet_of
from kiosk.packs.errors import PackError
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session import pages_beside, pages_entry, pages_support
from kiosk.session.blocks import Blocks, TitleOf
from kiosk.session.composing import Composer
from kiosk.session.finding import Finder
from kiosk.session.intents import Intent
from kiosk.session.pages_procedure import ProcedurePages
from kiosk.session.pages_support import PIN_LENGTHS, Check
from kiosk.session.places import Home, PlaceDesk
from kiosk.session.settings import RATES, VOLUMES, Settings
from kiosk.session.views import Screen, View
from kiosk.session.visit import HOME, MAX_QUERY, WELCOME, Left, Location, Visit
from kiosk.texts import LANGUAGES, Texts

MAX_RESULTS = 12
SHORTEST = 3
"""Letters of a search that say what somebody looks for."""

PROCEDURE_SCREENS = frozenset(
    {Screen.INTRO, Screen.ESSENTIAL, Screen.QUESTION, Screen.STEP, Screen.MISTAKES, Screen.SHEET}
)
BESIDE = frozenset({Screen.DEFINITION, Screen.MORE})
"""Screens one touch beside a procedure, which stays open behind them."""

OVERLAYS = frozenset({Screen.HELP, Screen.SETTINGS, Screen.LANGUAGES, Screen.LEAVE, *BESIDE})
MAX_HISTORY = 60
"""Screens that Back can undo: more than anybody walks, so that a playful hand does not fill the memory."""


class StaffDoor(Protocol):
    """Checks the staff code; the device counts the tries before it looks at the code."""

    def try_pin(self, pin: str) -> str:
        """Return an empty text when the code is right, or the key of the message that says why not."""


@dataclass(slots=True)
class Surroundings:
    """What the visit needs from the machine. `content` is None when no pack can be opened."""

    content: PackReader | None
    finder: Finder
    home: Home
    now: Callable[[], dt.datetime]
    staff: StaffDoor
    checks: Callable[[Texts], tuple[Check, ...]]
    count: Callable[[str], None]
    voice_available: Callable[[], bool] = lambda: True
    kind_of: Callable[[str], str | None] = lambda _pivot: None
    languages: tuple[str, ...] = tuple(LANGUAGES)


class Controller:
    """Holds the visit, answers intents, composes the view."""

    def __init__(self, surroundings: Surroundings) -> None:
        self.around = surroundings
        self.visit = Visit()
        self.on_erased: Callable[[], None] = lambda: None
        self.is_warning = False
        self.is_quitting = False
        self.seconds_left = 0
        self._texts = {language: Texts(language) for language in surroundings.languages}
        self._guide: Guide | None = None
        self._menu: Procedure | None = None
        self._is_started = False
        self._unmet = ""

    # -- state ---------------------------------------------------------------------------------------------------

    @property
    def texts(self) -> Texts:
        """Return the texts in the language of the visit."""
        return self._texts[self.visit.settings.language]

    def send(self, intent: Intent) -> View:
        """Take what the person wants and return what to show."""
        if self.around.content is None and not isinstance(
            intent,
            want.OpenStaff
            | want.TypePin
            | want.ErasePin
            | want.EnterPin
            | want.Quit
            | want.EraseAll
            | want.TestVoice
            | want.Back,
        ):
            return self.view()
        before = self.visit
        self._change(intent)
        self._note_unmet(before)
        return self.view()

    def _note_unmet(self, before: Visit) -> None:
        """Count a search that is left without an answer, by the words that the library itself has."""
        stays = {Screen.SEARCH, Screen.SETTINGS, Screen.LANGUAGES}
        query = before.query.strip()
        if before.location.screen is not Screen.SEARCH or self.visit.location.screen in stays or len(query) < SHORTEST:
            return
        if query == self._unmet or self.around.finder.search(query, 1):
            return
        self._unmet = query
        self.around.count("search.unmet")
        for word in sorted(set(self.around.finder.known_words(query))):
            self.around.count(f"search.unmet.{word}")

    def erase(self) -> View:
        """Forget everything of the visit and show the welcome screen. A visit is counted when it is over."""
        left = self.visit
        if self._is_started:
            self.around.count("visit.ended")
        self._is_started = False
        self.visit = Visit()
        self._guide = None
        self._menu = None
        self.is_warning = False
        self._note_unmet(left)
        self._unmet = ""
        self.on_erased()
        return self.view()

    def warn_idle(self, seconds_left: int) -> View:
        """Ask whether somebody is still there."""
        self.is_warning = True
        self.seconds_left = seconds_left
        return self.view()

    def _go(self, location: Location, **changes: object) -> None:
        history = (*self.visit.history, self.visit.location)[-MAX_HISTORY:]
        self.visit = replace(self.visit, location=location, history=history, **changes)  # type: ignore[arg-type]

    def _set(self, **changes: object) -> None:
        self.visit = replace(self.visit, settings=replace(self.visit.settings, **changes))  # type: ignore[arg-type]

    def _change(self, intent: Intent) -> None:
        visit = self.visit
        settings = visit.settings
        match intent:
            case want.Start(language):
                known = language if language in self._texts else settings.language
                self.visit = replace(
                    visit, location=HOME, history=(WELCOME,), settings=replace(settings, language=known)
                )
                self._is_started = True
            case want.OpenTheme(theme):
                self._go(Location(Screen.PROCEDURES, theme=theme))
            case want.OpenMoreThemes(page):
                self._go(Location(Screen.HOME, page=str(page)))
            case want.OpenPopular():
                self._go(Location(Screen.POPULAR))
            case want.OpenSearch():
                self._go(Location(Screen.SEARCH), query="")
                self.around.finder.warm()
            case want.TakeWord(word):
                kept = visit.query.rpartition(" ")[0]
                self.visit = replace(visit, query=f"{kept} {word} ".lstrip()[:MAX_QUERY])
            case want.TypeText(text):
                self.visit = replace(visit, query=(visit.query + text)[:MAX_QUERY].lstrip())
            case want.EraseLetter():
                self.visit = replace(visit, query=visit.query[:-1])
            case want.OpenProcedure(procedure, source):
                self._open_procedure(procedure, source)
            case want.OpenGroup(group):
                self._go(replace(visit.location, page=str(group)))
            case want.OpenDefinition(definition):
                self._go(replace(visit.location, screen=Screen.DEFINITION, theme=definition))
            case want.OpenMore():
                self._overlay(Screen.MORE)
            case want.AskAnyway(question):
                if self._guide:
                    answers = {**visit.answers, f"{ASKED_ANYWAY}{question}": "yes"}
                    self.visit = replace(visit, answers=MappingProxyType(answers))
                    self._show_page(f"question:{question}")
            case want.ChooseWay(way):
                self._answer(WAY_KEY, way)
            case want.Answer(question, choice):
                self._answer(question, choice)
            case want.TickPaper(paper):
                self.visit = replace(visit, ticked=visit.ticked ^ {paper})
            case want.Next():
                self._next()
            case want.Back() | want.Resume():
                self._back()
            case want.Listen() | want.TestVoice():
                pass
            case want.AskForHelp():
                self._overlay(Screen.HELP)
            case want.OpenSettings():
                self._overlay(Screen.SETTINGS)
            case want.OpenLanguages():
                self._overlay(Screen.LANGUAGES)
            case want.ChooseLanguage(language):
                if language in self._texts:
                    self._set(language=language)
                    self._back()
            case want.ChooseSize(size):
                self._set(size=size)
            case want.ChooseContrast(contrast):
                self._set(contrast=contrast)
            case want.SwitchVoice():
                self._set(is_voice_on=not settings.is_voice_on)
            case want.ChangeRate(step):
                self._set(rate=min(max(settings.rate + step, 0), len(RATES) - 1))
            case want.ChangeVolume(step):
                self._set(volume=min(max(settings.volume + step, 0), len(VOLUMES) - 1))
            case want.ResetSettings():
                self.visit = replace(visit, settings=Settings(language=settings.language))
            case want.Leave():
                self._overlay(Screen.LEAVE)
            case want.StartAgain():
                if self._guide:
                    intro = replace(visit.location, screen=Screen.INTRO, page="intro", left=None)
                    self.visit = replace(
                        visit, location=intro, history=(WELCOME, HOME), answers=self._fresh(), ticked=frozenset()
                    )
            case want.GoHome():
                self._is_started = True
                self._guide = None
                self.visit = Visit(location=HOME, history=(WELCOME,), settings=settings)
            case want.Finish():
                if visit.location.screen is not Screen.FEEDBACK:
                    self._guide = None
                    self.visit = Visit(location=Location(Screen.FEEDBACK), settings=settings)
            case want.GiveFeedback(feeling):
                self.around.count(f"feedback.{feeling}")
                self.erase()
            case want.EraseAll():
                self.erase()
            case want.StillHere():
                self.is_warning = False
            case want.OpenStaff():
                self.erase()
                self.visit = Visit(location=Location(Screen.STAFF_PIN), history=(WELCOME,))
            case want.TypePin(digit):
                self.visit = replace(visit, pin=(visit.pin + digit)[: PIN_LENGTHS.stop - 1], pin_message="")
            case want.ErasePin():
                self.visit = replace(visit, pin="", pin_message="")
            case want.EnterPin():
                self._enter_pin()
            case want.Quit():
                self.is_quitting = visit.location.screen is Screen.STAFF

    def _overlay(self, screen: Screen) -> None:
        if self.visit.location.screen is not screen:
            self._go(replace(self.visit.location, screen=screen))

    def _fresh(self) -> Mapping[str, str]:
        """Return the answers of somebody who begins: where the kiosk stands is known."""
        return MappingProxyType({TERRITORY_KEY: self.around.home.insee})

    def _read(self, key: str) -> Procedure | None:
        """Read a procedure; a damaged one leads the person to somebody instead of to nothing."""
        assert self.around.content is not None
        try:
            return self.around.content.procedure(key)
        except PackError:
            self._overlay(Screen.HELP)
            return None

    def _open_procedure(self, key: str, source: str) -> None:
        procedure = self._read(key)
        if procedure is None:
            return
        visit = self.visit
        if visit.location.screen in PROCEDURE_SCREENS | BESIDE and self._guide:
            left = Left(visit.answers, visit.ticked)
            self.visit = replace(visit, location=replace(visit.location, left=left))
        if procedure.kind in {Kind.DOSSIER, Kind.THEME}:
            self._menu = procedure
            self._go(Location(Screen.DOSSIER, theme=procedure.id))
            return
        self._guide = Guide(procedure)
        location = Location(Screen.INTRO, procedure=procedure.id, page="intro", source=source)
        self._go(location, answers=self._fresh(), ticked=frozenset())

    def _answer(self, key: str, choice: str) -> None:
        if self._guide is None:
            return
        answers: Mapping[str, str] = MappingProxyType({**self.visit.answers, key: choice})
        self.visit = replace(self.visit, answers=answers)
        self._next()

    def _next(self) -> None:
        if self._guide is None:
            return
        page = self._guide.after(self.visit.location.page, self.visit.answers)
        self._show_page(page)

    def _show_page(self, page: str) -> None:
        screen = Screen(page.partition(":")[0])
        self.visit = replace(self.visit, location=replace(self.visit.location, screen=screen, page=page))

    def _back(self) -> None:
        location = self.visit.location
        if location.screen in PROCEDURE_SCREENS and self._guide:
            before = self._guide.before(location.page, self.visit.answers)
            if before:
                self._show_page(before)
                return
        if not self.visit.history:
            self.erase()
            return
        *history, last = self.visit.history
        if last == WELCOME and self.visit.location.screen not in OVERLAYS:
            # Back from the first page is leaving: nothing of it may wait for the next person.
            self.erase()
            return
        self._return_to(last)
        self.visit = replace(
            self.visit, location=replace(last, left=None), history=tuple(history), pin="", pin_message=""
        )

    def _return_to(self, last: Location) -> None:
        """Open again what a screen of the history shows, with what was answered there."""
        if last.left is not None and last.procedure:
            procedure = self._read(last.procedure)
            self._guide = Guide(procedure) if procedure else None
            self.visit = replace(self.visit, answers=last.left.answers, ticked=last.left.ticked)
        if last.screen is Screen.DOSSIER and (self._menu is None or self._menu.id != last.theme):
            self._menu = self._read(last.theme)

    def _enter_pin(self) -> None:
        pin = self.visit.pin
        message = self.around.staff.try_pin(pin) if len(pin) in PIN_LENGTHS else "staff.pin_short"
        if message:
            self.visit = replace(self.visit, pin="", pin_message=message)
        else:
            self.visit = replace(self.visit, pin="", pin_message="", location=Location(Screen.STAFF))

    # -- views ---------------------------------------------------------------------------------------------------

    def view(self) -> View:
        """Compose what to show now."""
        now = self.around.now()
        has_voice = self.around.voice_available()
        make = Composer(self.texts, self.visit, self.around.home.name, now.date(), has_voice)
        if self.is_warning:
            return pages_support.idle_page(make, self.seconds_left)
        location = self.visit.location
        if location.screen is Screen.STAFF_PIN:
            message = self.texts.tr(self.visit.pin_message) if self.visit.pin_message else ""
            return pages_support.staff_pin_page(make, message)
        if location.screen is Screen.STAFF:
            return pages_support.staff_page(make, self.around.checks(self.texts))
        content = self.around.content
        if content is None:
            return pages_support.unavailable_page(make)
        desk = PlaceDesk(make, lambda: content.places, self.around.home, now, self.around.kind_of)
        if self._guide and location.screen in PROCEDURE_SCREENS:
            return self._procedure_view(self._guide, make, desk, content)
        if self._guide and location.screen in BESIDE:
            blocks = Blocks(make, self._guide.procedure, desk, title_of(content), ())
            definition = blocks.definition_of(location.theme)
            if location.screen is Screen.MORE:
                page = self._guide.page(location.page, self.visit.answers)
                match page:
                    case StepPage():
                        return pages_beside.pointed_page(make, blocks, page.blocks)
                    case QuestionPage():
                        return pages_beside.pointed_page(make, blocks, (*page.lead, *page.question.help))
                    case _:
                        return pages_beside.more_page(make, blocks, content.manifest.official)
            if definition:
                return pages_beside.definition_page(make, blocks, definition)
        return self._other_view(make, desk, content)

    def _procedure_view(self, guide: Guide, make: Composer, desk: PlaceDesk, content: PackReader) -> View:
        visit = self.visit
        page = guide.page(visit.location.page, visit.answers)
        pages = ProcedurePages(make, guide, desk, title_of(content), _full_version(guide, visit.location, content))
        sheet = sheet_of(guide, visit.answers, visit.ticked) if isinstance(page, SheetPage) else None
        return pages.view(page, sheet)

    def _other_view(self, make: Composer, desk: PlaceDesk, content: PackReader) -> View:
        location = self.visit.location
        themes = tuple(theme for theme in content.themes if content.has_theme(theme.id))
        tints = {theme.id: theme.tint for theme in themes}
        match location.screen:
            case Screen.HOME:
                has_popular = any(card.is_popular for card in content.cards)
                return pages_entry.home(make, themes, int(location.page or 0), has_popular)
            case Screen.PROCEDURES:
                title = next((theme.title(make.language) for theme in themes if theme.id == location.theme), "")
                cards = tuple(card for card in content.cards if card.theme == location.theme)
                menus = [menu for card in content.menus(location.theme) if (menu := content.procedure(card.id))]
                more = [
                    element
                    for menu in menus
                    for element in pages_beside.menu_buttons(
                        make, menu, title_of(content), tints.get(location.theme, 1), f"{menu.id}."
                    )
                ]
                return pages_entry.procedure_list(make, Screen.PROCEDURES, title, cards, themes, more)
            case Screen.DOSSIER if self._menu:
                menu = self._menu
                blocks = Blocks(make, menu, desk, title_of(content), ())
                tint = tints.get(menu.theme, 1)
                return pages_beside.dossier_page(make, menu, blocks, title_of(content), location.page, tint)
            case Screen.POPULAR:
                cards = tuple(card for card in content.cards if card.is_popular)
                return pages_entry.procedure_list(make, Screen.POPULAR, make.tr("home.popular"), cards, themes)
            case Screen.SEARCH:
                found = self.around.finder.search(self.visit.query, MAX_RESULTS)
                words = self.around.finder.suggest(self.visit.query)
                return pages_entry.search(make, tuple(found), tuple(words), themes)
            case Screen.LANGUAGES:
                return pages_entry.languages(make, self.around.languages)
            case Screen.HELP:
                return pages_support.help_page(make, desk, self._stuck())
            case Screen.SETTINGS:
                return pages_support.settings_page(make)
            case Screen.LEAVE:
                return pages_support.leave_page(make, bool(location.procedure))
            case Screen.FEEDBACK:
                return pages_support.feedback_page(make)
            case _:
                return pages_entry.welcome(make, self.around.languages)

    def _stuck(self) -> tuple[Paragraph, ...]:
        """Return the advice of the step that help was asked from."""
        page_key = self.visit.location.page
        if self._guide is None or not self.visit.location.procedure:
            return ()
        page = self._guide.page(page_key, self.visit.answers)
        return page.stuck if isinstance(page, StepPage) else ()


def title_of(content: PackReader) -> TitleOf:
    """Return the titles of a library by id; a library that cannot be read has none."""

    def find(key: str) -> str | None:
        try:
            card = content.card(key)
        except PackError:
            return None
        return card.title if card else None

    return find


def _full_version(guide: Guide, location: Location, content: PackReader) -> str:
    """Return the official sheet that is the whole text of an authored procedure, when the library has it."""
    procedure = guide.procedure
    if procedure.is_official:
        return ""
    find = title_of(content)
    return next((key for key in (location.source, procedure.source, *procedure.related) if key and find(key)), "")
