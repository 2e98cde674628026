"""Driving the real terminal from a program: touches in, frames out. For measures and tests, never in a visit."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from kivy.app import App
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input.motionevent import MotionEvent
from kivy.uix.widget import Widget

from kiosk.session import intents as want
from kiosk.session.views import Screen
from kiosk.ui import mixer
from kiosk.ui.drawing.piece import Target
from kiosk.ui.drawing.scene import Scene
from kiosk.ui.stage import GUARD_SECONDS, Stage


class Finger(MotionEvent):
    """One finger on the glass, at a place in pixels from the top left corner."""

    _count = 0

    def __init__(self, x: float, y: float) -> None:
        Finger._count += 1
        super().__init__("driver", f"finger-{Finger._count}", {"x": x / Window.width, "y": 1 - y / Window.height})
        self.is_touch = True
        self.type_id = "touch"

    def depack(self, args: dict[str, float]) -> None:
        """Take a place as shares of the window."""
        self.profile = ["pos"]
        self.sx, self.sy = args["x"], args["y"]
        super().depack(args)

    def down(self) -> None:
        """Put the finger on the glass."""
        EventLoop.post_dispatch_input("begin", self)

    def slide(self, x: float, y: float) -> None:
        """Slide it, still on the glass."""
        self.move({"x": x / Window.width, "y": 1 - y / Window.height})
        EventLoop.post_dispatch_input("update", self)

    def up(self) -> None:
        """Lift it."""
        EventLoop.post_dispatch_input("end", self)


class Driver:
    """Runs an app frame by frame."""

    def __init__(self, app: App) -> None:
        self.app = app

    def start(self) -> None:
        """Build the app and draw its first frame."""
        self.app._run_prepare()
        runTouchApp(embedded=True)
        self.frame()

    def frame(self) -> None:
        """Let one frame happen."""
        EventLoop.idle()

    def until(self, is_reached: Callable[[], bool], seconds: float = 10.0) -> bool:
        """Let frames happen until something is so; tell whether it came in time."""
        end = time.perf_counter() + seconds
        while not is_reached():
            if time.perf_counter() > end:
                return False
            self.frame()
        return True

    @property
    def stage(self) -> Stage:
        """Return the stage of the app."""
        stage: Stage = self.app.root
        return stage

    @property
    def scene(self) -> Scene:
        """Return what is drawn."""
        assert self.stage.scene is not None
        return self.stage.scene

    def target(self, key: str) -> Target:
        """Return a target by its id.

        Raises:
            LookupError: it is not on the screen; the message says what is.
        """
        targets = self.scene.targets()
        for target in targets:
            if target.id == key:
                return target
        raise LookupError(f"no {key} on {self.scene.view.name}: {[target.id for target in targets]}")

    def tap(self, key: str) -> None:
        """Touch the middle of a target and lift the finger there, then let the screen change."""
        frame = self.target(key).frame
        self.tap_at(frame.x + frame.width / 2, frame.y + frame.height / 2)

    def tap_at(self, x: float, y: float) -> None:
        """Touch a point."""
        finger = Finger(x, y)
        finger.down()
        self.frame()
        finger.up()
        self.frame()

    def stop(self) -> None:
        """End the app and leave the window empty for another."""
        self.app.dispatch("on_stop")
        stopTouchApp()
        for widget in list(Window.children):
            Window.remove_widget(widget)
        for event in Clock.get_events():
            event.cancel()
        App._running_app = None


BUFFER_MS = 1000 * mixer.FRAMES / mixer.RATE


class Ear(Protocol):
    """Hears what leaves the loudspeaker."""

    @property
    def size(self) -> int:
        """Bytes heard so far."""

    def first_sound_ms(self, start: int) -> float | None:
        """Milliseconds of silence after a byte."""

    def last_sound_ms(self, start: int) -> float:
        """Milliseconds until the last sound after a byte."""


def empty_app() -> App:
    """Return an app with nothing in it: the baseline of what Kivy itself costs."""
    app = App()
    app.build = lambda: Widget()
    return app


def seconds_to_first_frame(app: App, since: Callable[[], float]) -> float:
    """Run an app until its first frame was drawn and return what `since` says then."""
    found: list[float] = []

    def drawn(*_arguments: object) -> None:
        if not found and app.root is not None:
            found.append(since())
            app.stop()

    Window.bind(on_flip=drawn)
    app.run()
    return found[0]


def run_with(app: App, events: list[tuple[float, Callable[[], None]]]) -> None:
    """Run an app, call things at their seconds, and end it after the last."""
    for seconds, event in events:
        Clock.schedule_once(lambda _elapsed, call=event: call(), seconds)
    Clock.schedule_once(lambda _elapsed: app.stop(), events[-1][0] + 0.2)
    app.run()


def _drawn_ms(driver: Driver, act: Callable[[], None]) -> float:
    """Return the milliseconds from an act to the end of the frame that shows it."""
    begin = time.perf_counter()
    act()
    driver.frame()
    return 1000 * (time.perf_counter() - begin)


def _rest(driver: Driver, seconds: float = GUARD_SECONDS + 0.05) -> None:
    """Let time pass as a person does between two touches."""
    end = time.perf_counter() + seconds
    driver.until(lambda: time.perf_counter() > end, seconds + 1)


def walk_and_measure(driver: Driver, visits: int = 3) -> dict[str, list[float]]:
    """Walk through the terminal by touch; time the press shown and the next screen drawn."""
    press: list[float] = []
    touch: list[float] = []

    def go(key: str) -> None:
        frame = driver.target(key).frame
        finger = Finger(frame.x + frame.width / 2, frame.y + frame.height / 2)
        press.append(_drawn_ms(driver, finger.down))
        touch.append(_drawn_ms(driver, finger.up))
        _rest(driver)

    for _ in range(visits):
        for key in ("start", "theme.papiers", "procedure.carte-identite"):
            go(key)
        while not any(target.id.startswith("way.") for target in driver.scene.targets()):
            go("more")
        go("way.without_internet")
        for _ in range(30):
            keys = [target.id for target in driver.scene.targets()]
            if driver.scene.view.screen is Screen.SHEET and "more" not in keys:
                break
            go(next((key for key in keys if key.startswith("choice.")), "more" if "more" in keys else "next"))
        for key in ("nav.leave", "finish", "skip"):
            go(key)
    return {"press_ms": press, "touch_ms": touch}


def open_and_measure(driver: Driver, procedures: Sequence[str]) -> list[float]:
    """Open procedures one after the other from the home screen; return the milliseconds until each is drawn."""
    took: list[float] = []
    for key in procedures:
        driver.app.send(want.EraseAll())
        driver.app.send(want.Start("fr"))
        driver.frame()
        opening = want.OpenProcedure(key)
        took.append(_drawn_ms(driver, lambda opening=opening: driver.app.send(opening)))  # type: ignore[misc]
    return took


def listen_and_measure(driver: Driver, ear: Ear, times: int = 20) -> dict[str, list[float]]:
    """Touch Listen with and without clips at hand, and touch the glass while it speaks."""
    uncached: list[float] = []
    cached: list[float] = []
    silence: list[float] = []

    def heard(key: str) -> float:
        frame = driver.target(key).frame
        finger = Finger(frame.x + frame.width / 2, frame.y + frame.height / 2)
        finger.down()
        driver.frame()
        start = ear.size
        finger.up()
        driver.until(lambda: ear.first_sound_ms(start) is not None, 5)
        # The file grows a buffer at a time, so `start` lies up to one buffer before the touch: this is the most
        # that can have passed until the sound device was handed the sample.
        return ear.first_sound_ms(start) or float("nan")

    heard("nav.listen")
    for _ in range(times):
        _rest(driver)
        driver.app.speaker.forget()
        _rest(driver)
        uncached.append(heard("nav.listen"))
        _rest(driver)
        start = ear.size
        Finger(3, driver.scene.height - 3).down()
        _rest(driver)
        driver.stage.release()
        # What the device was handed before the touch is heard to its end: one buffer more.
        silence.append(ear.last_sound_ms(start) + BUFFER_MS)
        cached.append(heard("nav.listen"))
    return {"uncached_ms": uncached, "cached_ms": cached, "silence_ms": silence}
