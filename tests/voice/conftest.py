"""Real speech processes by default; workers that misbehave are small scripts of a few lines."""

import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.voice.engine import SpeechProcess

FakeWorker = Callable[[str], tuple[str, ...]]

_PRELUDE = """
import json, os, sys, time, wave
from pathlib import Path
here = Path(__file__).parent
with open(here / "starts", "a") as starts:
    starts.write(f"{time.monotonic()}\\n")
nth_start = len((here / "starts").read_text().splitlines())
def tell(message):
    sys.stdout.write(json.dumps(message) + "\\n")
    sys.stdout.flush()
def ready():
    tell({"ready": True, "languages": ["fr"], "version": "fake"})
def requests():
    for line in sys.stdin:
        yield json.loads(line)
def answer(request):
    with wave.open(request["out"], "wb") as clip:
        clip.setnchannels(1); clip.setsampwidth(2); clip.setframerate(8000)
        clip.writeframes(b"\\1\\0" * 800)
    tell({"id": request["id"], "ok": True, "seconds": 0.1})
"""


@pytest.fixture
def fake_worker(tmp_path: Path) -> FakeWorker:
    """Write a worker; each start of it adds the time to the file `starts` in `tmp_path`."""

    def write(body: str) -> tuple[str, ...]:
        script = tmp_path / "worker.py"
        script.write_text(_PRELUDE + textwrap.dedent(body))
        return (sys.executable, "-I", "-S", str(script))

    return write


@pytest.fixture(scope="session")
def voice() -> Iterator[SpeechProcess]:
    """One real speech process for the tests that do not hurt it."""
    process = SpeechProcess()
    process.start()
    yield process
    process.close(wait_seconds=5)


@pytest.fixture
def new_process() -> Iterator[Callable[..., SpeechProcess]]:
    """Start speech processes that end with the test."""
    made: list[SpeechProcess] = []

    def start(*args: object, **options: object) -> SpeechProcess:
        process = SpeechProcess(*args, **options)  # type: ignore[arg-type]
        made.append(process)
        process.start()
        return process

    yield start
    for process in made:
        process.close(wait_seconds=5)


@pytest.fixture
def until() -> Callable[..., None]:
    """Wait for a fact of another process, which cannot signal it: look 100 times a second."""
    from threading import Event
    from time import monotonic

    def wait(fact: Callable[[], object], seconds: float = 5.0) -> None:
        limit = monotonic() + seconds
        while not fact():
            assert monotonic() < limit, "it did not happen in time"
            Event().wait(0.01)

    return wait
