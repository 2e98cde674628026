"""What runs in a process of its own to be measured: `python -m kiosk.bench.subject NAME DATA`; one JSON line out."""

from __future__ import annotations

import datetime as dt
import json
import os
import resource
import struct
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psutil

from kiosk import bootstrap, building, paths
from kiosk.bench.figures import OFFICIAL
from kiosk.config import Config
from kiosk.sources.authored.library import read_library
from kiosk.ui import window

PROFILE = "portrait-21"
SIZE = (1080, 1920)
SETTLE_SECONDS = 4.0
IDLE_SECONDS = 12.0
BYTES_PER_MS = 44100 * 4 / 1000
AUDIBLE = 200
FULL_PACK = "library.sqlite"
OPENED = 300
"""Sheets that are opened, spread over the library."""

QUERIES = (
    *("refaire carte didentité", "mon mari me frappe", "jai plus de travail", "permis perdu", "aide pour le loyer"),
    *("mon pere est mort", "voisin bruyant", "je veux divorcer", "cantine gratuite", "changer adresse carte grise"),
    *("papier pour aller en espagne avec ma fille", "retraite a 62 ans", "demande de rsa", "passeport bebe urgent"),
)


def _since_birth() -> float:
    """Return the seconds since this process was made, its interpreter's start included."""
    return time.time() - psutil.Process().create_time()


def _terminal(data: Path) -> Any:
    device = bootstrap.open_device(data)
    window.prepare(SIZE, is_windowed=False, home=data / "kivy")
    return bootstrap.build_app(device, Config(), PROFILE, is_windowed=False)


def _empty(data: Path) -> Any:
    window.prepare(SIZE, is_windowed=False, home=data / "kivy")
    from kiosk.ui.driving import empty_app

    return empty_app()


def _start(make: Callable[[Path], Any], data: Path) -> dict[str, Any]:
    app = make(data)
    from kiosk.ui import driving

    drawn = driving.seconds_to_first_frame(app, _since_birth)
    return {"seconds": drawn}


def _idle(make: Callable[[Path], Any], data: Path) -> dict[str, Any]:
    app = make(data)
    from kiosk.ui import driving

    found: dict[str, Any] = {}
    process = psutil.Process()

    def begin() -> None:
        used = process.cpu_times()
        found["before"] = (used.user + used.system, time.perf_counter())

    def end() -> None:
        used = process.cpu_times()
        cpu, clock = found.pop("before")
        found["cpu_percent"] = 100 * (used.user + used.system - cpu) / (time.perf_counter() - clock)
        found["rss_mb"] = process.memory_info().rss / 1e6
        children = [child.memory_info().rss for child in process.children()]
        found["voice_rss_mb"] = sum(children) / 1e6

    driving.run_with(app, [(SETTLE_SECONDS, begin), (SETTLE_SECONDS + IDLE_SECONDS, end)])
    return found


