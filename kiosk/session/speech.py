"""What the voice says of a view: every element, in reading order, sentence by sentence.

The id of an utterance is the id of its element, a `#`, and the number of the sentence: a screen finds by
it what to highlight.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kiosk.session.views import Box, Button, Element, Field, Keys, Progress, QrBox, Row, Text, Tick
from kiosk.voice.script import Utterance, split_sentences


def spoken_parts(element: Element) -> Iterator[tuple[str, str, str]]:
    """Yield id, text and language of each part of an element that is spoken."""
    match element:
        case Text() | Button():
            yield element.id, element.text if isinstance(element, Text) else element.label, element.language
            if isinstance(element, Button) and element.detail:
                yield f"{element.id}.detail", element.detail, element.language
        case Tick():
            yield element.id, element.label, element.language
            for number, detail in enumerate(element.details):
                yield f"{element.id}.{number}", detail, element.language
        case Box():
            if element.title:
                yield element.id, element.title, element.language
            for line in element.lines:
                yield line.id, line.text, line.language
        case QrBox():
            yield element.id, element.title, element.language
            yield f"{element.id}.text", element.text, element.language
        case Progress():
            yield element.id, element.text, element.language
        case Row():
            for button in element.buttons:
                yield from spoken_parts(button)
        case Field() | Keys():
            # What is typed is the person's own: it is shown, never said aloud.
            return


def utterances_of(elements: Iterable[Element]) -> list[Utterance]:
    """Return what is said of some elements, sentence by sentence."""
    said: list[Utterance] = []
    for element in elements:
        replacement = getattr(element, "spoken", None)
        if replacement is not None and not isinstance(element, Tick):
            if replacement:
                said.append(Utterance(f"{element.id}#0", replacement, getattr(element, "language", "fr")))
            continue
        for key, text, language in spoken_parts(element):
            said += [
                Utterance(f"{key}#{number}", sentence, language)
                for number, sentence in enumerate(split_sentences(text, language))
            ]
        if isinstance(element, Tick):
            said.append(Utterance(f"{element.id}.state#0", element.spoken, element.language))
    return said
