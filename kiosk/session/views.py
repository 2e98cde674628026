"""What a screen shows, as values: a renderer draws them, a voice reads them, a test compares them.

A `View` has a body that is paged when it is long, a pinned part that is always there, and the navigation
that stands at the same place on every screen. Every element has an id, unique in its view: the sentence
being read is highlighted by it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.session.intents import Intent


class Screen(StrEnum):
    """Every screen there is."""

    WELCOME = "welcome"
    HOME = "home"
    PROCEDURES = "procedures"
    POPULAR = "popular"
    SEARCH = "search"
    DOSSIER = "dossier"
    INTRO = "intro"
    ESSENTIAL = "essential"
    QUESTION = "question"
    STEP = "step"
    MISTAKES = "mistakes"
    SHEET = "sheet"
    DEFINITION = "definition"
    MORE = "more"
    HELP = "help"
    SETTINGS = "settings"
    LANGUAGES = "languages"
    LEAVE = "leave"
    FEEDBACK = "feedback"
    IDLE = "idle"
    STAFF_PIN = "staff-pin"
    STAFF = "staff"
    UNAVAILABLE = "unavailable"


class TextRole(StrEnum):
    """How much a text weighs on its page."""

    GREETING = "greeting"
    WELCOME = "welcome"
    TITLE = "title"
    LEAD = "lead"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"


class ButtonKind(StrEnum):
    """How a button looks and how large it is at least."""

    START = "start"
    CHOICE = "choice"
    TILE = "tile"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    DANGER = "danger"
    OPTION = "option"
    NAV = "nav"
    KEY = "key"


class Tone(StrEnum):
    """What a coloured box means; an icon and words always say the same."""

    PLAIN = "plain"
    INFO = "info"
    TIP = "tip"
    WARNING = "warning"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class Text:
    """A text. `spoken` replaces it for the ear when the eye sees something else."""

    id: str
    text: str
    role: TextRole = TextRole.BODY
    language: str = "fr"
    spoken: str | None = None


@dataclass(frozen=True, slots=True)
class Button:
    """Something to touch. `tint` 1 to 6 colours its icon; `is_selected` marks the option in force.

    An optional one is left out where it alone would make a page longer than the screen.
    """

    id: str
    label: str
    intent: Intent
    kind: ButtonKind = ButtonKind.CHOICE
    icon: str = ""
    tint: int = 0
    detail: str = ""
    is_selected: bool = False
    language: str = "fr"
    spoken: str | None = None
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A paper that one has or not."""

    id: str
    label: str
    details: tuple[str, ...]
    is_ticked: bool
    intent: Intent
    spoken: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a box, with an icon when it says something of its own."""

    id: str
    text: str
    icon: str = ""
    tone: Tone = Tone.PLAIN
    is_strong: bool = False
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Box:
    """A framed group: a card with a title, or a coloured note without one.

    An optional one is left out where it alone would make a page longer than the screen.
    """

    id: str
    icon: str
    lines: tuple[Line, ...]
    title: str = ""
    tone: Tone = Tone.PLAIN
    language: str = "fr"
    is_optional: bool = False


@dataclass(frozen=True, slots=True)
class QrBox:
    """A code for a telephone, with the words that say what it gives."""

    id: str
    title: str
    text: str
    data: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Progress:
    """Where one is, in marks and in words."""

    id: str
    number: int
    total: int
    text: str
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Field:
    """What was typed. `is_secret` shows dots and is never spoken."""

    id: str
    value: str
    placeholder: str
    is_secret: bool = False
    language: str = "fr"


@dataclass(frozen=True, slots=True)
class Row:
    """Buttons that belong together, side by side when they fit."""

    id: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Keys:
    """A keyboard or a keypad; `widths` counts in keys."""

    id: str
    rows: tuple[tuple[Button, ...], ...]
    widths: dict[str, float]


Element = Text | Button | Tick | Box | QrBox | Progress | Field | Row | Keys


@dataclass(frozen=True, slots=True)
class NavSlot:
    """A place of the navigation; a hidden button leaves its place empty, so that the others never move."""

    button: Button
    is_shown: bool = True


@dataclass(frozen=True, slots=True)
class Labels:
    """Words that a renderer needs when a page is longer than the screen. `more` has fields number and total."""

    more: str
    more_short: str
    show_results: str
    show_keyboard: str


@dataclass(frozen=True, slots=True)
class View:
    """One screen. `name` tells two pages of one screen apart; `context` says where one is."""

    screen: Screen
    name: str
    context: str
    body: tuple[Element, ...]
    nav: tuple[NavSlot, ...]
    labels: Labels
    pinned: tuple[Element, ...] = ()
    language: str = "fr"
    is_right_to_left: bool = False
    is_modal: bool = False
