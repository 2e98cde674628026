"""Driving the real terminal from a program: touches in, frames out. For measures and tests, never in a visit."""

from __future__ import annotations

import time
from collections.abc import Callable

from kivy.app import App
from kivy.base import EventLoop, runTouchApp, stopTouchApp
from kivy.clock import Clock
from kivy.core.window import Window
from kivy.input.motionevent import MotionEvent

from kiosk.ui.drawing.piece import Target
from kiosk.ui.drawing.scene import Scene
from kiosk.ui.stage import Stage


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
