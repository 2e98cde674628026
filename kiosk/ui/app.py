"""The running terminal: the visit, the stage and the voice joined on Kivy's clock."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable

from kivy.app import App
from kivy.clock import Clock
from kivy.core.window import Window

from kiosk.session import intents as want
from kiosk.session.controller import Controller
from kiosk.session.idle import IdleClock, Phase
from kiosk.session.intents import Intent
from kiosk.session.views import Screen, View
from kiosk.texts import Texts
from kiosk.ui.drawing.piece import Action, ShowMore, ToggleKeyboard
from kiosk.ui.sound import SdlPlayer
from kiosk.ui.stage import Stage
from kiosk.ui.theme import fonts
from kiosk.ui.theme.profiles import Profile
from kiosk.voice.script import Utterance
from kiosk.voice.speaker import Speaker, VoiceState

logger = logging.getLogger(__name__)

TICK_SECONDS = 1.0
IN_PLACE = (
    want.TickPaper, want.ChooseSize, want.ChooseContrast, want.SwitchVoice, want.ChangeRate, want.ChangeVolume,
    want.ResetSettings, want.TypeText, want.EraseLetter, want.TypePin, want.ErasePin,
)  # fmt: skip
"""What changes something on the page that stays: only that is said, not the whole page again."""


class KioskApp(App):
    """The terminal."""

    def __init__(
        self,
        controller: Controller,
        profile: Profile,
        make_speaker: Callable[[Callable[[Callable[[], None]], None]], Speaker],
        idle: IdleClock | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.controller = controller
        self.profile = profile
        self.idle = idle or IdleClock()
        self.speaker: Speaker | None = None
        self.player: SdlPlayer | None = None
        self.voice_state = VoiceState.IDLE
        self.is_windowed = False
        self._make_speaker = make_speaker
        self._now = now
        self._is_awake = False
        self._is_voice_shown = True
        self._view: View | None = None
        controller.on_erased = self._forget

    def build(self) -> Stage:
        """Make the stage and show the welcome screen; the voice starts after the first frame is drawn."""
        fonts.register()
        self.use_kivy_settings = False
        self.stage = Stage(
            self.profile,
            on_action=self.act,
            on_touched=self.touched,
            on_ground=self._wake,
            on_staff=lambda: self.act(want.OpenStaff(), "staff"),
            now=self._now,
        )
        self._show(self.controller.view(), None)
        Clock.schedule_once(self._start_voice, 0.05)
        Clock.schedule_interval(self._tick, TICK_SECONDS)
        Window.bind(on_request_close=self._refuse_close)
        return self.stage

    # -- voice ---------------------------------------------------------------------------------------------------

    def _start_voice(self, _elapsed: float) -> None:
        # What was made to start with stays for good: looking through it again and again for garbage would
        # hold up a screen for a twentieth of a second now and then.
        gc.collect()
        gc.freeze()
        self.speaker = self._make_speaker(self._post)

    @staticmethod
    def _post(callback: Callable[[], None]) -> None:
        Clock.schedule_once(lambda _elapsed: callback(), -1)

    def on_sentence(self, utterance: Utterance | None) -> None:
        """Highlight what is being said."""
        self.stage.mark_said(utterance)

    def on_voice_state(self, state: VoiceState) -> None:
        """Show it when the voice fails, and when it is back."""
        self.voice_state = state
        if self._is_voice_shown != self.has_voice and self.stage.scene:
            self._is_voice_shown = self.has_voice
            scene = self.stage.scene
            view = self.controller.view()
            self.stage.show(
                view, self.controller.visit.settings, part=scene.part, is_keyboard_hidden=scene.is_keyboard_hidden
            )
            self._view = view

    @property
    def has_voice(self) -> bool:
        """Tell whether the last thing to say could be said."""
        return self.voice_state is not VoiceState.UNAVAILABLE and self.has_sound

    @property
    def has_sound(self) -> bool:
        """Tell whether the last clip could be played."""
        return self.player is None or not self.player.has_failed

    def _say(self, utterances: list[Utterance]) -> None:
        settings = self.controller.visit.settings
        if self.speaker and settings.is_voice_on and utterances:
            self.speaker.say(utterances, words_per_minute=settings.words_per_minute, volume=settings.loudness)

    # -- what happens ----------------------------------------------------------------------------------------------

    def touched(self) -> None:
        """Somebody is there: count the silence anew and let the voice be quiet."""
        self.idle.touched(self._now())
        if self.speaker:
            self.speaker.stop()
        self.stage.mark_said(None)

    def _wake(self) -> None:
        """A touch beside the buttons: it wakes the voice, and answers "are you still there?"."""
        if self.controller.is_warning:
            self.act(want.StillHere(), "here")
        elif not self._is_awake:
            self._is_awake = True
            self._say(self.stage.utterances())

    def act(self, action: Action, target: str) -> None:
        """Do what was touched, draw the result and say it."""
        stage = self.stage
        scene = stage.scene
        settings = self.controller.visit.settings
        if isinstance(action, ShowMore):
            stage.show_part(scene.part + 1 if scene else 0)
            self._say(stage.utterances())
            return
        if isinstance(action, ToggleKeyboard) and scene:
            stage.show(scene.view, settings, is_keyboard_hidden=not scene.is_keyboard_hidden)
            self._say(stage.utterances())
            return
        if isinstance(action, want.Back) and scene and scene.part > 0:
            stage.show_part(scene.part - 1)
            self._say(stage.utterances())
            return
        assert not isinstance(action, ShowMore | ToggleKeyboard)
        self._is_awake = True
        before = self._view
        view = self.controller.send(action)
        if self.controller.is_quitting:
            self.stop()
            return
        if isinstance(action, want.TestVoice):
            texts: Texts = self.controller.texts
            self._say([Utterance("test#0", texts.tr("voice.test"), texts.language)])
            return
        if isinstance(action, want.Listen):
            # Asked for: said even when the voice is off for the rest.
            if self.speaker:
                self.speaker.say(
                    stage.utterances(), words_per_minute=settings.words_per_minute, volume=settings.loudness
                )
            return
        stays = before is not None and before.name == view.name and isinstance(action, IN_PLACE)
        self._show(view, target if stays else None)

    def send(self, intent: Intent) -> None:
        """Do what an intent wants and show it, as a touch would."""
        self._show(self.controller.send(intent), None)

    def _show(self, view: View, changed: str | None) -> None:
        """Draw a view; `changed` names what was touched when the page is still the same."""
        scene = self.stage.scene
        self._view = view
        settings = self.controller.visit.settings
        if changed and scene:
            self.stage.show(view, settings, part=scene.part, is_keyboard_hidden=scene.is_keyboard_hidden)
            assert self.stage.scene is not None
            piece = self.stage.scene.piece_of(changed)
            said = piece.utterances() if piece else []
            self._say(said)
            return
        self.stage.show(view, settings)
        if self._is_awake and (view.screen is not Screen.WELCOME or settings.language != "fr"):
            self._say(self.stage.utterances())

    def _tick(self, _elapsed: float) -> None:
        if self.controller.visit.is_new and not self.controller.is_warning and not self._is_awake:
            return
        is_speaking = bool(self.speaker and self.speaker.is_speaking)
        phase = self.idle.tick(self._now(), is_speaking=is_speaking)
        if phase is Phase.ACTIVE and self.controller.is_warning:
            # A finger that answered nothing is a sign of life too.
            self.act(want.StillHere(), "here")
        elif phase is Phase.EXPIRED or (phase is Phase.WARNING and self.controller.visit.is_new):
            self._end_idle()
        elif phase is Phase.WARNING:
            self._warn()

    def _warn(self) -> None:
        is_first = not self.controller.is_warning
        view = self.controller.warn_idle(self.idle.seconds_left)
        said = self.stage.scene and self.stage.said
        self.stage.show(view, self.controller.visit.settings)
        self._view = view
        if is_first:
            self.stage.release()
            self._say(self.stage.utterances())
        elif said:
            self.stage.mark_said(Utterance(said, "", "fr"))

    def _end_idle(self) -> None:
        self.stage.release()
        self._show(self.controller.erase(), None)

    def _forget(self) -> None:
        """Everything of the visit goes: sound, clips, pictures of its pages."""
        self._is_awake = False
        self._view = None
        self.idle.touched(self._now())
        if self.speaker:
            self.speaker.forget()
        self.stage.forget()
        gc.collect()

    def open_settings(self, *_arguments: object) -> bool:
        """Open nothing: Kivy's own settings, on the key F1, are not for a resident."""
        return False

    def _refuse_close(self, *_arguments: object, **_options: object) -> bool:
        """A keyboard must not close the terminal; staff does, from their corner."""
        return not self.controller.is_quitting and not self.is_windowed

    def on_stop(self) -> None:
        """Let go of voice and window."""
        Window.unbind(on_request_close=self._refuse_close)
        if self.speaker:
            self.speaker.close()
