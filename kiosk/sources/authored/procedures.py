"""One authored file to one `Procedure`: structure only; what a whole library must obey is in `checks.py`."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import dataclass, field

from kiosk.domain.dating import PartialDate
from kiosk.domain.guide import TERRITORY_KEY, WAY_KEY
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    ProcedureId,
    Question,
    Step,
    Way,
    Ways,
)
from kiosk.sources.authored.document import Mapping, Text, Tree
from kiosk.sources.authored.reading import FACT_KEYS, Reading
from kiosk.sources.authored.typography import typeset

MAX_DEPTH = 12
SHEET_ID = re.compile(r"^[FNR]\d+$")

PROCEDURE_KEYS = (
    *("id", "theme", "icon", "title", "everyday_names", "popular", "source", "related", "checked_on"),
    *("summary", "audience", "cost", "duration", "ways", "blocks", "common_mistakes"),
)
QUESTION_KEYS = ("question", "id", "help", "choices", "when")
CHOICE_KEYS = ("id", "label", "icon", "blocks")
STEP_PARTS = ("text", "papers", "ways", "online", "form", "tip", "warning", "info", "place", "blocks")
STEP_KEYS = ("step", "id", "icon", "stuck", "when", *STEP_PARTS)
PAPER_KEYS = ("name", "id", "detail", "when", *FACT_KEYS)
BLOCK_KEYS = {
    "question": QUESTION_KEYS,
    "step": STEP_KEYS,
    "text": ("text", "when", *FACT_KEYS),
    "tip": ("tip", "when"),
    "warning": ("warning", "when"),
    "info": ("info", "when"),
    "place": ("place", "when"),
    "online": ("online", "when"),
    "form": ("form", "when"),
}


@dataclass(slots=True)
class _Names:
    """Ids met so far. A shared anchor is read once for each use: the same id in the same place is one thing."""

    choices: dict[str, Mapping] = field(default_factory=dict)
    questions: dict[str, Mapping] = field(default_factory=dict)
    steps: dict[str, Mapping] = field(default_factory=dict)
    papers: dict[str, str] = field(default_factory=dict)


def slug(text: str) -> str:
    """Make an identifier from a title."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


