"""The screens around a visit: help, settings, leaving, feedback, silence, staff, and when nothing works."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.domain.place import Place
from kiosk.domain.procedure import Paragraph
from kiosk.session.composing import CONTENT_LANGUAGE, Composer
from kiosk.session.intents import (
    ChangeRate,
    ChangeVolume,
    ChooseContrast,
    ChooseSize,
    EnterPin,
    EraseAll,
    ErasePin,
    Feeling,
    Finish,
    GiveFeedback,
    GoHome,
    Intent,
    OpenLanguages,
    Quit,
    ResetSettings,
    Resume,
    StartAgain,
    StillHere,
    SwitchVoice,
    TestVoice,
    TypePin,
)
from kiosk.session.places import PlaceDesk
from kiosk.session.settings import DEFAULT_WORDS_PER_MINUTE, RATES, VOLUMES, Contrast, TextSize
from kiosk.session.views import (
    Box,
    Button,
    ButtonKind,
    Element,
    Field,
    Keys,
    Row,
    Screen,
    Text,
    TextRole,
    Tone,
    View,
)

PIN_LENGTHS = range(4, 13)

HELPING = ("france-services", "mediation")
"""Services whose people help with any procedure, on the internet or not."""

MOST_NEAR = 2
"""Places of each of them that the help page shows, the nearest first."""


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the staff page: what was looked at, and whether it is well."""

    id: str
    label: str
    value: str
    is_well: bool


def help_page(make: Composer, desk: PlaceDesk, stuck: tuple[Paragraph, ...]) -> View:
    """Who can help, here and by telephone."""
    body: list[Element] = [make.title(make.tr("help.title"))]
    if stuck:
        lines = make.lines("stuck", stuck)
        body.append(Box("stuck", "lightbulb", lines, tone=Tone.TIP))
    body.append(make.text("here", make.tr("help.here"), TextRole.LEAD))
    place: Place | None = desk.home.place
    if place:
        body.append(desk.box("place", place))
    phone = desk.find("service-public")
    if phone and phone.phone:
        lines = (
            make.line("phone.0", make.tr("help.phone", name=phone.name, phone=phone.phone), icon="phone"),
            make.line("phone.1", make.tr("help.phone_how")),
        )
        note = make.to_check([phone.evidence])
        if note:
            lines = (*lines, make.line("phone.check", note, icon="circle-info", tone=Tone.INFO))
        body.append(Box("phone", "phone", lines, make.tr("help.by_phone"), language=make.language))
    near = [place for service in HELPING for place in desk.find_several(service, MOST_NEAR) if place.commune]
    body += [desk.box(f"near.{place.id}", place) for place in {place.id: place for place in near}.values()]
    back = make.resume(make.tr("help.resume"))
    return make.view(Screen.HELP, body, pinned=(back,))


