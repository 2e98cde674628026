"""The content of a sheet, wherever it stands: one function reads it, and calls itself for what is inside."""

from __future__ import annotations

from collections.abc import Collection
from xml.etree.ElementTree import Element

from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Choice,
    Item,
    ItemList,
    ListRole,
    Mark,
    Paragraph,
    Question,
    RoleSource,
    Section,
    Step,
    StepRole,
    Table,
)
from kiosk.sources.service_public import guided, records
from kiosk.sources.service_public.conditions import condition, setters
from kiosk.sources.service_public.inline import INLINE, Line
from kiosk.sources.service_public.navigation import LINKING, sheet_link
from kiosk.sources.service_public.questions import choice_ids, question_key
from kiosk.sources.service_public.reading import BOXED, Reader, Reading, Where, first
from kiosk.sources.service_public.tables import DraftCell, DraftRow, lay_out, span
from kiosk.sources.service_public.titles import kind_of, leads_to_papers, role_of, speaks_of_papers, way_of
from kiosk.sources.service_public.wording import collapse, plain

CALLOUTS = {
    "ANoter": CalloutKind.NOTE,
    "ASavoir": CalloutKind.INFO,
    "Attention": CalloutKind.WARNING,
    "Avertissement": CalloutKind.WARNING,
    "InformationComplementaire": CalloutKind.INFO,
    "Rappel": CalloutKind.REMINDER,
    "Exemple": CalloutKind.EXAMPLE,
}
SHORT = 40
"""How much of its name is in the id of an item."""

CASES = frozenset({"Cas", "Situation"})


def content(parent: Element, reading: Reading, where: Where, without: Collection[Element] = ()) -> tuple[Block, ...]:
    """Read all that an element holds, in order, but for the children that its caller has read."""
    out: list[Block] = []
    cases: list[Element] = []
    loose: Line | None = None
    text = parent.text
    if text and not text.isspace():
        loose = Line(reading, where)
        loose.text(text)
    for element in parent:
        tag = element.tag
        if loose is not None and tag not in INLINE:
            out += loose.end()
            loose = None
        if cases and tag not in CASES:
            _ask(cases, reading, where, out)
            cases = []
        if tag == "Paragraphe":
            if len(element):
                out += Line(reading, where).paragraph(element)
            elif (words := element.text) and (words := collapse(words)):
                out.append(Paragraph(words))
        elif without and element in without:
            pass
        elif tag in INLINE:
            loose = loose or Line(reading, where)
            loose.element(element)
        elif tag in CASES:
            cases.append(element)
        else:
            reading.read_block(element, where, out)
        tail = element.tail
        if tail and (loose is not None or not tail.isspace()):
            if cases:
                _ask(cases, reading, where, out)
                cases = []
            loose = loose or Line(reading, where)
            loose.text(tail)
    if cases:
        _ask(cases, reading, where, out)
    if loose is not None:
        out += loose.end()
    return tuple(grouped(out, reading) if reading.headings else out)


def _is_plain(element: Element) -> bool:
    """Tell whether an element is a paragraph of words alone, with nothing after it."""
    tail = element.tail
    return element.tag == "Paragraphe" and len(element) == 0 and (not tail or tail.isspace())


def grouped(blocks: list[Block], reading: Reading) -> list[Block]:
    """Put what follows a floating title under it, up to the next title, step or question."""
    if not reading.headings:
        return blocks
    found: list[Block] = []
    heading: Section | None = None
    under: list[Block] = []
    for block in [*blocks, None]:
        is_heading = id(block) in reading.headings
        if heading is not None and (block is None or is_heading or isinstance(block, Step | Question)):
            found.append(Section(heading.title, tuple(under)))
            heading, under = None, []
        if is_heading and isinstance(block, Section):
            heading = block
        elif heading is not None and block is not None:
            under.append(block)
        elif block is not None:
            found.append(block)
    return found


