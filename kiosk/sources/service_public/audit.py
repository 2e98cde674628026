"""The losslessness audit: everything an official sheet says is in its procedure, and some answers lead to it.

For each sheet, from its XML and the `Procedure` read from it:

* words, both ways: none lost, none invented (`\\w+`, sentence by sentence);
* attributes: every value is still there, and every link stands on its words;
* order: the words of each part follow each other as in the sheet, character by character;
* reach: every text stands on a page that some answers lead to (`audit_reach.py`);
* speech: no word vanishes when the text is said (the voice is handed in: it stands beside the sources).

The reading of the XML (`audit_xml.py`) shares nothing with the importer.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from kiosk.domain.guide import Guide
from kiosk.domain.procedure import Procedure
from kiosk.sources.service_public.audit_model import LEFT_OUT, NOT_SHOWN, ModelText, read_model, tokens
from kiosk.sources.service_public.audit_order import order_breaks
from kiosk.sources.service_public.audit_reach import unreachable
from kiosk.sources.service_public.audit_xml import Attribute, Run, SheetText, collapsed, parse, read_xml

Speak = Callable[[str], str]
"""Returns what the voice says for a text."""

MAX_WORST = 20
MAX_EXAMPLES = 8

NO_BREAK = "\xa0"

_SAID = re.compile(r"[^\W\d_]+")
_ENDING = re.compile(r"(?<=[\w)])\(-?[^\W\d_]{1,5}\)")
"""The other ending of a word, which nobody says: "né(e)", "époux(-se)", "enfant(s)"."""

_SHORT = 3
"""Letters of a word that may be an abbreviation ("art", "bd"): said otherwise when something stands in its place."""


@dataclass(frozen=True, slots=True)
class SheetAudit:
    """What the audit of one sheet found. `examples` say where: one line each, a few of each kind."""

    id: str
    words: int = 0
    lost_words: int = 0
    invented_words: int = 0
    lost_attributes: int = 0
    lost_links: int = 0
    order_breaks: int = 0
    unreachable_words: int = 0
    unspoken_words: int = 0
    unknown_elements: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()

    @property
    def faults(self) -> int:
        """Return how much is wrong, all kinds together."""
        lost = self.lost_words + self.invented_words + self.lost_attributes + self.lost_links + self.order_breaks
        return lost + self.unreachable_words + self.unspoken_words + len(self.problems)


@dataclass(slots=True)
class AuditResult:
    """What the audit of a library found, in all and for its worst sheets."""

    sheets: int = 0
    words: int = 0
    lost_words: int = 0
    invented_words: int = 0
    lost_attributes: int = 0
    lost_links: int = 0
    order_breaks: int = 0
    unreachable_words: int = 0
    unspoken_words: int = 0
    unknown_elements: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    worst: list[SheetAudit] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_lossless(self) -> bool:
        """Tell whether nothing at all was found. Elements never seen are kept, so they are no fault."""
        return not self.worst and not self.problems

    def add(self, sheet: SheetAudit) -> None:
        """Count one sheet in."""
        self.sheets += 1
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(sheet, name))
        self.unknown_elements.update(sheet.unknown_elements)
        self.problems += [f"{sheet.id}: {problem}" for problem in sheet.problems]
        if sheet.faults:
            self.worst.append(sheet)
            self.worst.sort(key=lambda one: (-one.faults, one.id))
            del self.worst[MAX_WORST:]

    def as_json(self) -> dict[str, Any]:
        """Return the result as `content audit --json` prints it."""
        return {
            "sheets": self.sheets,
            **{name: getattr(self, name) for name in _COUNTS},
            "unknown_elements": dict(sorted(self.unknown_elements.items())),
            "worst": [
                {"id": sheet.id, **{name: getattr(sheet, name) for name in _COUNTS}, "examples": list(sheet.examples)}
                for sheet in self.worst
            ],
            "problems": self.problems,
            "seconds": round(self.seconds, 1),
        }


_COUNTS = (
    *("words", "lost_words", "invented_words", "lost_attributes", "lost_links"),
    *("unreachable_words", "order_breaks", "unspoken_words"),
)


def audit_sheet(
    data: bytes,
    procedure: Procedure,
    spoken: Speak | None = None,
    make_guide: Callable[[Procedure], Guide] | None = Guide,
) -> SheetAudit:
    """Compare the XML of a sheet with the procedure read from it.

    Args:
        data: the XML.
        procedure: what was read from it.
        spoken: returns what the voice says for a text; without it, speech is not looked at.
        make_guide: makes the guide to walk with; None leaves reach out.

    Raises:
        AuditError: the XML cannot be read.
    """
    sheet, model = read_xml(parse(data)), read_model(procedure)
    runs = [run for part in sheet.parts for run in part.runs]
    lost, invented = _compare_words(runs, model)
    attributes = _lost_attributes(sheet, model)
    breaks = order_breaks(sheet.parts, model)
    misled = _misled(sheet, model)
    unmet = unreachable(procedure, make_guide) if make_guide is not None else ()
    unsaid = _unsaid(model, spoken) if spoken else []
    examples = [
        *_where(runs, lost, "lost"),
        *_where([Run(name, text) for name, texts in model.words.items() for text in texts], invented, "invented"),
        *(f"lost attribute {one.name}={one.value}" for one in attributes[:MAX_EXAMPLES]),
        *misled[:MAX_EXAMPLES],
        *(f"order: {line}" for line in breaks[:MAX_EXAMPLES]),
        *(f"unreachable: {text[:200]}" for text in unmet[:MAX_EXAMPLES]),
        *(f"not said: {line}" for line in unsaid[:MAX_EXAMPLES]),
    ]
    return SheetAudit(
        id=procedure.id,
        words=sum(len(tokens(run.text)) for run in runs),
        lost_words=lost.total(),
        invented_words=invented.total(),
        lost_attributes=len(attributes),
        lost_links=len(misled),
        order_breaks=len(breaks),
        unreachable_words=sum(len(tokens(text)) for text in unmet),
        unspoken_words=len(unsaid),
        unknown_elements=tuple(model.unknown),
        problems=tuple(_spaces(runs, model)),
        examples=tuple(examples),
    )


def _compare_words(runs: Iterable[Run], model: ModelText) -> tuple[Counter[str], Counter[str]]:
    """Return the words that the model lacks, and those that it has beyond the sheet's."""
    said = Counter(word for run in runs if not run.is_code for word in tokens(run.text))
    held = Counter(word for texts in model.words.values() for text in texts for word in tokens(text))
    lost, more = said - held, held - said
    codes = Counter(model.codes)
    for run in runs:
        if run.is_code:
            code, words = " ".join(run.text.split()), Counter(tokens(run.text))
            is_held = codes[code] > 0
            codes[code] -= is_held
            # A number may stand both as a code and as words: the same one twice is nothing invented.
            if words <= more:
                more -= words
            elif not is_held:
                lost += words
    return lost, more