def settings_page(make: Composer) -> View:
    """Size, contrast, voice, speed, volume, language."""
    current = make.visit.settings

    def option(key: str, label: str, intent: Intent, selected: bool = False, icon: str = "") -> Button:
        shown = icon or ("circle-check" if selected else "regular:circle")
        return Button(key, label, intent, ButtonKind.OPTION, shown, is_selected=selected, language=make.language)

    def heading(key: str, label: str) -> Text:
        return make.text(f"heading.{key}", label, TextRole.HEADING)

    sizes = (
        (TextSize.NORMAL, make.tr("settings.size.normal")),
        (TextSize.LARGE, make.tr("settings.size.large")),
        (TextSize.EXTRA, make.tr("settings.size.extra")),
    )
    contrasts = (
        (Contrast.CALM, make.tr("settings.contrast.calm")),
        (Contrast.BLACK_ON_WHITE, make.tr("settings.contrast.black-on-white")),
        (Contrast.WHITE_ON_BLACK, make.tr("settings.contrast.white-on-black")),
    )
    percent = round(100 * RATES[current.rate] / DEFAULT_WORDS_PER_MINUTE / 25) * 25
    voice = make.tr("settings.voice.on") if current.is_voice_on else make.tr("settings.voice.off")
    body: list[Element] = [
        make.title(make.tr("settings.title")),
        heading("size", make.tr("settings.size")),
        Row(
            "sizes",
            tuple(option(f"size.{size}", label, ChooseSize(size), size is current.size) for size, label in sizes),
        ),
        heading("contrast", make.tr("settings.contrast")),
        Row(
            "contrasts",
            tuple(
                option(f"contrast.{name}", label, ChooseContrast(name), name is current.contrast)
                for name, label in contrasts
            ),
        ),
        heading("voice", make.tr("settings.voice")),
        Row(
            "voices",
            (
                option(
                    "voice",
                    voice,
                    SwitchVoice(),
                    current.is_voice_on,
                    "volume-high" if current.is_voice_on else "volume-xmark",
                ),
            ),
        ),
    ]
    if not make.has_voice:
        line = make.line("voice.missing", make.tr("voice.unavailable"))
        body.append(Box("voice.note", "volume-xmark", (line,), tone=Tone.WARNING))
    body += [
        heading("rate", make.tr("settings.rate", percent=percent)),
        Row(
            "rates",
            (
                option("rate.slower", make.tr("settings.rate.slower"), ChangeRate(-1), icon="minus"),
                option("rate.faster", make.tr("settings.rate.faster"), ChangeRate(+1), icon="plus"),
            ),
        ),
        heading("volume", make.tr("settings.volume", step=current.volume + 1, total=len(VOLUMES))),
        Row(
            "volumes",
            (
                option("volume.lower", make.tr("settings.volume.lower"), ChangeVolume(-1), icon="minus"),
                option("volume.louder", make.tr("settings.volume.louder"), ChangeVolume(+1), icon="plus"),
            ),
        ),
        heading("more", make.tr("settings.more")),
        Row(
            "others",
            (
                option("languages", make.tr("settings.language"), OpenLanguages(), icon="globe"),
                option("reset", make.tr("settings.reset"), ResetSettings(), icon="rotate-left"),
            ),
        ),
    ]
    done = make.resume(make.tr("settings.done"))
    return make.view(Screen.SETTINGS, body, pinned=(done,))


def leave_page(make: Composer, in_procedure: bool) -> View:
    """Finish, start again or go elsewhere: asked before anything is lost."""

    def choice(key: str, label: str, intent: Intent, icon: str, tint: int) -> Button:
        return Button(key, label, intent, icon=icon, tint=tint, language=make.language)

    body: list[Element] = [
        make.title(make.tr("leave.title")),
        choice("stay", make.tr("leave.stay"), Resume(), "check", 3),
    ]
    if in_procedure:
        body.append(choice("again", make.tr("leave.again"), StartAgain(), "rotate-left", 1))
    body.append(choice("home", make.tr("leave.home"), GoHome(), "table-cells-large", 4))
    body.append(choice("finish", make.tr("leave.finish"), Finish(), "eraser", 2))
    return make.view(Screen.LEAVE, body, nav=make.nav(leave=False))


def feedback_page(make: Composer) -> View:
    """Three faces, then everything is erased."""
    faces = (
        (Feeling.GOOD, make.tr("feedback.good"), "face-smile", 3),
        (Feeling.MIXED, make.tr("feedback.mixed"), "face-meh", 4),
        (Feeling.BAD, make.tr("feedback.bad"), "face-frown", 2),
    )
    body: list[Element] = [
        make.title(make.tr("feedback.title")),
        make.text("lead", make.tr("feedback.lead"), TextRole.LEAD),
        Row(
            "faces",
            tuple(
                Button(
                    f"face.{feeling}", label, GiveFeedback(feeling), ButtonKind.TILE, icon, tint, language=make.language
                )
                for feeling, label, icon, tint in faces
            ),
        ),
    ]
    skip = Button("skip", make.tr("feedback.skip"), EraseAll(), ButtonKind.DANGER, "eraser", language=make.language)
    return make.view(Screen.FEEDBACK, body, pinned=(skip,), nav=make.nav(leave=False))


