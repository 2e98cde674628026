"""A block of text: broken into lines by us, so that each line knows its sentence and Arabic comes out right.

Kivy's wheel shapes Arabic but puts no bidirectional order: each line is broken in logical order, then turned
to visual order by python-bidi over letters joined by arabic-reshaper.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import arabic_reshaper
from bidi.algorithm import get_display
from kivy.core.text import Label as CoreLabel
from kivy.core.text.markup import MarkupLabel
from kivy.graphics.texture import Texture
from kivy.utils import escape_markup

from kiosk.ui.theme import fonts
from kiosk.voice.script import split_sentences

_LATIN_RUN = re.compile(r"[0-9A-Za-zÀ-ɏ€%+*/°’'«»\u00a0.,:;!?()•-]*[A-Za-zÀ-ɏ€°«»•][0-9A-Za-zÀ-ɏ€%+*/°’'«»\u00a0.-]*")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")
HYPHENS = "-/."
"""Where a word too long for its line may be broken: « Résistance-et-de-la-Déportation », web addresses."""

_CACHE_SIZE = 4000
_widths: OrderedDict[tuple[str, str, int], float] = OrderedDict()


def clear_cache() -> None:
    """Forget the words measured: they were read by somebody whose visit is over."""
    _widths.clear()


def is_right_to_left(text: str) -> bool:
    """Tell whether a text holds letters that are written from the right."""
    return _RIGHT_TO_LEFT.search(text) is not None


def _visual(line: str) -> str:
    return str(get_display(arabic_reshaper.reshape(line), base_dir="R"))


def _marked(line: str, bold: str) -> str:
    """Give the Latin runs of a right-to-left line to the Latin font, which the Arabic one lacks."""
    escaped = escape_markup(line)
    return _LATIN_RUN.sub(lambda run: f"[font={fonts.TEXT}{bold}]{run.group()}[/font]", escaped)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is written: font size in pixels, weight."""

    font_size: int
    is_bold: bool = False

    @classmethod
    def with_cap(cls, cap: float, *, is_bold: bool = False) -> Style:
        """Return the style whose capital H has this height in pixels."""
        font = fonts.TEXT + (fonts.BOLD if is_bold else "")
        # Rounded up, so that a cap height is never a fraction of a pixel too small.
        return cls(-int(-cap // fonts.cap_ratio(font)), is_bold)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """One line: its sentence, and its box from the top left corner of the block, in pixels."""

    sentence: int
    x: float
    y: float
    width: float
    height: float


class TextBlock:
    """A text laid out for a width; its texture is white, to be coloured when painted."""

    def __init__(
        self,
        text: str,
        style: Style,
        width: float,
        *,
        language: str = "fr",
        align: str = "",
        one_sentence_a_line: bool = True,
    ) -> None:
        self.text = text
        self.is_right_to_left = language == "ar" or is_right_to_left(text)
        family = fonts.ARABIC if self.is_right_to_left else fonts.TEXT
        self._bold = fonts.BOLD if style.is_bold else ""
        self._font = family + self._bold
        self.style = style
        self.align = align or ("right" if self.is_right_to_left else "left")
        self.cuts_word = False
        sentences = split_sentences(text, language) or [text]
        self.sentences = tuple(sentences)
        lines = self._break(sentences, width, one_sentence_a_line)
        self._texture = self._draw([line for _, line in lines])
        self.width, self.height = self._texture.size
        self.line_count = len(lines)
        self.longest_line = max((len(line) for _, line in lines), default=0)
        line_height = self.height / max(len(lines), 1)
        # Letters sit low in the line of a font with long descenders: centred labels move up by this.
        self.optical_shift = 0.06 * style.font_size if family == fonts.TEXT else 0.0
        self.lines = tuple(
            self._place(sentence, line, number * line_height, line_height)
            for number, (sentence, line) in enumerate(lines)
        )

    @property
    def texture(self) -> Texture:
        """Return the picture of the text, white on nothing."""
        return self._texture

    def _width_of(self, text: str) -> float:
        key = (text, self._font, self.style.font_size)
        if key in _widths:
            _widths.move_to_end(key)
            return _widths[key]
        if self.is_right_to_left:
            label = MarkupLabel(
                text=_marked(_visual(text), self._bold), font_name=self._font, font_size=self.style.font_size
            )
            label.refresh()
            width = float(label.content_width)
        else:
            width = float(CoreLabel(font_name=self._font, font_size=self.style.font_size).get_extents(text)[0])
        _widths[key] = width
        if len(_widths) > _CACHE_SIZE:
            _widths.popitem(last=False)
        return width

    def _break(self, sentences: Sequence[str], width: float, one_a_line: bool) -> list[tuple[int, str]]:
        """Break sentences into lines no wider than the block; a longer word is cut."""
        lines: list[tuple[int, str]] = []
        current = ""
        for number, sentence in enumerate(sentences):
            if one_a_line and current:
                lines.append((number - 1, current))
                current = ""
            for word in sentence.split(" "):
                candidate = f"{current} {word}" if current else word
                if not current or self._width_of(candidate) <= width:
                    current = candidate
                else:
                    lines.append((number, current))
                    current = word
                while self._width_of(current) > width and len(current) > 1:
                    fitting = self._longest_start(current, width)
                    lines.append((number, current[:fitting]))
                    current = current[fitting:]
        lines.append((len(sentences) - 1, current))
        return lines

    def _longest_start(self, word: str, width: float) -> int:
        fitting = [length for length in range(1, len(word)) if self._width_of(word[:length]) <= width]
        after_hyphen = [length for length in fitting if word[length - 1] in HYPHENS]
        if after_hyphen:
            return after_hyphen[-1]
        self.cuts_word = True
        return fitting[-1] if fitting else 1

    def _draw(self, lines: list[str]) -> Texture:
        options = {"font_name": self._font, "font_size": self.style.font_size, "halign": self.align}
        if self.is_right_to_left:
            text = "\n".join(_marked(_visual(line), self._bold) for line in lines)
            label = MarkupLabel(text=text, **options)
        else:
            label = CoreLabel(text="\n".join(lines), **options)
        label.refresh()
        return label.texture

    def _place(self, sentence: int, line: str, y: float, height: float) -> PlacedLine:
        width = min(self._width_of(line), self.width)
        x = {"left": 0.0, "right": self.width - width, "center": (self.width - width) / 2}[self.align]
        return PlacedLine(sentence, x, y, width, height)