def _where(runs: Iterable[Run], words: Counter[str], what: str) -> list[str]:
    """Return lines that tell in which sentences some words stand."""
    left = Counter(words)
    lines: list[str] = []
    for run in runs if words else ():
        found = Counter(tokens(run.text)) & left
        if found and len(lines) < MAX_EXAMPLES:
            left -= found
            lines.append(f"{what} in {run.element}: {' '.join(found)[:120]} (“{' '.join(run.text.split())[:120]}”)")
    return lines


def _lost_attributes(sheet: SheetText, model: ModelText) -> list[Attribute]:
    """Return the attributes that the model does not hold.

    Each must be a code of the model as often as it stands in the sheet; one that leads nowhere may be kept by its name.
    """
    kept = {collapsed(entry) for entry in model.attributes}
    codes = Counter(map(collapsed, model.codes))
    lost = []
    for one in sheet.attributes:
        if one.leads or f"{one.name}={one.value}" not in kept:
            if codes[one.value] <= 0:
                lost.append(one)
            codes[one.value] -= 1
    return lost


def _misled(sheet: SheetText, model: ModelText) -> list[str]:
    """Return the links of sentences that no longer stand on their words, or that stand on others."""
    said = Counter(sheet.pointers)
    held = Counter((collapsed(target), collapsed(words)) for target, words in model.pointers)
    return [
        f"{what} link to {target} on “{words[:80]}”"
        for what, pairs in (("lost", said - held), ("invented", held - said))
        for target, words in pairs.elements()
    ]


def _spaces(runs: Iterable[Run], model: ModelText) -> list[str]:
    """Tell whether spaces that do not break (prices, « : ») were lost or added."""
    said = sum(run.text.count(NO_BREAK) for run in runs)
    held = sum(text.count(NO_BREAK) for texts in model.words.values() for text in texts)
    return [] if said == held else [f"{said} no-break spaces in the sheet, {held} in the procedure"]


def _unsaid(model: ModelText, spoken: Speak) -> list[str]:
    """Return the words that vanish when the texts that are shown are said."""
    shown = dict.fromkeys(text for name, texts in model.words.items() if name not in NOT_SHOWN for text in texts)
    return [f"{word} (“{text[:80]}”)" for text in shown for word in words_unsaid(text, spoken(text))]


def words_unsaid(text: str, said: str) -> list[str]:
    """Return the words of a text that vanish from what is said.

    Numbers, acronyms and abbreviations are said otherwise: other words stand in their place. Nobody says "(e)".
    """
    written, heard = _letters(text), _letters(said)
    if not Counter(written) - Counter(heard):
        return []
    lost: list[str] = []
    matcher = difflib.SequenceMatcher(None, written, heard, autojunk=False)
    for tag, start, end, _, _ in matcher.get_opcodes():
        if tag in ("delete", "replace"):
            is_replaced = tag == "replace"
            lost += [word for word in written[start:end] if not _may_differ(word, is_replaced, heard)]
    return lost


def _may_differ(word: str, is_replaced: bool, heard: list[str]) -> bool:
    """Tell whether a word may be said otherwise: an acronym by its letters, 0,50 euro as centimes, an address."""
    if word in ("http", "https") or (word.startswith("euro") and "centimes" in heard):
        return True
    if word.isupper():
        return is_replaced or word in "".join(heard).upper()
    return is_replaced and (len(word) <= _SHORT or not word.islower())


def _letters(text: str) -> list[str]:
    return _SAID.findall(_ENDING.sub("", unicodedata.normalize("NFC", text).translate(LEFT_OUT)))
