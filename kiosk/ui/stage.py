"""The one widget: draws the scene, turns fingers into actions.

An action happens when a finger goes down and up inside one button. A second finger, a slide off the button
and a second tap within half a second do nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from kivy.graphics import InstructionGroup
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.session.settings import Settings
from kiosk.session.views import Screen, View
from kiosk.ui.drawing import boxes, text
from kiosk.ui.drawing.kit import Kit
from kiosk.ui.drawing.painter import Painter
from kiosk.ui.drawing.piece import Action, Piece, Target
from kiosk.ui.drawing.scene import Scene
from kiosk.ui.theme.colours import PALETTES
from kiosk.ui.theme.measures import Measures
from kiosk.ui.theme.profiles import Profile
from kiosk.voice.script import Utterance

GUARD_SECONDS = 0.5
"""A second tap sooner than this is a trembling hand, not a wish (EN 301 549 5.8)."""

KEY_GUARD_SECONDS = 0.25
"""The same for one key of a keyboard, so that double letters can be typed."""

STAFF_TAPS = 5
STAFF_SECONDS = 4.0


class Stage(Widget):
    """Shows views and reports what the person does."""

    def __init__(
        self,
        profile: Profile,
        on_action: Callable[[Action, str], None],
        on_touched: Callable[[], None],
        on_ground: Callable[[], None],
        on_staff: Callable[[], None],
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(size=(profile.width, profile.height), size_hint=(None, None))
        self.profile = profile
        self.scene: Scene | None = None
        self._on_action = on_action
        self._on_touched = on_touched
        self._on_ground = on_ground
        self._on_staff = on_staff
        self._now = now
        self._groups: dict[int, InstructionGroup] = {}
        self.said: str | None = None
        self._pressed: Target | None = None
        self._finger: object = None
        self._is_inside = False
        self._last_action: tuple[float, str] = (float("-inf"), "")
        self._staff_taps: list[float] = []

    # -- drawing ---------------------------------------------------------------------------------------------------

    def show(self, view: View, settings: Settings, *, part: int = 0, is_keyboard_hidden: bool = False) -> None:
        """Draw a view from its first part, or from a later one."""
        kit = Kit(PALETTES[settings.contrast], Measures(self.profile, settings.size), view.is_right_to_left)
        self.scene = Scene(view, kit, is_keyboard_hidden=is_keyboard_hidden)
        self.show_part(part)

    def show_part(self, number: int) -> None:
        """Draw one part of the view."""
        assert self.scene is not None
        self.scene.show_part(number)
        self.said = None
        self._redraw()

    def _redraw(self) -> None:
        assert self.scene is not None
        self.canvas.clear()
        self._groups = {}
        ground = InstructionGroup()
        self.scene.paint_ground(Painter(ground, self.scene.height))
        self.canvas.add(ground)
        for piece in self.scene.pieces:
            group = InstructionGroup()
            self._groups[id(piece)] = group
            self.canvas.add(group)
            self._paint(piece)

    def _paint(self, piece: Piece | None) -> None:
        if piece is None or self.scene is None or id(piece) not in self._groups:
            return
        group = self._groups[id(piece)]
        group.clear()
        pressed = self._pressed.id if self._pressed and self._is_inside else None
        piece.paint(Painter(group, self.scene.height), self.said, pressed)
        group.flag_update()

    def mark_said(self, utterance: Utterance | None) -> None:
        """Highlight the sentence being said, and no other."""
        if self.scene is None:
            return
        before = self.scene.piece_saying(self.said) if self.said else None
        self.said = utterance.id if utterance else None
        after = self.scene.piece_saying(self.said) if self.said else None
        self._paint(before)
        if after is not before:
            self._paint(after)

    def utterances(self) -> list[Utterance]:
        """Return what the voice says of what is shown."""
        return self.scene.utterances() if self.scene else []

    def forget(self) -> None:
        """Let go of everything drawn for the visit that ends."""
        self.scene = None
        self.canvas.clear()
        self._groups = {}
        self._pressed = None
        self.said = None
        text.clear_cache()
        boxes.forget_codes()

    # -- fingers -----------------------------------------------------------------------------------------------------

    def _target_at(self, touch: MotionEvent) -> Target | None:
        assert self.scene is not None
        x, y = touch.x, self.scene.height - touch.y
        return next((target for target in self.scene.targets() if target.frame.contains(x, y)), None)

    def on_touch_down(self, touch: MotionEvent) -> bool:
        """Take the first finger; any finger counts as a sign of life and silences the voice."""
        if getattr(touch, "is_mouse_scrolling", False) or self.scene is None:
            return True
        self._on_touched()
        if self._finger is not None:
            return True
        target = self._target_at(touch)
        if target is None:
            self._tap_ground(touch)
            return True
        if self._is_too_soon(target):
            return True
        self._finger = touch.uid
        self._pressed, self._is_inside = target, True
        self._paint(self.scene.piece_of(target.id))
        return True

    def _is_too_soon(self, target: Target) -> bool:
        when, what = self._last_action
        elapsed = self._now() - when
        if target.is_key:
            return elapsed < KEY_GUARD_SECONDS and what == target.id
        return elapsed < GUARD_SECONDS

    def on_touch_move(self, touch: MotionEvent) -> bool:
        """Show whether lifting the finger here would act."""
        if touch.uid == self._finger and self._pressed and self.scene:
            is_inside = self._pressed.frame.contains(touch.x, self.scene.height - touch.y)
            if is_inside != self._is_inside:
                self._is_inside = is_inside
                self._paint(self.scene.piece_of(self._pressed.id))
        return True

    def on_touch_up(self, touch: MotionEvent) -> bool:
        """Act when the finger leaves inside the button that it went down on."""
        if touch.uid != self._finger:
            return True
        target, self._pressed, self._finger = self._pressed, None, None
        if target is None or self.scene is None:
            return True
        is_inside = target.frame.contains(touch.x, self.scene.height - touch.y)
        self._paint(self.scene.piece_of(target.id))
        if is_inside and any(found.id == target.id for found in self.scene.targets()):
            self._last_action = (self._now(), target.id)
            self._on_action(target.action, target.id)
        return True

    def release(self) -> None:
        """Forget the finger on the glass: the screen changed under it by itself."""
        self._pressed, self._finger = None, None

    def _tap_ground(self, touch: MotionEvent) -> None:
        assert self.scene is not None
        now = self._now()
        is_name = self.scene.context_frame.contains(touch.x, self.scene.height - touch.y)
        if self.scene.view.screen is Screen.WELCOME and is_name:
            self._staff_taps = [tap for tap in self._staff_taps if now - tap < STAFF_SECONDS] + [now]
            if len(self._staff_taps) >= STAFF_TAPS:
                self._staff_taps = []
                self._on_staff()
                return
        self._on_ground()
