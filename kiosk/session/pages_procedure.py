"""The screens of a procedure: first page, questions, steps, usual mistakes, the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.essential import Essential
from kiosk.domain.guide import (
    CONTACTS_KEY,
    SERVICES_KEY,
    Assumed,
    EssentialPage,
    Guide,
    IntroPage,
    MistakesPage,
    Page,
    QuestionPage,
    SheetPage,
    StepPage,
    blocks_for,
)
from kiosk.domain.place import Place
from kiosk.domain.procedure import (
    Contact,
    Evidence,
    Paragraph,
    Procedure,
    Question,
    QuestionKind,
    StepRole,
    Way,
    all_blocks,
)
from kiosk.domain.sheet import PersonalSheet, SheetPaper
from kiosk.session.blocks import Blocks, TitleOf, item_evidences, shown_address
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.intents import Answer, AskAnyway, AskForHelp, ChooseWay, Finish, Next, OpenMore, OpenProcedure
from kiosk.session.places import PlaceDesk
from kiosk.session.qr_text import sheet_text
from kiosk.session.views import (
    Box,
    Button,
    ButtonKind,
    Element,
    Line,
    Progress,
    QrBox,
    Row,
    Screen,
    TextRole,
    Tone,
    View,
)

CHOICE_TINTS = (1, 3, 4, 2, 5, 6)
PLACE_ICONS = {QuestionKind.TERRITORY: "location-dot"}
ROLE_ICONS = {StepRole.COST: "coins", StepRole.DELAY: "clock", StepRole.PAPERS: "clipboard-list"}


class ProcedurePages:
    """Composes the pages of one procedure for one visit."""

    def __init__(
        self, make: Composer, guide: Guide, desk: PlaceDesk, title_of: TitleOf, full_version: str = ""
    ) -> None:
        self.make = make
        self.guide = guide
        self.procedure: Procedure = guide.procedure
        self.desk = desk
        self.title_of = title_of
        self.full_version = full_version
        self.chosen = guide.chosen(make.visit.answers)
        self.blocks = Blocks(make, self.procedure, desk, title_of, self.chosen)

    def view(self, page: Page, sheet: PersonalSheet | None) -> View:
        """Compose one page; the sheet is needed for the last one only."""
        match page:
            case IntroPage():
                return self._intro()
            case EssentialPage():
                return self._essential(page.essential)
            case QuestionPage():
                return self._question(page)
            case StepPage():
                return self._step(page)
            case MistakesPage():
                return self._mistakes(page)
            case SheetPage():
                assert sheet is not None
                return self._sheet(sheet)

    def _texts(self, key: str, lines: Iterable[Paragraph], role: TextRole = TextRole.BODY) -> list[Element]:
        return [
            self.make.text(f"{key}.{number}", line.text, role, CONTENT_LANGUAGE) for number, line in enumerate(lines)
        ]

    def _box(self, key: str, icon: str, title: str, lines: Iterable[Paragraph]) -> Box:
        return Box(key, icon, self.make.lines(key, lines), title, language=self.make.language)

    def _intro(self) -> View:
        make, procedure = self.make, self.procedure
        body: list[Element] = [make.title(procedure.title, CONTENT_LANGUAGE)]
        if make.language != CONTENT_LANGUAGE:
            body.append(self._note("language", make.tr("intro.french_only"), "language", Tone.INFO))
        if procedure.is_stale(make.today):
            stale = make.tr("intro.stale", date=make.date(procedure.checked_on))
            body.append(self._note("stale", stale, "calendar-xmark", Tone.WARNING))
        body += self.blocks.elements("notice", procedure.notices, [])
        body += self._texts("summary", procedure.summary, TextRole.LEAD)
        if procedure.is_official and not procedure.summary and procedure.description:
            body.append(make.text("description", procedure.description, TextRole.LEAD, CONTENT_LANGUAGE))
        body += self._texts("audience", procedure.audience)
        if procedure.cost:
            body.append(self._box("cost", "coins", make.tr("intro.cost"), blocks_for(procedure.cost, ())))
        if procedure.duration:
            body.append(self._box("duration", "clock", make.tr("intro.duration"), blocks_for(procedure.duration, ())))
        if procedure.is_official:
            checked = make.tr("intro.official", date=make.date(procedure.checked_on))
            body.append(make.text("checked", checked, TextRole.NOTE))
        body += self._guided_searches()
        if self._asks_way:
            body.append(make.text("ways", make.tr("intro.ways"), TextRole.HEADING))
            body += self._way_buttons()
            pinned: tuple[Element, ...] = ()
        else:
            pinned = (self._next(make.tr("intro.begin")),)
        body += self._full_version()
        return make.view(Screen.INTRO, body, pinned=pinned)

    def _full_version(self) -> list[Element]:
        """The official sheet that says everything, one touch away from ours."""
        if not self.full_version:
            return []
        return [
            Button(
                "full",
                self.make.tr("intro.full_version"),
                OpenProcedure(self.full_version),
                ButtonKind.SECONDARY,
                "book-open",
                language=self.make.language,
            )
        ]

    @property
    def _asks_way(self) -> bool:
        """Tell whether the way matters: always for ours, for official sheets when they speak of more than one."""
        if not self.procedure.is_official:
            return True
        return any(
            isinstance(block, Question) and block.kind is QuestionKind.WAY for block in all_blocks(self.procedure)
        )

    def _way_buttons(self) -> list[Element]:
        make = self.make
        labels = {
            Way.WITHOUT_INTERNET: (make.tr("way.without_internet"), "building", 3),
            Way.WITH_INTERNET: (make.tr("way.with_internet"), "laptop", 1),
            Way.WITH_SOMEONE: (make.tr("way.with_someone"), "people-arrows", 4),
        }
        return [
            Button(f"way.{way}", label, ChooseWay(way), icon=icon, tint=tint, language=make.language)
            for way, (label, icon, tint) in labels.items()
        ]

    def _guided_searches(self) -> list[Element]:
        """The ways to find one's own situation, question by question, that this sheet points at."""
        return [
            Button(
                f"guided.{link.target}",
                self.make.tr("intro.guided"),
                OpenProcedure(link.target),
                icon="signs-post",
                tint=4,
                language=self.make.language,
            )
            for link in self.procedure.see_also
            if link.kind == "RechercheGuidee" and self.title_of(link.target) is not None
        ]

    def _essential(self, essential: Essential) -> View:
        make = self.make
        body: list[Element] = [make.title(make.tr("essential.title"))]
        for number, part in enumerate(essential.parts):
            lines = list(self.blocks.lines(f"part.{number}", part.blocks))
            if not part.is_whole:
                lines.append(make.line(f"part.{number}.more", make.tr("essential.depends"), icon="circle-info"))
            body.append(
                Box(f"part.{number}", ROLE_ICONS[part.role], tuple(lines), part.title, language=CONTENT_LANGUAGE)
            )
        if essential.chapters:
            chapters = tuple(
                Line(f"chapter.{number}", title, "angle-right", language=CONTENT_LANGUAGE)
                for number, title in enumerate(essential.chapters)
            )
            body.append(Box("chapters", "list", chapters, make.tr("essential.chapters"), language=make.language))
        more = self._next(make.tr("essential.more"))
        return make.view(Screen.ESSENTIAL, body, context=self.procedure.title, pinned=(more,))

    def _note(self, key: str, text: str, icon: str, tone: Tone) -> Box:
        return Box(key, icon, (self.make.line(f"{key}.0", text),), tone=tone, language=self.make.language)

    def _question(self, page: QuestionPage) -> View:
        make, question = self.make, page.question
        words = make.tr("question.progress", number=page.number, total=page.total)
        body: list[Element] = [Progress("progress", page.number, page.total, words, make.language)]
        body += self._trail((*page.trail, page.heading))
        body += self.blocks.elements("lead", page.lead, [])
        body.append(
            make.title(question.prompt, CONTENT_LANGUAGE) if question.prompt else make.title(self._prompt(question))
        )
        body += self.blocks.elements("help", blocks_for(question.help, self.chosen), [])
        given = make.visit.answers.get(question.key)
        icon = PLACE_ICONS.get(question.kind, "circle-dot")
        for number, choice in enumerate(question.choices):
            body.append(
                Button(
                    f"choice.{choice.id}",
                    choice.label,
                    Answer(question.key, choice.id),
                    icon=choice.icon or icon,
                    tint=CHOICE_TINTS[number % len(CHOICE_TINTS)],
                    is_selected=choice.id == given,
                    language=CONTENT_LANGUAGE,
                )
            )
        unsure = self._note("unsure", make.tr("question.unsure"), "circle-info", Tone.INFO)
        body.append(replace(unsure, is_optional=True))
        body += self.blocks.pointer_buttons((*page.lead, *question.help))
        name = page.key.replace(":", "-", 1)
        return make.view(Screen.QUESTION, body, name=name, context=self.procedure.title)

    def _prompt(self, question: Question) -> str:
        """The words of an official question, which has none of its own."""
        make = self.make
        prompts = {
            QuestionKind.WAY: make.tr("question.way"),
            QuestionKind.TERRITORY: make.tr("question.territory"),
        }
        return prompts.get(question.kind, make.tr("question.situation"))

    def _trail(self, titles: Iterable[str]) -> list[Element]:
        """Say which part of a sheet one is in."""
        shown = [title for title in titles if title]
        return [
            self.make.text(f"heading.{number}", title, TextRole.BODY, CONTENT_LANGUAGE)
            for number, title in enumerate(shown)
        ]

    def _assumed(self, assumed: tuple[Assumed, ...]) -> list[Element]:
        """Say what was taken for known, and offer to change it."""
        make = self.make
        made: list[Element] = []
        for one in assumed:
            words = make.tr("question.assumed", answer=one.choice.label)
            line = make.line(f"assumed.{one.question.key}.0", words)
            made.append(Box(f"assumed.{one.question.key}", "circle-check", (line,), tone=Tone.GOOD))
            made.append(
                Button(
                    f"change.{one.question.key}",
                    make.tr("question.change"),
                    AskAnyway(one.question.key),
                    ButtonKind.SECONDARY,
                    "pen",
                    language=make.language,
                )
            )
        return made

    def _step(self, page: StepPage) -> View:
        make = self.make
        words = make.tr("step.progress", number=page.number, total=page.total)
        body: list[Element] = [
            Progress("progress", page.number, page.total, words, make.language),
            *self._trail(page.trail),
            make.title(page.title, CONTENT_LANGUAGE) if page.title else make.title(self._whole_sheet_title(page)),
            *([make.text("other-title", page.other_title, language=CONTENT_LANGUAGE)] if page.other_title else []),
            *self._assumed(page.assumed),
        ]
        evidences: list[Evidence | None] = []
        body += self.blocks.elements("block", page.blocks, evidences)
        note = make.to_check(evidences)
        if note:
            body.append(self._note("check", note, "circle-info", Tone.INFO))
        body += self.blocks.pointer_buttons(page.blocks)
        stuck = Button("stuck", make.tr("step.stuck"), AskForHelp(), icon="hand", tint=2, language=make.language)
        # « Aide » is on every screen: on a full page of an official sheet it is enough.
        body.append(replace(stuck, is_optional=self.procedure.is_official))
        return make.view(
            Screen.STEP,
            body,
            name=page.key.replace(":", "-"),
            context=self.procedure.title,
            pinned=(self._next(make.tr("nav.next")),),
        )

    def _whole_sheet_title(self, page: StepPage) -> str:
        titles = {SERVICES_KEY: self.make.tr("services.title"), CONTACTS_KEY: self.make.tr("contacts.title")}
        return titles.get(page.key, self.procedure.title)

    def _next(self, label: str) -> Button:
        return Button("next", label, Next(), ButtonKind.PRIMARY, self._forward, language=self.make.language)

    @property
    def _forward(self) -> str:
        return "arrow-left" if self.make.texts.is_right_to_left else "arrow-right"

    def _mistakes(self, page: MistakesPage) -> View:
        make = self.make
        body: list[Element] = [make.title(make.tr("mistakes.title"))]
        body.append(make.text("lead", make.tr("mistakes.lead"), TextRole.LEAD))
        for number, line in enumerate(page.lines):
            content = (Line(f"mistake.{number}.0", line.text, language=CONTENT_LANGUAGE),)
            body.append(Box(f"mistake.{number}", "triangle-exclamation", content, tone=Tone.WARNING))
        note = make.to_check(line.evidence for line in page.lines)
        if note:
            body.append(self._note("check", note, "circle-info", Tone.INFO))
        return make.view(
            Screen.MISTAKES,
            body,
            context=self.procedure.title,
            pinned=(self._next(make.tr("mistakes.next")),),
        )

    def _sheet(self, sheet: PersonalSheet) -> View:
        make = self.make
        body: list[Element] = [make.title(make.tr("sheet.title"))]
        source = make.tr("sheet.source", date=make.date(self.procedure.checked_on), sheet=self.procedure.source)
        body.append(make.text("source", source, TextRole.NOTE))
        if sheet.recaps:
            said = tuple(
                Line(f"recap.{number}", recap, language=CONTENT_LANGUAGE) for number, recap in enumerate(sheet.recaps)
            )
            body.append(Box("recaps", "user-check", said, make.tr("sheet.situation"), language=make.language))
        if sheet.papers:
            body.append(self._papers_box(sheet.papers))
        places = self.desk.find_all(sheet.services, (contact.pivot for contact in sheet.contacts))
        body += [self.desk.box(f"place.{place.id}", place) for place in places]
        if sheet.cost:
            body.append(self._box("cost", "coins", make.tr("intro.cost"), sheet.cost))
        if sheet.duration:
            body.append(self._box("duration", "clock", make.tr("intro.duration"), sheet.duration))
        for number, told in enumerate(sheet.told):
            lines = self.make.lines(f"told.{number}", told.lines)
            body.append(Box(f"told.{number}", ROLE_ICONS[told.role], lines, told.title, language=CONTENT_LANGUAGE))
        body += self._way_boxes(sheet)
        for number, form in enumerate(sheet.forms):
            body += self.blocks.element(f"form.{number}", replace(form, blocks=(), provider=""), [])
        body += self._codes(sheet, places)
        body += self._full_version()
        if self.procedure.references or self.procedure.see_also:
            more = make.tr("sheet.more")
            body.append(Button("more", more, OpenMore(), ButtonKind.SECONDARY, "book-open", language=make.language))
        pinned = Row(
            "end",
            (
                Button(
                    "assist",
                    make.tr("sheet.assist"),
                    AskForHelp(),
                    ButtonKind.SECONDARY,
                    "life-ring",
                    language=make.language,
                ),
                Button(
                    "finish", make.tr("leave.finish"), Finish(), ButtonKind.DANGER, "eraser", language=make.language
                ),
            ),
        )
        return make.view(Screen.SHEET, body, context=self.procedure.title, pinned=(pinned,))

    def _papers_box(self, papers: tuple[SheetPaper, ...]) -> Box:
        make = self.make
        lines: list[Line] = []
        for paper in papers:
            icon, tone = ("square-check", Tone.GOOD) if paper.is_ticked else ("regular:square", Tone.WARNING)
            key = f"sheet.{paper.item.id}"
            lines.append(Line(key, paper.item.name, icon, tone, language=CONTENT_LANGUAGE))
        missing = sum(not paper.is_ticked for paper in papers)
        if missing:
            count = make.tr("sheet.missing_one") if missing == 1 else make.tr("sheet.missing_many", count=missing)
        else:
            count = make.tr("sheet.complete")
        lines.append(make.line("sheet.count", count, is_strong=True))
        note = make.to_check(evidence for paper in papers for evidence in item_evidences((paper.item,)))
        if note:
            lines.append(make.line("sheet.check", note, icon="circle-info", tone=Tone.INFO))
        return Box("papers", "clipboard-list", tuple(lines), make.tr("sheet.papers"), language=make.language)

    def _way_boxes(self, sheet: PersonalSheet) -> list[Element]:
        make = self.make
        boxes: dict[Way, Box] = {
            Way.WITHOUT_INTERNET: self._without_box(sheet),
            Way.WITH_INTERNET: self._online_box(sheet),
        }
        if sheet.with_someone:
            boxes[Way.WITH_SOMEONE] = self._box(
                "someone", "people-arrows", make.tr("way.with_someone"), sheet.with_someone
            )
        # The way this person chose comes first.
        ordered = sorted(boxes, key=lambda way: way is not sheet.way)
        return [boxes[way] for way in ordered if boxes[way].lines]

    def _without_box(self, sheet: PersonalSheet) -> Box:
        """The way without internet, with whom an official sheet says to turn to."""
        box = self._box("without", "building", self.make.tr("way.without_internet"), sheet.without_internet)
        contacts = tuple(
            Line(f"contact.{number}", _named(contact), "people-group", language=CONTENT_LANGUAGE)
            for number, contact in enumerate(sheet.contacts)
        )
        return replace(box, lines=(*box.lines, *contacts))

    def _online_box(self, sheet: PersonalSheet) -> Box:
        """The internet way, with the addresses met on the path."""
        box = self._box("with", "laptop", self.make.tr("way.with_internet"), sheet.with_internet)
        addresses = tuple(
            Line(
                f"online.{number}",
                f"{service.title} : {shown_address(service.url)}" if service.url else service.title,
                "globe",
                language=CONTENT_LANGUAGE,
            )
            for number, service in enumerate(sheet.online)
        )
        return replace(box, lines=(*box.lines, *addresses))

    def _codes(self, sheet: PersonalSheet, places: tuple[Place, ...]) -> list[Element]:
        make = self.make
        data = sheet_text(make, sheet, places)
        return [
            QrBox("qr.list", make.tr("sheet.qr_list"), make.tr("sheet.qr_list_how"), data, make.language),
            QrBox("qr.page", make.tr("sheet.qr_page"), make.tr("sheet.qr_page_how"), sheet.page_url, make.language),
        ]


def _named(contact: Contact) -> str:
    return f"{contact.title} : {contact.complement}" if contact.complement else contact.title
