"""What is measured, from outside: each subject runs in processes of its own, the baseline in turn with it."""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

import psutil

from kiosk import __version__

REPEATS = 5
IDLE_SECONDS = 12
BUILDS = 3
OFFICIAL = "KIOSK_BENCH_OFFICIAL"
"""Environment variable that names the folders of official sheets to a subject."""

CHILD_SECONDS = 180


class BenchError(Exception):
    """A subject could not be measured; the message says which."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure; `ratio` is value over baseline, `goal` is in words."""

    name: str
    value: float
    unit: str
    baseline: float | None
    ratio: float | None
    goal: str


def machine() -> dict[str, Any]:
    """Describe the machine that the figures come from."""
    return {
        "processor": platform.processor() or platform.machine(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1e9, 1),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "kiosk": __version__,
    }


def _child(subject: str, folder: Path, named: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Run one subject in a process of its own and return what it measured."""
    environment = {
        **os.environ,
        **named,
        "SDL_AUDIODRIVER": "disk",
        "SDL_DISKAUDIOFILE": str(folder / "loudspeaker.raw"),
        "KIOSK_DATA": str(folder / "data"),
    }
    command = [sys.executable, "-m", "kiosk.bench.subject", subject, str(folder / "data")]
    try:
        done = subprocess.run(  # noqa: S603 - our own module
            command, env=environment, capture_output=True, check=True, timeout=CHILD_SECONDS
        )
        measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    except (subprocess.SubprocessError, ValueError, IndexError) as error:
        raise BenchError(f"{subject} could not be measured: {error}") from error
    return measured


def p95(values: list[float]) -> float:
    """Return the 95th percentile."""
    return statistics.quantiles(values, n=20, method="inclusive")[18] if len(values) > 1 else values[0]


def _ratio(name: str, value: float, baseline: float, unit: str, goal: str) -> Figure:
    return Figure(name, round(value, 4), unit, round(baseline, 4), round(value / baseline, 2), goal)


def measure(progress: Callable[[str], None], official: Sequence[Path] = ()) -> Iterator[Figure]:
    """Measure everything, a figure at a time; the library too when the folders of official sheets are given.

    Raises:
        BenchError: a subject failed.
    """
    with tempfile.TemporaryDirectory(prefix="kiosk-bench-") as name:
        folder = Path(name)
        yield from _starts(folder, progress)
        yield from _idle(folder, progress)
        yield from _touches(folder, progress)
        if official:
            yield from _library(folder, official, progress)


def _library(folder: Path, official: Sequence[Path], progress: Callable[[str], None]) -> Iterator[Figure]:
    progress("building the pack of the official library")
    named = {OFFICIAL: os.pathsep.join(str(path.resolve()) for path in official)}
    builds = [_child("library-build", folder, named) for _ in range(BUILDS)]
    yield _ratio(
        f"import of {builds[0]['sheets']} official files to a pack with its index",
        statistics.median(one["build_seconds"] for one in builds),
        statistics.median(one["parse_seconds"] for one in builds),
        "s",
        "≤ 8 × parsing with the standard library",
    )
    yield Figure("peak memory of the import", max(one["peak_mb"] for one in builds), "MB", None, None, "≤ 400 MB")
    yield Figure("size of the pack", round(builds[0]["pack_mb"], 1), "MB", None, None, "≤ 25 MB")
    progress("opening sheets of the library and searching in it")
    found = _child("library-use", folder)
    yield Figure(
        "opening a sheet to first page drawn, p95", round(p95(found["open_ms"]), 1), "ms", None, None, "≤ 100 ms"
    )
    yield Figure(
        "search in the library, one letter, p95", round(p95(found["search_ms"]), 1), "ms", None, None, "≤ 15 ms"
    )
    progress("starting with the library and with our own procedures, in turn")
    yield _ratio(
        "cold start with the library",
        *_starts_in_turn(folder, "library-start", "terminal-start"),
        "s",
        "≤ 1.1 × start with our own procedures",
    )


def _starts_in_turn(folder: Path, subject: str, baseline: str) -> tuple[float, float]:
    """Return the median seconds of two starts, each measured in turn with the other."""
    pairs = [(_child(subject, folder)["seconds"], _child(baseline, folder)["seconds"]) for _ in range(REPEATS)]
    first, second = zip(*pairs, strict=True)
    return statistics.median(first), statistics.median(second)


def _starts(folder: Path, progress: Callable[[str], None]) -> Iterator[Figure]:
    progress("starting the terminal and an empty window, in turn")
    _child("terminal-start", folder)  # builds the default pack: only a first start does that
    yield _ratio(
        "cold start to first drawn screen",
        *_starts_in_turn(folder, "terminal-start", "empty-start"),
        "s",
        "≤ 1.5 × empty window",
    )


def _idle(folder: Path, progress: Callable[[str], None]) -> Iterator[Figure]:
    progress("leaving the terminal and an empty window alone")
    empty = _child("empty-idle", folder)
    terminal = _child("terminal-idle", folder)
    yield _ratio("idle processor", terminal["cpu_percent"], empty["cpu_percent"], "% of a core", "≤ 1.2 × empty window")
    yield _ratio("resident memory", terminal["rss_mb"], empty["rss_mb"], "MB", "≤ 1.5 × empty window")
    yield Figure(
        "resident memory of the voice process", round(terminal["voice_rss_mb"], 1), "MB", None, None, "told, no goal"
    )


def _touches(folder: Path, progress: Callable[[str], None]) -> Iterator[Figure]:
    progress("touching and listening")
    found = _child("touches", folder)
    yield Figure("touch to next screen drawn, p95", round(p95(found["touch_ms"]), 1), "ms", None, None, "≤ 100 ms")
    yield Figure("press feedback drawn, p95", round(p95(found["press_ms"]), 1), "ms", None, None, "≤ 100 ms")
    yield Figure(
        "listen to first sample, not cached, p95", round(p95(found["uncached_ms"]), 1), "ms", None, None, "≤ 200 ms"
    )
    yield Figure("listen to first sample, cached, p95", round(p95(found["cached_ms"]), 1), "ms", None, None, "≤ 50 ms")
    yield Figure("touch to silence, longest", round(max(found["silence_ms"]), 1), "ms", None, None, "≤ 150 ms")
    yield Figure("search, one letter, p95", round(p95(found["search_ms"]), 2), "ms", None, None, "≤ 15 ms")