def idle_page(make: Composer, seconds: int) -> View:
    """Are you still there? Said and shown, with what will be lost."""
    body: list[Element] = [
        make.title(make.tr("idle.title")),
        make.text("lead", make.tr("idle.lead"), TextRole.LEAD),
        # Counted down in front of the eye only: a voice that counts every second would say nothing else.
        Text("countdown", make.tr("idle.countdown", seconds=seconds), TextRole.TITLE, make.language, spoken=""),
    ]
    answers = Row(
        "answers",
        (
            Button("here", make.tr("idle.here"), StillHere(), ButtonKind.PRIMARY, "hand", language=make.language),
            Button("erase", make.tr("leave.finish"), EraseAll(), ButtonKind.DANGER, "eraser", language=make.language),
        ),
    )
    return make.view(
        Screen.IDLE, body, pinned=(answers,), nav=make.nav(back=False, leave=False, everything=False), is_modal=True
    )


def staff_pin_page(make: Composer, message: str) -> View:
    """The staff code, on a keypad. Digits are shown as dots and never spoken."""
    first, second = ([_digit(digit) for digit in row] for row in ("12345", "67890"))
    erase = Button(
        "pin.erase", make.tr("search.erase"), ErasePin(), ButtonKind.KEY, "delete-left", language=make.language
    )
    enter = Button("pin.enter", make.tr("staff.enter"), EnterPin(), ButtonKind.KEY, "check", language=make.language)
    body: list[Element] = [make.title(make.tr("staff.pin_title"))]
    if message:
        body.append(Box("message", "triangle-exclamation", (make.line("message.0", message),), tone=Tone.WARNING))
    field = Field(
        "pin", "•" * len(make.visit.pin), make.tr("staff.pin_placeholder"), is_secret=True, language=make.language
    )
    keys = Keys("keypad", ((*first, erase), (*second, enter)), {})
    return make.view(Screen.STAFF_PIN, body, pinned=(field, keys), nav=make.nav(leave=False))


def _digit(digit: str) -> Button:
    return Button(f"pin.{digit}", digit, TypePin(digit), ButtonKind.KEY, language=CONTENT_LANGUAGE)


def staff_page(make: Composer, checks: tuple[Check, ...]) -> View:
    """About this kiosk: what staff should know, and the way out of the program."""
    lines = tuple(
        make.line(
            f"check.{check.id}",
            make.tr("staff.check", label=check.label, value=check.value),
            icon="circle-check" if check.is_well else "triangle-exclamation",
            tone=Tone.GOOD if check.is_well else Tone.WARNING,
        )
        for check in checks
    )
    body: list[Element] = [
        make.title(make.tr("staff.title")),
        Box("checks", "stethoscope", lines, make.tr("staff.checks"), language=make.language),
        Button("test", make.tr("staff.test_voice"), TestVoice(), icon="volume-high", tint=1, language=make.language),
        Button("quit", make.tr("staff.quit"), Quit(), ButtonKind.DANGER, "power-off", language=make.language),
    ]
    close = Button("close", make.tr("staff.close"), EraseAll(), ButtonKind.PRIMARY, "check", language=make.language)
    return make.view(Screen.STAFF, body, pinned=(close,), nav=make.nav(back=False, leave=False))


def unavailable_page(make: Composer) -> View:
    """Nothing can be shown: say it kindly, and who to ask."""
    body: list[Element] = [
        make.title(make.tr("unavailable.title")),
        make.text("lead", make.tr("unavailable.lead"), TextRole.LEAD),
        Box("ask", "person", (make.line("ask.0", make.tr("unavailable.ask")),), tone=Tone.INFO),
    ]
    return make.view(Screen.UNAVAILABLE, body, nav=make.nav(back=False, leave=False, everything=False))
