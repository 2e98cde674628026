"""Guards for every test: no network, no real sleep, no print in the product, an empty data folder."""

from __future__ import annotations

import builtins
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

# Kivy reads these when it is first imported: before any test module is.
for _name in ("KIVY_NO_ARGS", "KIVY_NO_CONFIG", "KIVY_NO_FILELOG", "KIVY_NO_CONSOLELOG"):
    os.environ.setdefault(_name, "1")

# The guards below do not change from one example to the next.
settings.register_profile("desk", deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
settings.register_profile("ci", settings.get_profile("desk"), derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "desk")

OURS = ("kiosk", "tests", "test_", "conftest")


class ForbiddenInTestsError(AssertionError):
    """A test, or the product under test, did what no test may do."""


def _is_called_from(*packages: str) -> bool:
    name = str(sys._getframe(2).f_globals.get("__name__", ""))
    return name.startswith(packages)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def guarded(real: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: object) -> Any:
            if self.family != socket.AF_UNIX:
                raise ForbiddenInTestsError(f"a test reached for the network: {address}")
            return real(self, address)

        return connect

    monkeypatch.setattr(socket.socket, "connect", guarded(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", guarded(socket.socket.connect_ex))


@pytest.fixture(autouse=True)
def _no_real_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    real = time.sleep

    def sleep(seconds: float) -> None:
        # `subprocess` naps while it waits for a process: that is not ours to forbid.
        if _is_called_from(*OURS):
            raise ForbiddenInTestsError(f"time.sleep({seconds}): wait for a fact, or give a clock")
        real(seconds)

    monkeypatch.setattr(time, "sleep", sleep)


@pytest.fixture(autouse=True)
def _no_print(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.print

    def print_(*values: object, **options: Any) -> None:
        if _is_called_from("kiosk"):
            raise ForbiddenInTestsError(f"the product prints: {values}")
        real(*values, **options)

    monkeypatch.setattr(builtins, "print", print_)


@pytest.fixture(autouse=True)
def _fresh_data_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "data"))
    for name in ("KIOSK_ASSETS", "KIOSK_LOCALES"):
        monkeypatch.delenv(name, raising=False)