class ProcedureReader:
    """Reads one document; problems go to its `Reading`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.names = _Names()
        self.places: list[tuple[str, int]] = []
        self.icons: list[tuple[str, int]] = []

    def read(self, tree: Tree) -> Procedure | None:
        """Return the procedure, or None when it has no usable shape at all."""
        reading = self.reading
        if not isinstance(tree, Mapping):
            reading.error(tree.line, "A procedure file is `key: value` lines.", "Start with `id: …`.")
            return None
        reading.allow(tree, PROCEDURE_KEYS, "A procedure")
        source = reading.text(tree, "source", raw=True)
        if source and not SHEET_ID.match(source):
            reading.error(tree.lines["source"], f"“{source}” is no official sheet.", "Write an id such as F1341.")
        popular = reading.text(tree, "popular", required=False, raw=True)
        if popular not in {"", "true", "false"}:
            reading.error(tree.lines["popular"], f"“popular” is “{popular}”.", "Write true or false.")
        return Procedure(
            id=ProcedureId(reading.id(tree)),
            theme=reading.text(tree, "theme", raw=True),
            title=reading.text(tree, "title"),
            source=source,
            checked_on=self._checked_on(tree),
            summary=reading.paragraphs(tree, "summary", required=True),
            audience=reading.paragraphs(tree, "audience", required=True),
            cost=reading.paragraphs(tree, "cost", required=True),
            duration=reading.paragraphs(tree, "duration", required=True),
            ways=self._ways(tree, tree),
            blocks=self._blocks(tree, 0, required=True),
            common_mistakes=reading.paragraphs(tree, "common_mistakes", required=True),
            everyday_names=reading.texts(tree, "everyday_names"),
            related=reading.texts(tree, "related", raw=True),
            icon=self._icon(tree),
            popular=popular == "true",
        )

    def _checked_on(self, tree: Mapping) -> PartialDate:
        written = self.reading.text(tree, "checked_on", raw=True)
        try:
            return PartialDate.parse(written)
        except ValueError:
            if written:
                self.reading.error(
                    tree.lines["checked_on"], f"“{written}” is not a date.", "Write 2026-08-31, 2026-08 or 2026."
                )
            return PartialDate(1970)

    def _icon(self, mapping: Mapping) -> str:
        icon = self.reading.text(mapping, "icon", required=False, raw=True)
        if icon:
            self.icons.append((icon, mapping.lines["icon"]))
        return icon

    def _ways(self, mapping: Mapping, owner: Mapping) -> Ways:
        reading = self.reading
        tree = mapping.values.get("ways")
        if tree is None:
            reading.error(
                owner.line, "“ways” is missing.", "Add both ways: with_internet and without_internet.", "ways"
            )
            return Ways((), ())
        ways = reading.mapping(tree, "“ways”")
        reading.allow(ways, list(Way), "“ways”")
        found: dict[str, tuple[Paragraph, ...]] = {}
        for way in Way:
            found[way] = reading.paragraphs(ways, way)
            if not found[way] and way is not Way.WITH_SOMEONE:
                reading.error(
                    mapping.lines["ways"],
                    f"The way “{way}” is missing.",
                    "Every procedure can be done with and without internet: write both.",
                    "ways",
                )
        return Ways(found[Way.WITH_INTERNET], found[Way.WITHOUT_INTERNET], found[Way.WITH_SOMEONE])

    def _blocks(self, mapping: Mapping, depth: int, *, required: bool = False) -> tuple[Block, ...]:
        trees = self.reading.items(mapping.values.get("blocks"), "blocks")
        if required and not trees:
            self.reading.error(mapping.line, "“blocks” is missing.", "Add at least one step.")
        if depth > MAX_DEPTH:
            self.reading.error(mapping.line, f"Blocks are nested deeper than {MAX_DEPTH}.", "Split the procedure.")
            return ()
        return tuple(block for tree in trees for block in self._block(tree, depth + 1))

    def _block(self, tree: Tree, depth: int) -> tuple[Block, ...]:
        reading = self.reading
        if isinstance(tree, Text):
            return (reading.paragraph(tree),)
        mapping = reading.mapping(tree, "A block")
        kind = next((key for key in BLOCK_KEYS if key in mapping.values), None)
        first = next(iter(mapping.lines), "")
        is_misspelt = kind not in {"question", "step"} and first not in {*BLOCK_KEYS, "when", *FACT_KEYS}
        if kind is None or is_misspelt:
            near = difflib.get_close_matches(first, BLOCK_KEYS, n=1)
            remedy = f"Did you mean “{near[0]}”?" if near else f"Known blocks: {', '.join(BLOCK_KEYS)}."
            reading.error(mapping.line, f"Unknown block “{first}”.", remedy, "block")
            return ()
        reading.allow(mapping, BLOCK_KEYS[kind], f"The block “{kind}”")
        if kind == "question":
            return (self._question(mapping, depth),)
        if kind == "step":
            return (self._step(mapping, depth),)
        return self._part(kind, mapping, depth, reading.when(mapping))

    def _question(self, mapping: Mapping, depth: int) -> Question:
        reading = self.reading
        prompt = reading.text(mapping, "question")
        key = reading.id(mapping, slug(prompt))
        if key in {WAY_KEY, TERRITORY_KEY}:
            reading.error(mapping.lines.get("id", mapping.line), f"The id “{key}” is taken.", "Give it another id.")
        self._claim(self.names.questions, key, mapping, "question")
        trees = reading.items(mapping.values.get("choices"), "choices")
        if len(trees) < 2:
            reading.error(mapping.line, "A question needs at least two choices.", "Add `choices:`.")
        choices = tuple(self._choice(reading.mapping(tree, "A choice"), depth) for tree in trees)
        return Question(key, prompt, choices, reading.paragraphs(mapping, "help"), reading.when(mapping))

    def _choice(self, mapping: Mapping, depth: int) -> Choice:
        reading = self.reading
        reading.allow(mapping, CHOICE_KEYS, "A choice")
        label = reading.text(mapping, "label")
        key = reading.id(mapping, slug(label))
        self._claim(self.names.choices, key, mapping, "choice")
        return Choice(key, label, self._icon(mapping), self._blocks(mapping, depth))

    def _claim(self, names: dict[str, Mapping], key: str, mapping: Mapping, what: str) -> None:
        first = names.setdefault(key, mapping)
        if (first.line, first.column) != (mapping.line, mapping.column):
            message = f"The {what} id “{key}” is used on line {first.line} too."
            self.reading.error(mapping.line, message, "Give it another id.")

    def _step(self, mapping: Mapping, depth: int) -> Step:
        reading = self.reading
        title = reading.text(mapping, "step")
        key = reading.id(mapping, slug(title))
        self._claim(self.names.steps, key, mapping, "step")
        blocks: list[Block] = []
        for part in STEP_PARTS:
            if part in mapping.values:
                blocks.extend(self._part(part, mapping, depth, ()))
        return Step(
            key, title, tuple(blocks), self._icon(mapping), reading.paragraphs(mapping, "stuck"), reading.when(mapping)
        )

    def _part(self, kind: str, mapping: Mapping, depth: int, when: tuple[str, ...]) -> tuple[Block, ...]:
        reading = self.reading
        match kind:
            case "text" if "source" in mapping.values:
                return (reading.paragraph(mapping),)
            case "text":
                lines = reading.paragraphs(mapping, "text")
                return tuple(Paragraph(line.text, line.evidence, line.when or when) for line in lines)
            case "papers":
                return (self._papers(mapping),)
            case "ways":
                return (self._ways(mapping, mapping),)
            case "tip" | "warning" | "info":
                return (Callout(CalloutKind(kind), reading.paragraphs(mapping, kind, required=True), when),)
            case "place":
                services = reading.texts(mapping, "place", raw=True)
                self.places.extend((service, mapping.lines["place"]) for service in services)
                return tuple(PlaceRef(service, when) for service in services)
            case "online" | "form":
                return tuple(
                    self._link(kind, reading.mapping(tree, f"“{kind}”"), when)
                    for tree in reading.items(mapping.values[kind], kind)
                )
            case _:
                return self._blocks(mapping, depth)

    def _link(self, kind: str, mapping: Mapping, when: tuple[str, ...]) -> Block:
        reading = self.reading
        when = reading.when(mapping) or when
        title = reading.text(mapping, "title")
        if kind == "form":
            reading.allow(mapping, ("title", "number", "url", "when"), "A form")
            number = reading.text(mapping, "number", required=False, raw=True)
            return Form(title, number, self._url(mapping, required=False), when)
        reading.allow(mapping, ("title", "url", "when"), "An online service")
        return OnlineService(title, self._url(mapping, required=True), when)

    def _url(self, mapping: Mapping, *, required: bool) -> str:
        url = self.reading.text(mapping, "url", required=required, raw=True)
        if url and not re.match(r"^https://[^\s/]+\.[^\s]+$", url):
            self.reading.error(mapping.lines["url"], f"“{url}” is no safe web address.", "Write https://…")
        return url

    def _papers(self, mapping: Mapping) -> ItemList:
        reading = self.reading
        items = []
        for tree in reading.items(mapping.values["papers"], "papers"):
            if isinstance(tree, Text):
                name = typeset(tree.value)
                items.append(Item(self._paper_id(slug(name), name, tree.line), name))
                reading.lines.append((Paragraph(name), tree.line))
                continue
            paper = reading.mapping(tree, "A paper")
            reading.allow(paper, PAPER_KEYS, "A paper")
            name = reading.text(paper, "name")
            key = self._paper_id(reading.id(paper, slug(name)), name, paper.line)
            evidence = reading.evidence(paper)
            reading.lines.append((Paragraph(name, evidence), paper.line))
            # The evidence of a paper covers its details: they say the same fact.
            details = reading.paragraphs(paper, "detail", inherited=evidence)
            items.append(Item(key, name, details, evidence, reading.when(paper)))
        return ItemList(ListRole.PAPERS, tuple(items))

    def _paper_id(self, key: str, name: str, line: int) -> str:
        """A paper asked for in two steps is one paper, ticked once; two papers cannot share an id."""
        first = self.names.papers.setdefault(key, name)
        if first != name:
            self.reading.error(line, f"“{first}” has the id “{key}” too.", "Give this paper another id.")
        return key
