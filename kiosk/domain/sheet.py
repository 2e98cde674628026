"""« Ma fiche »: everything that this person needs, and nothing else."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from kiosk.domain.guide import Answers, Guide, StepPage, items_for, lines_for, way_of
from kiosk.domain.procedure import (
    Form,
    Item,
    ItemList,
    ListRole,
    OnlineService,
    Paragraph,
    PlaceRef,
    Procedure,
    Way,
)

OFFICIAL_PAGE = "https://www.service-public.gouv.fr/particuliers/vosdroits/{source}"
"""Address of an official sheet on the State's site; the older service-public.fr addresses lead there."""


@dataclass(frozen=True, slots=True)
class SheetPaper:
    """A paper to bring, ticked when the person said that they have it."""

    item: Item
    is_ticked: bool


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
    page_url: str

    @property
    def missing(self) -> tuple[SheetPaper, ...]:
        """Return the papers that are not ticked."""
        return tuple(paper for paper in self.papers if not paper.is_ticked)


def sheet_of(procedure: Procedure, answers: Answers, ticked: Collection[str]) -> PersonalSheet:
    """Gather the sheet of one person from their answers and the papers they ticked."""
    guide = Guide(procedure)
    chosen = guide.chosen(answers)
    papers: dict[str, SheetPaper] = {}
    services: dict[str, None] = {}
    online: dict[str, OnlineService] = {}
    forms: dict[str, Form] = {}
    for page in guide.pages(answers):
        if not isinstance(page, StepPage):
            continue
        for block in page.blocks:
            match block:
                case ItemList(role=ListRole.PAPERS):
                    for item in items_for(block, chosen):
                        papers[item.id] = SheetPaper(item, item.id in ticked)
                case PlaceRef():
                    services[block.service] = None
                case OnlineService():
                    online[block.url] = block
                case Form():
                    forms[block.title] = block
                case _:
                    pass
    return PersonalSheet(
        title=procedure.title,
        papers=tuple(papers.values()),
        services=tuple(services),
        cost=lines_for(procedure.cost, chosen),
        duration=lines_for(procedure.duration, chosen),
        way=way_of(answers),
        with_internet=lines_for(procedure.ways.with_internet, chosen),
        without_internet=lines_for(procedure.ways.without_internet, chosen),
        with_someone=lines_for(procedure.ways.with_someone, chosen),
        online=tuple(online.values()),
        forms=tuple(forms.values()),
        page_url=OFFICIAL_PAGE.format(source=procedure.source),
    )
