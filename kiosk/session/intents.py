"""What a person wants, as values: screens send them, the visit answers with its next state."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.procedure import Way
from kiosk.session.settings import Contrast, TextSize


class Feeling(StrEnum):
    """The three faces at the end of a visit."""

    GOOD = "good"
    MIXED = "mixed"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Start:
    """Begin a visit, in a language or in French."""

    language: str = "fr"


@dataclass(frozen=True, slots=True)
class OpenTheme:
    """See the procedures of a subject."""

    theme: str


@dataclass(frozen=True, slots=True)
class OpenMoreThemes:
    """See the other subjects."""

    page: int


@dataclass(frozen=True, slots=True)
class OpenPopular:
    """See what is asked most."""


@dataclass(frozen=True, slots=True)
class OpenSearch:
    """Search with a word."""


@dataclass(frozen=True, slots=True)
class TypeText:
    """Add letters to the search."""

    text: str


@dataclass(frozen=True, slots=True)
class EraseLetter:
    """Take the last letter back."""


@dataclass(frozen=True, slots=True)
class OpenProcedure:
    """Begin a procedure, or see a dossier. `source` is the official sheet that its whole text is, when one is known."""

    procedure: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class OpenGroup:
    """See one group of a dossier."""

    group: int


@dataclass(frozen=True, slots=True)
class OpenDefinition:
    """See and hear what a word means."""

    definition: str


@dataclass(frozen=True, slots=True)
class OpenMore:
    """See what a sheet rests on, and other sheets."""


@dataclass(frozen=True, slots=True)
class AskAnyway:
    """Answer a question whose answer was taken for known."""

    question: str


@dataclass(frozen=True, slots=True)
class TakeWord:
    """Put a suggested word in the place of the one being typed."""

    word: str


@dataclass(frozen=True, slots=True)
class ChooseWay:
    """Choose on the internet, without it, or with somebody."""

    way: Way


@dataclass(frozen=True, slots=True)
class Answer:
    """Answer the question of this page."""

    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class TickPaper:
    """Say that one has a paper, or not after all."""

    paper: str


@dataclass(frozen=True, slots=True)
class Next:
    """Go on to the next page."""


@dataclass(frozen=True, slots=True)
class Back:
    """Go back one page."""


@dataclass(frozen=True, slots=True)
class Resume:
    """Close help, settings or another page on top, and go on where one was."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Hear this page again. The visit does not change."""


@dataclass(frozen=True, slots=True)
class AskForHelp:
    """See who can help."""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Change size, contrast, voice or language."""


@dataclass(frozen=True, slots=True)
class OpenLanguages:
    """Choose another language."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Show and say everything in a language."""

    language: str


@dataclass(frozen=True, slots=True)
class ChooseSize:
    """Change the size of text."""

    size: TextSize


@dataclass(frozen=True, slots=True)
class ChooseContrast:
    """Change the colours."""

    contrast: Contrast


@dataclass(frozen=True, slots=True)
class SwitchVoice:
    """Turn the voice on or off."""


@dataclass(frozen=True, slots=True)
class ChangeRate:
    """Speak slower (-1) or faster (+1)."""

    step: int


@dataclass(frozen=True, slots=True)
class ChangeVolume:
    """Speak lower (-1) or louder (+1)."""

    step: int


@dataclass(frozen=True, slots=True)
class ResetSettings:
    """Put all settings back, keeping the answers."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Ask to finish, start again or go elsewhere."""


@dataclass(frozen=True, slots=True)
class StartAgain:
    """Begin the same procedure again, its answers forgotten."""


@dataclass(frozen=True, slots=True)
class GoHome:
    """Choose another procedure, the answers forgotten."""


@dataclass(frozen=True, slots=True)
class Finish:
    """End the visit: one question about it, then everything is erased."""


@dataclass(frozen=True, slots=True)
class GiveFeedback:
    """Say how it went. Everything is erased after."""

    feeling: Feeling


@dataclass(frozen=True, slots=True)
class EraseAll:
    """Erase everything and go back to the welcome screen."""


@dataclass(frozen=True, slots=True)
class StillHere:
    """Answer the question asked after a long silence."""


@dataclass(frozen=True, slots=True)
class OpenStaff:
    """Open the staff corner (hidden gesture)."""


@dataclass(frozen=True, slots=True)
class TypePin:
    """Add a digit to the staff code."""

    digit: str


@dataclass(frozen=True, slots=True)
class ErasePin:
    """Take back the digits of the staff code."""


@dataclass(frozen=True, slots=True)
class EnterPin:
    """Check the staff code."""


@dataclass(frozen=True, slots=True)
class TestVoice:
    """Hear a sentence, to check the sound."""


@dataclass(frozen=True, slots=True)
class Quit:
    """Close the program (staff only)."""


Intent = (
    Start | OpenTheme | OpenMoreThemes | OpenPopular | OpenSearch | TypeText | TakeWord | EraseLetter | OpenProcedure
    | OpenGroup | OpenDefinition | OpenMore | AskAnyway
    | ChooseWay | Answer | TickPaper | Next | Back | Resume | Listen | AskForHelp | OpenSettings | OpenLanguages
    | ChooseLanguage | ChooseSize | ChooseContrast | SwitchVoice | ChangeRate | ChangeVolume | ResetSettings
    | Leave | StartAgain | GoHome | Finish | GiveFeedback | EraseAll | StillHere
    | OpenStaff | TypePin | ErasePin | EnterPin | TestVoice | Quit
)  # fmt: skip
