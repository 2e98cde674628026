"""Small pieces that many screens share: texts by key, navigation, dates, sources."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from babel.dates import format_date

from kiosk.domain.dating import PartialDate
from kiosk.domain.procedure import Confidence, Evidence, Paragraph
from kiosk.session.intents import AskForHelp, Back, Intent, Leave, Listen, OpenSettings, Resume
from kiosk.session.views import (
    Button,
    ButtonKind,
    Element,
    Labels,
    Line,
    NavSlot,
    Screen,
    Text,
    TextRole,
    Tone,
    View,
)
from kiosk.session.visit import Visit
from kiosk.texts import Texts

CONTENT_LANGUAGE = "fr"


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes the elements of one view in the language of the visit."""

    texts: Texts
    visit: Visit
    context: str
    today: dt.date
    has_voice: bool = True

    @property
    def language(self) -> str:
        """Return the language of the terminal's own texts."""
        return self.texts.language

    def tr(self, key: str, **fields: object) -> str:
        """Return a text of the terminal."""
        return self.texts.tr(key, **fields)

    def text(self, key: str, content: str, role: TextRole = TextRole.BODY, language: str | None = None) -> Text:
        """Make a text; `content` is already in words."""
        return Text(key, content, role, language or self.language)

    def title(self, content: str, language: str | None = None) -> Text:
        """Make the title of a page."""
        return self.text("title", content, TextRole.TITLE, language)

    def line(self, key: str, content: str, **style: object) -> Line:
        """Make a line of a box in the language of the terminal."""
        return Line(key, content, language=self.language, **style)  # type: ignore[arg-type]

    def resume(self, label: str) -> Button:
        """Make the button that closes what was opened on top of a page."""
        return Button("resume", label, Resume(), ButtonKind.PRIMARY, "check", language=self.language)

    def nav(self, *, back: bool = True, leave: bool = True, everything: bool = True) -> tuple[NavSlot, ...]:
        """Make the five buttons that never move."""

        def slot(key: str, label: str, icon: str, intent: Intent, is_shown: bool) -> NavSlot:
            button = Button(f"nav.{key}", label, intent, ButtonKind.NAV, icon, language=self.language)
            return NavSlot(button, is_shown)

        arrow = "arrow-right" if self.texts.is_right_to_left else "arrow-left"
        listen = self.tr("nav.listen") if self.has_voice else self.tr("voice.unavailable_short")
        return (
            slot("back", self.tr("nav.back"), arrow, Back(), back),
            slot("listen", listen, "volume-high" if self.has_voice else "volume-xmark", Listen(), True),
            slot("help", self.tr("nav.help"), "life-ring", AskForHelp(), everything),
            slot("settings", self.tr("nav.settings"), "sliders", OpenSettings(), everything),
            slot("leave", self.tr("nav.leave"), "right-from-bracket", Leave(), leave),
        )

    @property
    def labels(self) -> Labels:
        """Return the words for pages longer than the screen."""
        return Labels(
            more=self.tr("nav.more"),
            more_short=self.tr("nav.next"),
            show_results=self.tr("search.results"),
            show_keyboard=self.tr("search.keyboard"),
        )

    def view(
        self,
        screen: Screen,
        body: Iterable[Element],
        *,
        name: str = "",
        context: str | None = None,
        pinned: Iterable[Element] = (),
        nav: tuple[NavSlot, ...] | None = None,
        is_modal: bool = False,
    ) -> View:
        """Put a view together."""
        return View(
            screen=screen,
            name=name or screen,
            context=self.context if context is None else context,
            body=tuple(body),
            nav=self.nav() if nav is None else nav,
            labels=self.labels,
            pinned=tuple(pinned),
            language=self.language,
            is_right_to_left=self.texts.is_right_to_left,
            is_modal=is_modal,
        )

    def date(self, date: PartialDate) -> str:
        """Say a date in full, only as precisely as it is known."""
        skeleton = "d MMMM y" if date.day else "MMMM y" if date.month else "y"
        return format_date(date.earliest(), skeleton, locale=self.language)

    def to_check(self, evidences: Iterable[Evidence | None]) -> str:
        """Say which facts are to be checked, from when the oldest is; empty when all are sure."""
        unsure = [one.dated for one in evidences if one and one.confidence is Confidence.MEDIUM]
        if not unsure:
            return ""
        oldest = min(unsure, key=lambda date: (date.earliest(), str(date)))
        return self.tr("fact.to_check", date=self.date(oldest))

    def lines(self, key: str, paragraphs: Iterable[Paragraph]) -> tuple[Line, ...]:
        """Make the lines of a box from content, with a last one that says what is to be checked."""
        paragraphs = tuple(paragraphs)
        lines = [
            Line(f"{key}.{number}", paragraph.text, language=CONTENT_LANGUAGE)
            for number, paragraph in enumerate(paragraphs)
        ]
        note = self.to_check(paragraph.evidence for paragraph in paragraphs)
        if note:
            lines.append(Line(f"{key}.check", note, "circle-info", Tone.INFO, language=self.language))
        return tuple(lines)