class _Ear:
    """Hears the file that SDL's disk driver writes in the place of a loudspeaker."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def size(self) -> int:
        return self.path.stat().st_size if self.path.exists() else 0

    def samples(self, start: int) -> tuple[int, ...]:
        with self.path.open("rb") as stream:
            stream.seek(start)
            data = stream.read()
        count = len(data) // 2
        return struct.unpack(f"<{count}h", data[: count * 2])

    def first_sound_ms(self, start: int) -> float | None:
        """Return the milliseconds of silence after a byte, None while nothing was heard."""
        if not self.path.exists():
            return None
        for number, value in enumerate(self.samples(start)):
            if abs(value) > AUDIBLE:
                return number * 2 / BYTES_PER_MS
        return None

    def last_sound_ms(self, start: int) -> float:
        """Return when the last sound after a byte was heard."""
        values = self.samples(start)
        last = max((number for number, value in enumerate(values) if abs(value) > AUDIBLE), default=0)
        return last * 2 / BYTES_PER_MS


def _touches(data: Path) -> dict[str, Any]:
    app = _terminal(data)
    from kiosk.ui import driving

    driver = driving.Driver(app)
    driver.start()
    driver.until(lambda: app.speaker is not None and app.speaker.state is not None)
    measured = driving.walk_and_measure(driver)
    ear = _Ear(Path(os.environ["SDL_DISKAUDIOFILE"]))
    voice = driving.listen_and_measure(driver, ear)
    find = bootstrap.finder(app.controller.around.content)
    search = []
    for query in ("carte", "refaire ma carte", "didentité perdu", "aide logement", "secu"):
        for length in range(1, len(query) + 1):
            begin = time.perf_counter()
            find.search(query[:length], 24)
            search.append(1000 * (time.perf_counter() - begin))
    driver.stop()
    return {**measured, **voice, "search_ms": search}


def _library_build(data: Path) -> dict[str, Any]:
    """Parse the official sheets with the standard library, then build the pack of them, in one process."""
    official = [Path(path) for path in os.environ[OFFICIAL].split(os.pathsep)]
    files = [path for folder in official for path in sorted(folder.glob("*.xml"))]
    begin = time.perf_counter()
    for path in files:
        ET.parse(path)  # noqa: S314 - the same files that the import reads with care
    parsed = time.perf_counter() - begin
    library = read_library(paths.assets(), dt.datetime.now(dt.UTC).date())
    synonyms = building.synonyms_of(paths.assets())
    out = data / FULL_PACK
    begin = time.perf_counter()
    jobs = os.cpu_count() or 1
    built = building.build_pack(out, library, synonyms, dt.datetime.now(dt.UTC), official, jobs=jobs)
    seconds = time.perf_counter() - begin
    # What the system tells of the children is the largest of them: count each process as large as that.
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss + (os.cpu_count() or 1) * largest
    return {
        "parse_seconds": parsed,
        "build_seconds": seconds,
        "peak_mb": peak / 1000,
        "pack_mb": out.stat().st_size / 1e6,
        "sheets": len(files),
        "procedures": built.procedures,
    }


def _library_terminal(data: Path) -> Any:
    device = bootstrap.open_device(data, data / FULL_PACK)
    window.prepare(SIZE, is_windowed=False, home=data / "kivy")
    return bootstrap.build_app(device, Config(), PROFILE, is_windowed=False)


def _library_use(data: Path) -> dict[str, Any]:
    """Open sheets of the whole library, spread over it, and type searches letter by letter."""
    app = _library_terminal(data)
    from kiosk.ui import driving

    driver = driving.Driver(app)
    driver.start()
    driver.until(lambda: app.root is not None)
    content = app.controller.around.content
    keys = content.sheet_ids()
    found: dict[str, Any] = {"open_ms": driving.open_and_measure(driver, keys[:: max(1, len(keys) // OPENED)])}
    finder = app.controller.around.finder
    finder.search("carte", 6)
    letters = []
    for query in QUERIES:
        for length in range(1, len(query) + 1):
            begin = time.perf_counter()
            finder.search(query[:length], 24)
            finder.suggest(query[:length])
            letters.append(1000 * (time.perf_counter() - begin))
    found["search_ms"] = letters
    driver.stop()
    return found


SUBJECTS: dict[str, Callable[[Path], dict[str, Any]]] = {
    "terminal-start": lambda data: _start(_terminal, data),
    "empty-start": lambda data: _start(_empty, data),
    "terminal-idle": lambda data: _idle(_terminal, data),
    "empty-idle": lambda data: _idle(_empty, data),
    "touches": _touches,
    "library-build": _library_build,
    "library-start": lambda data: _start(_library_terminal, data),
    "library-use": _library_use,
}


def main() -> None:
    """Measure one subject."""
    name, data = sys.argv[1], Path(sys.argv[2])
    sys.stdout.write(json.dumps(SUBJECTS[name](data)) + "\n")
    sys.stdout.flush()
    # Kivy's threads have nothing to save: leaving at once keeps the next subject undisturbed.
    os._exit(0)


if __name__ == "__main__":
    main()
