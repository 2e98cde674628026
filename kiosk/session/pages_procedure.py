"""The screens of a procedure: first page, questions, steps, usual mistakes, the sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from kiosk.domain.guide import (
    Guide,
    IntroPage,
    MistakesPage,
    Page,
    QuestionPage,
    SheetPage,
    StepPage,
    items_for,
    lines_for,
)
from kiosk.domain.place import Place
from kiosk.domain.procedure import (
    Block,
    Callout,
    CalloutKind,
    Evidence,
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
from kiosk.domain.sheet import PersonalSheet, SheetPaper
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.intents import Answer, AskForHelp, ChooseWay, Finish, Next, TickPaper
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
    Tick,
    Tone,
    View,
)

CALLOUTS = {
    CalloutKind.TIP: ("lightbulb", Tone.TIP),
    CalloutKind.WARNING: ("triangle-exclamation", Tone.WARNING),
    CalloutKind.INFO: ("circle-info", Tone.INFO),
}
CHOICE_TINTS = (1, 3, 4, 2, 5, 6)


class ProcedurePages:
    """Composes the pages of one procedure for one visit."""

    def __init__(self, make: Composer, procedure: Procedure, desk: PlaceDesk) -> None:
        self.make = make
        self.procedure = procedure
        self.desk = desk
        self.chosen = Guide(procedure).chosen(make.visit.answers)

    def view(self, page: Page, sheet: PersonalSheet) -> View:
        """Compose one page."""
        match page:
            case IntroPage():
                return self._intro()
            case QuestionPage():
                return self._question(page)
            case StepPage():
                return self._step(page)
            case MistakesPage():
                return self._mistakes(page)
            case SheetPage():
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
        body += self._texts("summary", procedure.summary, TextRole.LEAD)
        body += self._texts("audience", procedure.audience)
        body.append(self._box("cost", "coins", make.tr("intro.cost"), lines_for(procedure.cost, ())))
        body.append(self._box("duration", "clock", make.tr("intro.duration"), lines_for(procedure.duration, ())))
        body.append(make.text("ways", make.tr("intro.ways"), TextRole.HEADING))
        labels = {
            Way.WITHOUT_INTERNET: (make.tr("way.without_internet"), "building", 3),
            Way.WITH_INTERNET: (make.tr("way.with_internet"), "laptop", 1),
            Way.WITH_SOMEONE: (make.tr("way.with_someone"), "people-arrows", 4),
        }
        body += [
            Button(f"way.{way}", label, ChooseWay(way), icon=icon, tint=tint, language=make.language)
            for way, (label, icon, tint) in labels.items()
        ]
        return make.view(Screen.INTRO, body)

    def _note(self, key: str, text: str, icon: str, tone: Tone) -> Box:
        return Box(key, icon, (self.make.line(f"{key}.0", text),), tone=tone, language=self.make.language)

    def _question(self, page: QuestionPage) -> View:
        make, question = self.make, page.question
        words = make.tr("question.progress", number=page.number, total=page.total)
        body: list[Element] = [Progress("progress", page.number, page.total, words, make.language)]
        if page.heading:
            body.append(make.text("heading", page.heading, TextRole.BODY, CONTENT_LANGUAGE))
        body.append(make.title(question.prompt, CONTENT_LANGUAGE))
        body += self._texts("help", lines_for(question.help, self.chosen))
        given = make.visit.answers.get(question.key)
        for number, choice in enumerate(question.choices):
            body.append(
                Button(
                    f"choice.{choice.id}",
                    choice.label,
                    Answer(question.key, choice.id),
                    icon=choice.icon or "circle-dot",
                    tint=CHOICE_TINTS[number % len(CHOICE_TINTS)],
                    is_selected=choice.id == given,
                    language=CONTENT_LANGUAGE,
                )
            )
        unsure = self._note("unsure", make.tr("question.unsure"), "circle-info", Tone.INFO)
        body.append(replace(unsure, is_optional=True))
        return make.view(Screen.QUESTION, body, name=f"question-{question.key}", context=self.procedure.title)

    def _step(self, page: StepPage) -> View:
        make = self.make
        words = make.tr("step.progress", number=page.number, total=page.total)
        body: list[Element] = [
            Progress("progress", page.number, page.total, words, make.language),
            make.title(page.title, CONTENT_LANGUAGE),
        ]
        evidences: list[Evidence | None] = []
        for number, block in enumerate(page.blocks):
            body += self._block(f"block.{number}", block, evidences)
        note = make.to_check(evidences)
        if note:
            body.append(self._note("check", note, "circle-info", Tone.INFO))
        stuck = Button("stuck", make.tr("step.stuck"), AskForHelp(), icon="hand", tint=2, language=make.language)
        body.append(stuck)
        return make.view(
            Screen.STEP,
            body,
            name=page.key.replace(":", "-"),
            context=self.procedure.title,
            pinned=(self._next(make.tr("nav.next")),),
        )

    def _next(self, label: str) -> Button:
        return Button("next", label, Next(), ButtonKind.PRIMARY, self._forward, language=self.make.language)

    @property
    def _forward(self) -> str:
        return "arrow-left" if self.make.texts.is_right_to_left else "arrow-right"

    def _block(self, key: str, block: Block, evidences: list[Evidence | None]) -> list[Element]:
        match block:
            case Paragraph():
                evidences.append(block.evidence)
                return [self.make.text(key, block.text, TextRole.BODY, CONTENT_LANGUAGE)]
            case ItemList():
                items = items_for(block, self.chosen)
                evidences += [item.evidence for item in items]
                evidences += [detail.evidence for item in items for detail in item.details]
                if block.role is ListRole.PAPERS:
                    return [self._tick(item) for item in items]
                return [
                    self.make.text(f"{key}.{item.id}", item.name, TextRole.BODY, CONTENT_LANGUAGE) for item in items
                ]
            case Callout():
                icon, tone = CALLOUTS[block.kind]
                lines = lines_for(block.lines, self.chosen)
                evidences += [line.evidence for line in lines]
                content = tuple(
                    Line(f"{key}.{number}", line.text, language=CONTENT_LANGUAGE) for number, line in enumerate(lines)
                )
                return [Box(key, icon, content, tone=tone)] if content else []
            case PlaceRef():
                place = self.desk.find(block.service)
                return [self.desk.box(key, place)] if place else []
            case OnlineService():
                address = (
                    Line(f"{key}.title", block.title, is_strong=True, language=CONTENT_LANGUAGE),
                    self.make.line(f"{key}.address", shown_address(block.url)),
                )
                return [Box(key, "globe", address, self.make.tr("step.online"), language=self.make.language)]
            case Form():
                return [
                    Box(
                        key,
                        "file-lines",
                        self._form_lines(key, block),
                        self.make.tr("step.form"),
                        language=self.make.language,
                    )
                ]
            case _:
                return []

    def _form_lines(self, key: str, form: Form) -> tuple[Line, ...]:
        title = Line(f"{key}.title", form.title, is_strong=True, language=CONTENT_LANGUAGE)
        if not form.number:
            return (title,)
        return (title, self.make.line(f"{key}.number", self.make.tr("step.form_number", number=form.number)))

    def _tick(self, item: Item) -> Tick:
        is_ticked = item.id in self.make.visit.ticked
        state = self.make.tr("paper.ticked") if is_ticked else self.make.tr("paper.missing")
        details = tuple(detail.text for detail in item.details)
        return Tick(f"paper.{item.id}", item.name, details, is_ticked, TickPaper(item.id), state, CONTENT_LANGUAGE)

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
        if sheet.papers:
            body.append(self._papers_box(sheet.papers))
        places = self.desk.find_all(sheet.services)
        body += [self.desk.box(f"place.{place.id}", place) for place in places]
        body.append(self._box("cost", "coins", make.tr("intro.cost"), sheet.cost))
        body.append(self._box("duration", "clock", make.tr("intro.duration"), sheet.duration))
        body += self._way_boxes(sheet)
        for number, form in enumerate(sheet.forms):
            body += self._block(f"form.{number}", form, [])
        body += self._codes(sheet, places)
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
        note = make.to_check(
            evidence
            for paper in papers
            for evidence in (paper.item.evidence, *(detail.evidence for detail in paper.item.details))
        )
        if note:
            lines.append(make.line("sheet.check", note, icon="circle-info", tone=Tone.INFO))
        return Box("papers", "clipboard-list", tuple(lines), make.tr("sheet.papers"), language=make.language)

    def _way_boxes(self, sheet: PersonalSheet) -> list[Element]:
        make = self.make
        boxes: dict[Way, Element] = {
            Way.WITHOUT_INTERNET: self._box(
                "without", "building", make.tr("way.without_internet"), sheet.without_internet
            ),
            Way.WITH_INTERNET: self._online_box(sheet),
        }
        if sheet.with_someone:
            boxes[Way.WITH_SOMEONE] = self._box(
                "someone", "people-arrows", make.tr("way.with_someone"), sheet.with_someone
            )
        # The way this person chose comes first.
        return [boxes[way] for way in sorted(boxes, key=lambda way: way is not sheet.way)]

    def _online_box(self, sheet: PersonalSheet) -> Box:
        """The internet way, with the addresses met on the path."""
        box = self._box("with", "laptop", self.make.tr("way.with_internet"), sheet.with_internet)
        addresses = tuple(
            Line(
                f"online.{number}",
                f"{service.title} : {shown_address(service.url)}",
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


def shown_address(url: str) -> str:
    """Return a web address as people write it."""
    return url.removeprefix("https://").removeprefix("www.").rstrip("/")