def _paragraph(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    out.extend(Line(reading, where).paragraph(element))


def _transparent(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    out.extend(content(element, reading, where))


def _heading(element: Element, reading: Reading, _where: Where, out: list[Block]) -> None:
    title = reading.words(element)
    if title:
        heading = Section(title)
        reading.headings[id(heading)] = heading
        out.append(heading)


def _list(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    role, source = ListRole.PLAIN, RoleSource.AUTHOR
    if element.get("type") == "numero":
        role = ListRole.NUMBERED
    elif where.papers is not None:
        role, source = ListRole.PAPERS, where.papers
    elif out and isinstance(out[-1], Paragraph) and leads_to_papers(out[-1].text):
        source = RoleSource.LEAD_IN
    items = [child for child in element if child.tag == "Item"]
    if items:
        out.append(ItemList(role, tuple(_item(item, reading) for item in items), role_source=source))
    _rest(element, items, reading, where, out)


def _rest(element: Element, read: list[Element], reading: Reading, where: Where, out: list[Block]) -> None:
    """Read what a list or a table should not hold beside its items or rows."""
    has_text = (element.text and not element.text.isspace()) or any(
        child.tail and not child.tail.isspace() for child in element
    )
    if has_text or len(read) < len(element):
        out += content(element, reading, where, read)


def _item(element: Element, reading: Reading) -> Item:
    if len(element) == 1 and _is_plain(element[0]) and not (element.text and element.text.strip()):
        name = collapse(element[0].text or "")
        return Item(reading.new_id(name[:SHORT], "point"), name)
    own = element.find("Condition")
    blocks = content(element, reading, BOXED, () if own is None else (own,))
    name = ""
    marks: tuple[Mark, ...] = ()
    if blocks and isinstance(blocks[0], Paragraph):
        name, marks, blocks = blocks[0].text, blocks[0].marks, blocks[1:]
    return Item(reading.new_id(name[:SHORT], "point"), name, blocks, marks=marks, condition=condition(own, reading))


def _callout(element: Element, reading: Reading, _where: Where, out: list[Block]) -> None:
    fields = first(element, "Titre", "TitreRiche")
    titles = list(fields.values())[:1]
    title = reading.words(titles[0]) if titles else ""
    kind = CALLOUTS[element.tag]
    if kind in {CalloutKind.NOTE, CalloutKind.INFO} and plain(title).startswith("exemple"):
        kind = CalloutKind.EXAMPLE
    out.append(Callout(kind, content(element, reading, BOXED, titles), title=title))


def _section(element: Element, reading: Reading, _where: Where, out: list[Block]) -> None:
    fields = first(element, "Titre")
    title = reading.words(fields.get("Titre"))
    blocks = content(element, reading, BOXED, list(fields.values()))
    out.append(Section(title, blocks))


def _chapter(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    fields = first(element, "Titre", "TitreAlternatif", "Condition")
    title = reading.words(fields.get("Titre"))
    other = reading.words(fields.get("TitreAlternatif"))
    own = condition(fields.get("Condition"), reading)
    if not where.asks:
        lead: tuple[Block, ...] = (Paragraph(other),) if other else ()
        blocks = content(element, reading, where, list(fields.values()))
        out.append(Section(title, lead + blocks, condition=own))
        return
    role = role_of(title)
    papers = where.papers
    if element.get("type") == "pieces":
        role, papers = StepRole.PAPERS, RoleSource.MARKUP
    elif role is StepRole.PAPERS:
        papers = papers or RoleSource.TITLE
    elif role is not StepRole.PLAIN:
        papers = None
    given = element.get("ID", "").strip()
    key = given if reading.names.claim(given) else reading.new_id(title, "partie")
    blocks = content(element, reading, where.with_papers(papers), list(fields.values()))
    out.append(Step(key, title, blocks, role=role, condition=own, other_title=other))


def _self_help(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    """Read a part of what newer files say of doing it oneself: steps, papers, delay, appeal."""
    title = first(element, "Titre").get("Titre")
    role = SELF_HELP[element.tag]
    inner = where.with_papers(RoleSource.MARKUP if role is StepRole.PAPERS else None)
    blocks = content(element, reading, inner, [] if title is None else [title])
    words = reading.words(title)
    if where.asks:
        out.append(Step(reading.new_id(words or element.tag), words, blocks, role=role))
    else:
        out.append(Section(words, blocks))


SELF_HELP = {
    "Etapes": StepRole.PLAIN,
    "Documents": StepRole.PAPERS,
    "Cout": StepRole.COST,
    "Delai": StepRole.DELAY,
    "Recours": StepRole.PLAIN,
}


def _fragment(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    fields = first(element, "Condition")
    own = condition(fields.get("Condition"), reading)
    blocks = content(element, reading, where, list(fields.values()))
    out.append(_part("", blocks, own, reading))


def _part(title: str, blocks: tuple[Block, ...], own: str, reading: Reading) -> Section | Step:
    """Make a titled part: a section on a page, or a step when there are steps or questions in it."""
    if any(isinstance(block, Step | Question) for block in blocks):
        return Step(reading.new_id(title, "partie"), title, blocks, role=role_of(title), condition=own)
    return Section(title, blocks, condition=own)


def _cases(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    out.extend(content(element, reading, where))


def _ask(cases: list[Element], reading: Reading, where: Where, out: list[Block]) -> None:
    """Read alternatives: a question, or titled parts where nobody can be asked or there is one only."""
    fields = [first(case, "Titre", "Condition", "SiSelectionne") for case in cases]
    labels = [reading.words(found.get("Titre")) for found in fields]
    conditions = [condition(found.get("Condition"), reading) for found in fields]
    if not where.asks or len(cases) == 1:
        for case, found, label, own in zip(cases, fields, labels, conditions, strict=True):
            inner = where.with_papers(_papers(label, where)) if where.asks else where
            blocks = content(case, reading, inner, list(found.values()))
            out.append(_part(label, blocks, own, reading))
        return
    key = question_key(labels, where.keys)
    below = where.under(key)
    ways = [way_of(label, case.get("type", "")) for case, label in zip(cases, labels, strict=True)]
    choices = []
    for case, found, label, own, way, name in zip(
        cases, fields, labels, conditions, ways, choice_ids(labels), strict=True
    ):
        blocks = content(case, reading, below.with_papers(_papers(label, where)), list(found.values()))
        sets, clears = setters(found.get("SiSelectionne"))
        choices.append(Choice(name, label, blocks=blocks, way=way, condition=own, sets=sets, clears=clears))
    out.append(Question(key, "", tuple(choices), kind=kind_of(labels, ways)))


def _papers(label: str, where: Where) -> RoleSource | None:
    return where.papers or (RoleSource.TITLE if speaks_of_papers(label) else None)


def _table(element: Element, reading: Reading, _where: Where, out: list[Block]) -> None:
    fields = first(element, "Titre", "TitreRiche", "Resume")
    title = fields.get("TitreRiche") if "Titre" not in fields else fields["Titre"]
    summary = fields.get("Resume")
    rows = [child for child in element if child.tag in ROWS]
    columns = [child for child in element if child.tag == "Colonne" and not reading.words(child)]
    headers = frozenset(number for number, column in enumerate(columns) if column.get("type") == "header")
    laid_out = lay_out([_row(row, reading) for row in rows], len(columns), headers)
    out.append(Table(laid_out, reading.words(title), reading.words(summary)))
    read = [*rows, *columns, *(field for field in (title, summary) if field is not None)]
    _rest(element, read, reading, BOXED, out)


ROWS = frozenset({"Rangée", "Rangee"})


def _row(element: Element, reading: Reading) -> DraftRow:
    cells = [DraftCell((Paragraph(collapse(element.text)),))] if element.text and not element.text.isspace() else []
    for child in element:
        if child.tag == "Cellule":
            columns, rows = span(child.get("fusionHorizontale")), span(child.get("fusionVerticale"))
            cells.append(DraftCell(content(child, reading, BOXED), columns, rows))
        else:
            beside: list[Block] = []
            reading.read_block(child, BOXED, beside)
            cells.append(DraftCell(tuple(beside)))
        if child.tail and not child.tail.isspace():
            cells.append(DraftCell((Paragraph(collapse(child.tail)),)))
    return DraftRow(cells, element.get("type") == "header")


def _condition(element: Element, reading: Reading, _where: Where, _out: list[Block]) -> None:
    """Keep the names of a condition whose host cannot have one: nothing is hidden by it."""
    for inner in element.iter():
        reading.keep_attributes(inner)


def _link(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    reading.targets.add(element.get("ID", "").strip())
    out.append(sheet_link(element, reading, lambda child: content(child, reading, where.boxed())))


def _question(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    out.append(guided.question(element, reading, where, content))


def _search(element: Element, reading: Reading, where: Where, out: list[Block]) -> None:
    guided.search(element, reading, where, out, content)


def _record(read: records.ReadRecord) -> Reader:
    def reader(element: Element, reading: Reading, _where: Where, out: list[Block]) -> None:
        read(element, reading, lambda parent, without: content(parent, reading, BOXED, without), out)

    return reader


READERS: dict[str, Reader] = {
    "Paragraphe": _paragraph,
    "Liste": _list,
    "Tableau": _table,
    **dict.fromkeys(CALLOUTS, _callout),
    "Chapitre": _chapter,
    "SousChapitre": _chapter,
    **dict.fromkeys(SELF_HELP, _self_help),
    "CommentFaireSelf": _transparent,
    "Conclusion": _section,
    "TitreFlottant": _heading,
    "Titre": _heading,
    "FragmentConditionne": _fragment,
    "BlocCas": _cases,
    "ListeSituations": _cases,
    "Condition": _condition,
    **dict.fromkeys(
        ("Texte", "Introduction", "Contenu", "Description", "Aide", "Commentaire", "Questionnaire"), _transparent
    ),
    "ContenuIllustre": _transparent,
    "Question": _question,
    "Problematiques": _search,
    **{name: _record(read) for name, read in records.RECORDS.items()},
    **dict.fromkeys(LINKING, _link),
}
