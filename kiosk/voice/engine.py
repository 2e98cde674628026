"""The speech process, owned and watched: rendering that cannot block, hang or take us with it.

pyttsx3 can wait for ever, and eSpeak is C code fed with any text, so both live in a process of
their own (`worker`). One thread here starts it, reads it and starts it again; `render` is called
from any other thread but the UI's, and gives up at its deadline. What is said, kept and played is
left to `speaker`.
"""

import json
import logging
import os
import selectors
import subprocess
import sys
import threading
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path
from time import monotonic
from typing import IO

import kiosk.voice
from kiosk.voice.errors import VoiceFailure, VoiceUnavailableError

logger = logging.getLogger(__name__)

WORKER_COMMAND = (sys.executable, "-m", "kiosk.voice.worker")

# eSpeak needs 0.2 ms a character on a desktop processor: ten times that for a small fanless one.
_SECONDS_PER_CHARACTER = 0.002
# A pipe holds 64 KiB: a longer line could block its writer beyond the deadline.
_MAX_REQUEST_BYTES = 60_000
_MAX_ANSWER_BYTES = 60_000


class _Phase(Enum):
    NEW = auto()
    STARTING = auto()
    READY = auto()
    PAUSING = auto()  # it failed too soon: not started again before a while
    CLOSED = auto()


class _GarbageError(Exception):
    """The process said something that is not an answer."""


