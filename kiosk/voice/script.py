# ruff: noqa: SIM905 - look-alike dashes and quotes are the matter here; word lists stay in lines
"""What is said: a text cut into sentences, each turned into what an engine reads aloud rightly.

Sentence by sentence, because the sentence being read is highlighted on the screen: an `Utterance`
keeps the text as it is shown, and `speakable` is applied only to what the engine gets. The rules
and words of each language are in `pronunciation`.
"""

import re
import unicodedata
from dataclasses import dataclass

from kiosk.voice.pronunciation import ENGLISH, FRENCH, Rule

# Each pass takes triggers out and puts none in, so two passes are usual; see `speakable`.
_MAX_PASSES = 20

# Joiners shape Persian, Hindi or Arabic words: they are of the same category as the invisible
# characters that are dropped, but they are part of the spelling.
_JOINERS = "\u200c\u200d"
_UNSPEAKABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

_END = re.compile(
    r"""
    (?<![.!?…؟۔])                   # one try per run of marks: ten thousand dots stay fast
    [.!?…؟۔]++ (?:\s*+[»”’"')\]])*+ (?=\s|$)
    | [。！？।]++ [」』”]*+
    | \n
    """,
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s('’«“\[]*\Z")
_ITEM_NUMBER = re.compile(r"\s*(?:\d{1,3}|[IVX]{1,4})\Z")

_ABBREVIATIONS = {
    "fr": frozenset(
        "adr al art av bd boul bât c.-à-d cf chap coord dir dr env ex fig hab hon incl janv févr"
        " avr juil sept oct nov déc lun mar mer jeu ven sam dim m max mgr min mlle mme mmes mlles"
        " mm me n no nos n° n°s p pp par pl pr prof r réf rdv resp s sq st ste suiv sté tél tel vol"
        " ch esc ét app appt apt dép arr hôp c.f i.e p.ex".split()
    ),
    "en": frozenset(
        "mr mrs ms dr st no nos p pp e.g i.e vs tel art dept approx rd ave ext fig max min"
        " jan feb mar apr jun jul aug sept oct nov dec incl prof rev sq vol".split()
    ),
}
# Before a capital these end a sentence, before a small letter they do not (see `_is_end`).
_ANY_LANGUAGE = frozenset({"art", "dr", "n°", "no", "tel", "p", "vs"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """One sentence to speak, as shown; `id` is "<element id>#<sentence number>"."""

    id: str
    text: str
    language: str


def split_sentences(text: str, language: str) -> list[str]:
    """Cut a text into sentences; put together again they are the text, but for white space.

    A line break ends a sentence: the items of a list are read one by one.
    """
    abbreviations = _ABBREVIATIONS.get(_base(language), _ANY_LANGUAGE)
    sentences: list[str] = []
    start = 0
    for mark in _END.finditer(text):
        if mark.group() == "\n" or _is_end(text, start, mark, abbreviations):
            _add_sentence(sentences, text[start : mark.end()])
            start = mark.end()
    _add_sentence(sentences, text[start:])
    return sentences


def has_speech(text: str) -> bool:
    """Tell whether there is anything in it that an engine could pronounce."""
    return any(character.isalnum() for character in text)


def speakable(text: str, language: str) -> str:
    """Write a text the way the engine of this language has to get it; never raises.

    French and English have rules; in other languages only invisible characters are dropped.
    Doing it twice changes nothing.
    """
    rules = {"fr": FRENCH, "en": ENGLISH}.get(_base(language), ())
    # A rule may make room for an earlier one (dropping a guillemet joins two words), hence the
    # passes; the bound is a belt and braces, a property test watches that it is never reached.
    for _ in range(_MAX_PASSES):
        before, text = text, _apply(rules, _visible(text))
        if text == before:
            break
    return text


def _base(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _add_sentence(sentences: list[str], piece: str) -> None:
    piece = piece.strip()
    if not piece:
        return
    # Marks alone ("…", "!!!") are not worth a silence of their own.
    if sentences and not has_speech(piece):
        sentences[-1] = f"{sentences[-1]} {piece}"
    else:
        sentences.append(piece)


def _is_end(text: str, start: int, mark: re.Match[str], abbreviations: frozenset[str]) -> bool:
    after = text[mark.end() : mark.end() + 40].lstrip()[:1]
    if after.islower():
        return False  # "etc. et", "… puis", "Quoi ? dit-elle"
    if mark.group() != ".":
        return True
    # 40 characters are more than any abbreviation, and keep a text without spaces fast.
    before = text[max(start, mark.start() - 40) : mark.start()]
    word_match = _LAST_WORD.search(before)
    word = word_match.group() if word_match else ""
    if word.lower() in abbreviations or (len(word) == 1 and word.isupper()):
        return False
    is_item_number = mark.start() - start <= 40 and _ITEM_NUMBER.match(before)
    return not is_item_number


def _visible(text: str) -> str:
    kept = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or character in _JOINERS or unicodedata.category(character) not in _UNSPEAKABLE
    )
    return " ".join(unicodedata.normalize("NFC", kept).split())


def _apply(rules: tuple[Rule, ...], text: str) -> str:
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
