"""« Ma fiche »: everything that this person needs, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kiosk.domain.guide import (
    Answers,
    Guide,
    Page,
    QuestionPage,
    StepPage,
    blocks_for,
    chosen_choice,
    items_for,
    way_of,
)
from kiosk.domain.procedure import (
    Block,
    Contact,
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    StepRole,
    Way,
    walk,
    word_count,
)

OFFICIAL_PAGE = "https://www.service-public.gouv.fr/{folder}vosdroits/{source}"
"""Address of an official sheet on the State's site; the older service-public.fr addresses lead there."""

_FOLDERS = {
    "particuliers": "particuliers/",
    "professionnels": "professionnels-entreprises/",
    "associations": "associations/",
}

LONGEST_FIGURE = 60
"""Most words of an official step on the price or the delay that the sheet repeats."""


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A paper to bring, ticked when the person said that they have it."""

    item: Item
    is_ticked: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What an official sheet says of the price or the delay, under its own title."""

    role: StepRole
    title: str
    lines: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class PersonalSheet:
    """What a person takes home at the end of a visit."""

    title: str
    papers: tuple[SheetPaper, ...]
    services: tuple[str, ...]
    cost: tuple[Paragraph, ...]
    duration: tuple[Paragraph, ...]
    way: Way
    with_internet: tuple[Paragraph, ...]
    without_internet: tuple[Paragraph, ...]
    with_someone: tuple[Paragraph, ...]
    online: tuple[OnlineService, ...]
    forms: tuple[Form, ...]
    contacts: tuple[Contact, ...]
    told: tuple[Told, ...]
    recaps: tuple[str, ...]
    page_url: str

    @property
    def missing(self) -> tuple[SheetPaper, ...]:
        """Return the papers that are not ticked."""
        return tuple(paper for paper in self.papers if not paper.is_ticked)


def official_page(procedure: Procedure) -> str:
    """Return the address of the official page of a procedure, or of the one it comes from."""
    return OFFICIAL_PAGE.format(folder=_FOLDERS.get(procedure.public, ""), source=procedure.source)


def sheet_of(guide: Guide, answers: Answers, ticked: Collection[str]) -> PersonalSheet:
    """Gather the sheet of one person from their answers and the papers they ticked."""
    procedure = guide.procedure
    chosen = guide.chosen(answers)
    steps = [page for page in guide.pages(answers) if isinstance(page, StepPage)]
    blocks = [block for page in steps for block in walk(page.blocks)]
    online: dict[str, OnlineService] = {}
    forms: dict[str, Form] = {}
    contacts: dict[str, Contact] = {}
    for block in blocks:
        match block:
            case OnlineService():
                online[block.url or block.title] = block
            case Form():
                forms[block.title] = block
            case Contact():
                contacts[f"{block.pivot} {block.title}"] = block
            case _:
                pass
    papers = [item for block in blocks for item in _papers(block, chosen)]
    return PersonalSheet(
        title=procedure.title,
        papers=tuple(SheetPaper(item, item.id in ticked) for item in {item.id: item for item in papers}.values()),
        services=tuple(dict.fromkeys(block.service for block in blocks if isinstance(block, PlaceRef))),
        cost=blocks_for(procedure.cost, chosen),
        duration=blocks_for(procedure.duration, chosen),
        way=way_of(answers),
        with_internet=blocks_for(procedure.ways.with_internet, chosen),
        without_internet=blocks_for(procedure.ways.without_internet, chosen),
        with_someone=blocks_for(procedure.ways.with_someone, chosen),
        online=tuple(online.values()),
        forms=tuple(forms.values()),
        contacts=tuple(contacts.values()),
        told=tuple(_told(steps)),
        recaps=tuple(_recaps(guide.pages(answers), answers)),
        page_url=official_page(procedure),
    )


def _papers(block: Block, chosen: Collection[str]) -> tuple[Item, ...]:
    is_papers = isinstance(block, ItemList) and block.role is ListRole.PAPERS
    return items_for(block, chosen) if is_papers and isinstance(block, ItemList) else ()


def _recaps(pages: Iterable[Page], answers: Answers) -> Iterator[str]:
    """Yield the answers given, as the sentences that a life event has for them."""
    for page in pages:
        choice = chosen_choice(page.question, answers) if isinstance(page, QuestionPage) else None
        if choice and choice.recap:
            yield choice.recap


def _told(steps: list[StepPage]) -> Iterator[Told]:
    """Yield what official steps on the price and the delay say, whole paragraphs, as far as it is short."""
    for page in steps:
        if page.role not in {StepRole.COST, StepRole.DELAY}:
            continue
        lines: list[Paragraph] = []
        for block in page.blocks:
            if not isinstance(block, Paragraph) or word_count((*lines, block)) > LONGEST_FIGURE:
                break
            lines.append(block)
        if lines:
            yield Told(page.role, page.title, tuple(lines))
