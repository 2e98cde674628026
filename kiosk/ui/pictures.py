"""Every screen as a picture, from real content, with the measures of everything on it.

A tour of intents reaches each screen; each part of a long page is drawn. Beside `NAME.png`, `NAME.json` lists
the elements with their box in millimetres, so that a program can check what an eye would have to measure.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kivy.base import EventLoop
from kivy.core.window import Window
from kivy.graphics.opengl import GL_RGB, GL_UNSIGNED_BYTE, glReadPixels
from PIL import Image

from kiosk.domain.essential import is_long
from kiosk.domain.guide import Guide, QuestionPage, StepPage
from kiosk.domain.procedure import Block, ItemList, Kind, Procedure, SheetLink, Way, all_blocks, walk
from kiosk.packs.reader import PackReader
from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.intents import Intent
from kiosk.session.settings import Contrast, TextSize
from kiosk.session.views import Button, Screen, View
from kiosk.session.visit import Location, Visit
from kiosk.ui.drawing.scene import Scene
from kiosk.ui.stage import Stage
from kiosk.ui.theme.profiles import Profile


@dataclass(frozen=True, slots=True)
class Look:
    """One way of showing everything."""

    profile: Profile
    size: TextSize
    contrast: Contrast
    language: str


def tour(controller: Controller, content: PackReader, language: str) -> Iterator[View]:
    """Visit every screen once, and one whole procedure page by page."""

    def go(*intents: Intent) -> View:
        view = controller.view()
        for intent in intents:
            view = controller.send(intent)
        return view

    controller.erase()
    yield go(want.ChooseLanguage(language))
    yield go(want.Start(language))
    themes = [theme for theme in content.themes if content.has_theme(theme.id)]
    if len(themes) > 6:
        yield go(want.OpenMoreThemes(1))
        go(want.Back())
    yield go(want.OpenPopular())
    go(want.Back())
    yield go(want.OpenSearch())
    view = go(*(want.TypeText(letter) for letter in "carte"))
    yield _renamed(view, "search-results")
    yield _renamed(go(*(want.TypeText(letter) for letter in "zzqx")), "search-none")
    go(want.Back())
    yield go(want.OpenTheme(themes[0].id))
    yield from _procedure(go, controller, richest(content))
    yield from _official(go, controller, content)
    controller.erase()
    go(want.ChooseLanguage(language), want.Start(language))
    for intent in (want.AskForHelp(), want.OpenSettings(), want.OpenLanguages(), want.Leave()):
        yield go(intent)
        go(want.Back())
    yield go(want.Finish())
    yield controller.warn_idle(45)
    controller.send(want.StillHere())
    controller.erase()
    go(want.ChooseLanguage(language))
    settings = controller.visit.settings
    go(want.OpenStaff())
    controller.visit = replace(controller.visit, settings=settings)
    yield go(want.TypePin("1"), want.TypePin("2"))
    controller.visit = Visit(location=Location(Screen.STAFF), settings=settings)
    yield controller.view()
    controller.erase()


def _renamed(view: View, name: str) -> View:
    return replace(view, name=name)


def richest(content: PackReader) -> Procedure:
    """Choose the procedure with the most blocks: what fits there fits everywhere."""
    found = [procedure for card in content.cards if (procedure := content.procedure(card.id))]
    preferred = [procedure for procedure in found if procedure.id == "carte-identite"]
    return preferred[0] if preferred else max(found, key=lambda procedure: sum(1 for _ in all_blocks(procedure)))


def tour_of(controller: Controller, content: PackReader, language: str, ids: Sequence[str]) -> Iterator[View]:
    """Visit some procedures page by page, with the words they explain and what stands beside them."""

    def go(*intents: Intent) -> View:
        view = controller.view()
        for intent in intents:
            view = controller.send(intent)
        return view

    for key in ids:
        procedure = content.procedure(key)
        if procedure is None:
            raise NoSuchProcedureError(f"there is no procedure {key} in this pack")
        controller.erase()
        go(want.ChooseLanguage(language), want.Start(language))
        if procedure.kind in MENUS:
            yield _renamed(go(want.OpenProcedure(key)), f"{key}-dossier")
            continue
        for view in _procedure(go, controller, procedure):
            yield _renamed(view, f"{key}-{view.name}")


class NoSuchProcedureError(Exception):
    """A procedure to draw is not in the pack."""


MENUS = frozenset({Kind.DOSSIER, Kind.THEME})


def _official(go: Callable[..., View], controller: Controller, content: PackReader) -> Iterator[View]:
    """Show a menu of the official library, and its screens that no authored procedure has."""
    menus = [menu for theme in content.themes for menu in content.menus(theme.id)]
    if not menus:
        return
    controller.erase()
    language = controller.visit.settings.language
    go(want.Start(language))
    theme = content.procedure(menus[0].id)
    links = [link for block in (theme.blocks if theme else ()) for link in _links(block)]
    for link in links[:1]:
        yield go(want.OpenProcedure(link.target))
        yield _renamed(go(want.OpenGroup(0)), "dossier-group")
    found = [sheet for link in links for sheet in _sheets(content, link.target)]
    essential = next((one for one in found if is_long(one)), None)
    explaining = next((one for one in found if one.glossary and one.references), None)
    for procedure in {one.id: one for one in (essential, explaining) if one}.values():
        for view in _procedure(go, controller, procedure):
            yield _renamed(view, f"official-{view.name}")


def _links(block: Block) -> Iterator[SheetLink]:
    return (inner for inner in walk((block,)) if isinstance(inner, SheetLink))


def _sheets(content: PackReader, key: str) -> Iterator[Procedure]:
    """Yield the sheets of a dossier."""
    dossier = content.procedure(key)
    for block in dossier.blocks if dossier else ():
        for link in _links(block):
            found = content.procedure(link.target)
            if found and found.kind not in MENUS:
                yield found


def _procedure(go: Callable[..., View], controller: Controller, procedure: Procedure) -> Iterator[View]:
    view = go(want.OpenProcedure(procedure.id))
    yield view
    view = go(want.ChooseWay(Way.WITHOUT_INTERNET))
    guide = Guide(procedure)
    seen: set[Screen] = set()
    while True:
        visit = controller.visit
        page = guide.page(visit.location.page, visit.answers)
        yield view
        if Screen.DEFINITION not in seen:
            words = [button.intent for button in _buttons(view) if isinstance(button.intent, want.OpenDefinition)]
            for word in words[:1]:
                seen.add(Screen.DEFINITION)
                yield go(word)
                go(want.Back())
        if view.screen is Screen.SHEET:
            if any(isinstance(button.intent, want.OpenMore) for button in _buttons(view)):
                yield go(want.OpenMore())
                go(want.Back())
            yield _renamed(go(want.Leave()), "leave-procedure")
            return
        if isinstance(page, QuestionPage):
            choices = page.question.choices
            # The last answer but one is rarely the short way out.
            view = go(want.Answer(page.question.key, choices[min(1, len(choices) - 1)].id))
            continue
        if isinstance(page, StepPage):
            papers = [item for block in page.blocks if isinstance(block, ItemList) for item in block.items]
            if papers and not procedure.is_official:
                yield _renamed(go(want.TickPaper(papers[0].id)), f"{view.name}-ticked")
            if page.stuck and Screen.HELP not in seen:
                seen.add(Screen.HELP)
                yield _renamed(go(want.AskForHelp()), "help-stuck")
                go(want.Back())
        view = go(want.Next())


def _buttons(view: View) -> list[Button]:
    return [element for element in view.body if isinstance(element, Button)]


def draw_all(
    controller: Controller,
    content: PackReader,
    looks: list[Look],
    out: Path,
    progress: Callable[[int, int], None],
    procedures: Sequence[str] = (),
) -> int:
    """Draw every screen in every look; return how many pictures were made. Each profile has its own process.

    With `procedures`, all pages of these and nothing else.
    """
    out.mkdir(parents=True, exist_ok=True)
    count = 0
    for done, look in enumerate(looks, 1):
        stage = Stage(look.profile, lambda _action, _target: None, _nothing, _nothing, _nothing)
        Window.add_widget(stage)
        views = (
            tour_of(controller, content, look.language, procedures)
            if procedures
            else tour(controller, content, look.language)
        )
        for view in views:
            count += _draw_view(stage, controller, view, look, out)
        Window.remove_widget(stage)
        progress(done, len(looks))
    return count


def _nothing() -> None:
    """Nobody touches while pictures are made."""


def _draw_view(stage: Stage, controller: Controller, view: View, look: Look, out: Path) -> int:
    settings = replace(controller.visit.settings, size=look.size, contrast=look.contrast)
    names = [(view.name, False)]
    stage.show(view, settings)
    assert stage.scene is not None
    if any(target.id == "toggle" for target in stage.scene.targets()):
        names.append((f"{view.name}-open", True))
    count = 0
    for name, hidden in names:
        stage.show(view, settings, is_keyboard_hidden=hidden)
        for part in range(len(stage.scene.parts)):
            stage.show_part(part)
            said = stage.utterances()
            if part == 0 and said:
                stage.mark_said(said[0])
            suffix = f"-part{part + 1}" if part else ""
            stem = f"{name}{suffix}_{look.profile.name}_{look.size}_{look.contrast}_{look.language}"
            _save_picture(out / f"{stem}.png")
            document = describe(stage.scene, look)
            (out / f"{stem}.json").write_text(json.dumps(document, ensure_ascii=False, indent=1), encoding="utf-8")
            count += 1
    return count


def _save_picture(path: Path) -> None:
    """Draw a frame and read it back: no clock to wait for."""
    EventLoop.idle()
    Window.canvas.ask_update()
    Window.dispatch("on_draw")
    width, height = Window.system_size
    pixels = glReadPixels(0, 0, int(width), int(height), GL_RGB, GL_UNSIGNED_BYTE)
    picture = Image.frombytes("RGB", (int(width), int(height)), pixels).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
    picture.save(path, compress_level=3)


def describe(scene: Scene, look: Look) -> dict[str, Any]:
    """Return what a screen shows, in millimetres (the promise of `kiosk pictures`)."""
    density = look.profile.px_per_mm
    elements = []
    focus = 0
    for mark in scene.marks():
        focus += mark.is_focusable
        frame = mark.frame
        elements.append(
            {
                "id": mark.id,
                "role": mark.role,
                "box_mm": [round(value / density, 2) for value in (frame.x, frame.y, frame.width, frame.height)],
                "text": mark.text,
                "cap_height_mm": round(mark.cap / density, 2) if mark.cap else None,
                "foreground": mark.foreground,
                "background": mark.background,
                "spoken": mark.spoken,
                "focus": focus if mark.is_focusable else None,
            }
        )
    return {
        "screen": scene.view.screen,
        "name": scene.view.name,
        "part": scene.part + 1,
        "parts": len(scene.parts),
        "profile": look.profile.name,
        "size": look.size,
        "theme": look.contrast,
        "language": look.language,
        "px_per_mm": density,
        "screen_mm": [round(look.profile.width_mm, 1), round(look.profile.height_mm, 1)],
        "elements": elements,
    }