class SpeechProcess:
    """A speech worker process that is always there, or will be again soon.

    One that had served is started again at once when it dies or hangs; one that fails without
    having served waits for `restart_pauses`, longer each time, so as not to burn a small processor.
    """

    def __init__(
        self,
        command: Sequence[str] = WORKER_COMMAND,
        *,
        answer_seconds: float = 2.0,
        ready_seconds: float = 10.0,
        restart_pauses: Sequence[float] = (1, 2, 4, 8, 16, 30),
    ) -> None:
        self._command = tuple(command)
        self._answer_seconds = answer_seconds
        self._ready_seconds = ready_seconds
        self._restart_pauses = tuple(restart_pauses)
        self._turn = threading.Lock()  # one request at a time
        self._changed = threading.Condition()  # guards all that follows
        self._phase = _Phase.NEW
        self._process: subprocess.Popen[bytes] | None = None
        self._thread: threading.Thread | None = None
        self._languages: tuple[str, ...] = ()
        self._version = ""
        self._request_id = 0
        self._answer: dict[str, object] | None = None
        self._last_failure = VoiceFailure.DIED

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages it has a voice for ("fr", "ar"…); empty until it was ready once."""
        return self._languages

    @property
    def version(self) -> str:
        """Which engine it is; part of what a clip sounds like. Empty until it was ready once."""
        return self._version

    @property
    def process_id(self) -> int | None:
        """The process now running, for health reports."""
        process = self._process
        return process.pid if process else None

    def start(self) -> None:
        """Start the process in the background; harmless when already started or closed."""
        with self._changed:
            if self._phase is not _Phase.NEW:
                return
            self._phase = _Phase.STARTING
            self._thread = threading.Thread(target=self._supervise, name="voice-process", daemon=True)
            self._thread.start()

    def close(self, wait_seconds: float = 0.0) -> None:
        """Kill the process, for good; whoever is in `render` gets an error at once."""
        with self._changed:
            self._phase = _Phase.CLOSED
            if self._process:
                self._process.kill()
            self._changed.notify_all()
            thread = self._thread
        if thread and wait_seconds:
            thread.join(wait_seconds)

    def render(self, text: str, language: str, words_per_minute: int, out: Path) -> float:
        """Speak a text into a WAV file and return its length in seconds. Blocks: not for the UI.

        Raises:
            VoiceUnavailableError: whatever the reason, at the latest 2 s (more for a long text)
                after its turn came.
        """
        with self._turn:
            limit = monotonic() + self._answer_seconds + len(text) * _SECONDS_PER_CHARACTER
            process, request_id = self._take_process(limit)
            request = {
                "id": request_id,
                "text": text,
                "language": language,
                "words_per_minute": words_per_minute,
                "out": str(out),
            }
            self._send(process, request)
            return self._wait_for_answer(process, limit)

    def _take_process(self, limit: float) -> tuple[subprocess.Popen[bytes], int]:
        with self._changed:
            while self._phase is _Phase.STARTING:
                if not self._changed.wait(limit - monotonic()):
                    # It has a longer deadline of its own to be ready: not killed here.
                    raise VoiceUnavailableError(VoiceFailure.NOT_RUNNING)
            if self._phase is _Phase.CLOSED:
                raise VoiceUnavailableError(VoiceFailure.CLOSED)
            if self._phase is not _Phase.READY or self._process is None:
                raise VoiceUnavailableError(VoiceFailure.NOT_RUNNING)
            self._request_id += 1
            self._answer = None
            return self._process, self._request_id

    def _send(self, process: subprocess.Popen[bytes], request: dict[str, object]) -> None:
        line = json.dumps(request).encode("ascii") + b"\n"
        if len(line) > _MAX_REQUEST_BYTES:
            raise VoiceUnavailableError(VoiceFailure.TOO_LONG)
        try:
            _pipe(process.stdin).write(line)
            _pipe(process.stdin).flush()
        except (OSError, ValueError) as error:  # ValueError: closed meanwhile by the supervisor
            raise VoiceUnavailableError(VoiceFailure.DIED) from error

    def _wait_for_answer(self, process: subprocess.Popen[bytes], limit: float) -> float:
        with self._changed:
            while self._answer is None:
                if self._phase is _Phase.CLOSED:
                    raise VoiceUnavailableError(VoiceFailure.CLOSED)
                if self._process is not process:
                    raise VoiceUnavailableError(self._last_failure)
                if not self._changed.wait(limit - monotonic()) and self._answer is None:
                    logger.warning("voice process hangs, killed")
                    process.kill()
                    # The next request must wait for the new process, not be sent to the dead one.
                    self._phase = _Phase.STARTING
                    raise VoiceUnavailableError(VoiceFailure.TOO_LATE)
            answer = self._answer
        if answer["ok"] is True and isinstance(answer.get("seconds"), int | float):
            return float(str(answer["seconds"]))
        no_voice = answer.get("error") == "no voice"
        raise VoiceUnavailableError(VoiceFailure.NO_VOICE if no_voice else VoiceFailure.REFUSED)

    # What follows runs on the supervising thread.

    def _supervise(self) -> None:
        failures = 0
        while True:
            has_served = self._run_once()
            failures = 0 if has_served else failures + 1
            pause = 0.0
            if failures:
                pause = self._restart_pauses[min(failures, len(self._restart_pauses)) - 1]
            with self._changed:
                if self._phase is not _Phase.CLOSED and pause:
                    self._phase = _Phase.PAUSING
                    self._changed.notify_all()
                    self._changed.wait_for(lambda: self._phase is _Phase.CLOSED, pause)
                if self._phase is _Phase.CLOSED:
                    return
                self._phase = _Phase.STARTING
                self._changed.notify_all()

    def _run_once(self) -> bool:
        """Run one process to its end, and tell whether it was of any use."""
        answers = 0
        ready_at: float | None = None
        failure = VoiceFailure.DIED
        try:
            process = self._spawn()
        except OSError as error:
            logger.warning("voice process cannot be started: %s", type(error).__name__)
            return False
        try:
            lines = _Lines(_pipe(process.stdout))
            with self._changed:
                if self._phase is _Phase.CLOSED:
                    return False
                self._process = process
            if self._greet(lines.next(self._ready_seconds)):
                ready_at = monotonic()
                while line := lines.next(None):
                    self._take_answer(line)
                    answers += 1
        except TimeoutError:
            logger.warning("voice process was never ready, killed")
        except _GarbageError:
            failure = VoiceFailure.GARBAGE
            logger.warning("voice process talks nonsense, killed")
        finally:
            process.kill()
            with self._changed:
                self._process = None
                self._last_failure = failure
                if self._phase is not _Phase.CLOSED:
                    self._phase = _Phase.STARTING
                self._changed.notify_all()
            _bury(process)
        # One that stood ready for long before it was killed did not fail at once either.
        stood = ready_at is not None and monotonic() - ready_at > self._restart_pauses[-1]
        return answers > 0 or stood

    def _spawn(self) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("KIVY")}
        # The worker is the one that came with this code, wherever the kiosk was started from.
        root = str(Path(kiosk.voice.__file__).parents[2])
        others = environment.get("PYTHONPATH")
        environment["PYTHONPATH"] = os.pathsep.join([root, others] if others else [root])
        return subprocess.Popen(  # noqa: S603 - our own interpreter and module, nothing typed
            self._command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # eSpeak and pyttsx3 chatter, with parts of what is said
            env=environment,
        )

    def _greet(self, line: bytes) -> bool:
        if not line:
            return False  # it died
        greeting = _parse(line)
        languages = greeting.get("languages")
        if greeting.get("ready") is False:
            logger.warning("voice engine is missing or broken")
            return False
        if greeting.get("ready") is not True or not isinstance(languages, list):
            raise _GarbageError
        with self._changed:
            self._languages = tuple(str(language) for language in languages)
            self._version = str(greeting.get("version", ""))
            if self._phase is _Phase.STARTING:
                self._phase = _Phase.READY
            self._changed.notify_all()
        return True

    def _take_answer(self, line: bytes) -> None:
        answer = _parse(line)
        with self._changed:
            is_expected = answer.get("id") == self._request_id and self._answer is None
            if not is_expected or not isinstance(answer.get("ok"), bool):
                raise _GarbageError
            self._answer = answer
            self._changed.notify_all()


class _Lines:
    """Lines out of a pipe, with a deadline and a longest length."""

    def __init__(self, pipe: IO[bytes]) -> None:
        self._file = pipe.fileno()
        self._buffer = b""

    def next(self, timeout_seconds: float | None) -> bytes:
        """Return the next line, or nothing at the end of the pipe.

        Raises:
            TimeoutError: no whole line came in time.
            _GarbageError: the line has no end.
        """
        limit = None if timeout_seconds is None else monotonic() + timeout_seconds
        with selectors.DefaultSelector() as selector:
            selector.register(self._file, selectors.EVENT_READ)
            while b"\n" not in self._buffer:
                if len(self._buffer) > _MAX_ANSWER_BYTES:
                    raise _GarbageError
                left = None if limit is None else max(0.0, limit - monotonic())
                if not selector.select(left):
                    raise TimeoutError
                data = os.read(self._file, 65536)
                if not data:
                    return b""
                self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\n")
        return line + b"\n"


def _parse(line: bytes) -> dict[str, object]:
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise _GarbageError from error
    if not isinstance(message, dict):
        raise _GarbageError
    return message


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise OSError
    return pipe


def _bury(process: subprocess.Popen[bytes]) -> None:
    process.wait()
    for pipe in (process.stdin, process.stdout):
        try:
            _pipe(pipe).close()
        except OSError:
            continue  # what was left to write has no reader any more
