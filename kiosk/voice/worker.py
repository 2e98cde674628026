"""The process that speaks: pyttsx3 over eSpeak NG, a JSON request a line in, an answer a line out.

Run as `python -m kiosk.voice.worker` by `engine.SpeechProcess`, which kills it when it hangs: so
nothing here is bounded in time. The first line out is `{"ready": true, "languages": [...]}`.
pyttsx3 is imported in this process only, and only in `main`.

What pyttsx3 2.99 does on eSpeak NG 1.51 (Debian 12), and what is done about it here:

* eSpeak runs in its own thread. `setProperty("rate")` only queues a command for it, and
  `runAndWait` begins with `espeak_Cancel` when that queue is not empty: the new rate is silently
  lost and the sentence spoken at the rate before (102 times in 200). So we wait until eSpeak is
  idle between the properties and the sentence: 0 in 200.
* What is asked before the first `runAndWait` is queued, and that first call returns before the
  sentence is made (#219). An empty one is run at start; later calls do wait.
* They wait for ever when the file cannot be written (no folder, disk full): the WAV is written
  from a C callback, which swallows the exception and never ends the loop. So the driver writes to
  memory, which it takes as well as a name, and we write the file, with errors that can be told.
* Its `Synth` tells eSpeak that the text is ten times as long as it is, and eSpeak copies that
  much: beyond some 3,000 characters that is a segmentation fault, below it is what happened to
  lie behind. It is replaced by one that tells the true length.
* The calls that hang at the second sentence (#126, #131, #194) were not seen in 2,000 sentences;
  should one hang, the parent's watchdog kills this process.
* An unknown voice is reported to `error` listeners only, and the previous voice goes on.
* It prints a line to stdout for each file: stdout is given to /dev/null, we keep a private copy.
* The header is right (16 bits, mono, 22,050 Hz), neither ffmpeg nor aplay is needed to save.
* Voices: `id` is eSpeak's file ("roa/fr", "gmw/en", "sem/ar"), lower-cased but found all the same;
  `languages` is one tag in a list ("fr-fr", "en-gb", "ar"). The plain "fr" and "en" do not exist.
"""

import contextlib
import ctypes
import importlib
import importlib.metadata
import io
import json
import os
import queue
import sys
import threading
import time
import wave
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, NoReturn

# Which accent stands for a language when the request does not say.
_STANDARD_ACCENTS = {"fr": "fr-fr", "en": "en-gb", "zh": "cmn"}

# Words really spoken a minute for each "word a minute" of eSpeak's own rate, which counts English
# words of a fixed length. Measured on administrative sentences, pauses included, at 90 to 200:
# it moves by less than 4 % within that range.
_WORDS_PER_NOMINAL_WORD = {
    "fr": 1.18,
    "en": 1.26,
    "es": 1.01,
    "de": 0.97,
    "it": 0.95,
    "pt": 0.88,
}
# Other languages (Arabic, Turkish… put a whole phrase in a word) keep the French pace of sounds:
# counting their words would make them far too fast.
_DEFAULT_FACTOR = 1.18

_SLOWEST_NOMINAL = 80  # eSpeak goes no slower, so a pause after each word does the rest
_FASTEST_NOMINAL = 450
_SECONDS_PER_GAP = 0.0315  # one unit of word gap at the slowest rate, measured in French and English
_WORD_GAP = 7  # espeakWORDGAP; pyttsx3 names this number EMPHASIS and has no property for it
_RATE = "rate"


@dataclass(frozen=True, slots=True)
class Pace:
    """eSpeak's own settings for a number of words a minute."""

    nominal_rate: int
    word_gap: int


def pace(words_per_minute: float, language: str) -> Pace:
    """Find the settings that give this number of real words a minute; pitch is not touched."""
    factor = _WORDS_PER_NOMINAL_WORD.get(_base(language), _DEFAULT_FACTOR)
    nominal = words_per_minute / factor
    if nominal >= _SLOWEST_NOMINAL:
        return Pace(min(round(nominal), _FASTEST_NOMINAL), 0)
    missing_seconds = 60 / max(words_per_minute, 20) - 60 / (_SLOWEST_NOMINAL * factor)
    return Pace(_SLOWEST_NOMINAL, round(missing_seconds / _SECONDS_PER_GAP))


def choose_voice(voices: Mapping[str, str], language: str) -> str | None:
    """Choose from voice ids by language tag: the exact tag, else the standard accent, else any."""
    wanted = language.lower().replace("_", "-")
    base = _base(wanted)
    for tag in (wanted, _STANDARD_ACCENTS.get(base, base), base):
        if tag in voices:
            return voices[tag]
    return next((voice for tag, voice in voices.items() if _base(tag) == base), None)


def offered_languages(tags: Iterable[str]) -> list[str]:
    """List the languages, without accents, that the voices of these tags speak."""
    standard = {tag: language for language, tag in _STANDARD_ACCENTS.items()}
    return sorted({standard.get(tag, _base(tag)) for tag in tags})


def _base(language: str) -> str:
    return language.lower().replace("_", "-").split("-")[0]


def _import(name: str) -> Any:
    return importlib.import_module(name)


AUDIBLE = 200
"""Samples (of 32,767) below this are silence to the ear."""

KEPT_SECONDS = 0.005


def without_silent_start(wav: bytes) -> tuple[bytes, float]:
    """Cut the silence that eSpeak puts before the first sound, 20 to 60 ms; return the clip and its seconds.

    Somebody who touches « Écouter » hears that much sooner that it worked.
    """
    with wave.open(io.BytesIO(wav), "rb") as clip:
        parameters, frames = clip.getparams(), clip.readframes(clip.getnframes())
    samples = array("h", frames)
    first = next((number for number, sample in enumerate(samples) if abs(sample) > AUDIBLE), 0)
    start = max(first - int(KEPT_SECONDS * parameters.framerate), 0)
    cut = io.BytesIO()
    with wave.open(cut, "wb") as clip:
        clip.setparams(parameters)
        clip.writeframes(samples[start:].tobytes())
    return cut.getvalue(), (len(samples) - start) / parameters.framerate


class _RefusedError(Exception):
    """The request cannot be done; the message goes back and never holds what was to be said."""


class _Renderer:
    """pyttsx3 with the precautions listed above."""

    def __init__(self) -> None:
        self._espeak = _import("pyttsx3.drivers._espeak")
        self._espeak.Synth = self._synthesize
        self._engine = _import("pyttsx3").init("espeak")
        self._engine.connect("error", self._note_error)
        self._engine.connect("finished-utterance", self._note_end)
        self._has_failed = False
        self._has_finished = False
        self._voices: dict[str, str] = {}
        for voice in self._engine.getProperty("voices"):
            for tag in voice.languages:
                self._voices.setdefault(tag.lower(), voice.id)
        self._engine.runAndWait()
        self._wait_until_idle()

    @property
    def languages(self) -> list[str]:
        return offered_languages(self._voices)

    @property
    def version(self) -> str:
        self._espeak.dll.espeak_Info.restype = ctypes.c_char_p
        espeak = self._espeak.dll.espeak_Info(None).decode("utf-8", "replace")
        return f"pyttsx3 {importlib.metadata.version('pyttsx3')}, eSpeak {espeak}"

    def render(self, text: str, language: str, words_per_minute: float, out: str) -> float:
        """Write the WAV and return its length in seconds."""
        voice = choose_voice(self._voices, language)
        if voice is None:
            raise _RefusedError("no voice")
        # eSpeak takes a C string: it would stop at the first NUL.
        text = text.replace("\0", " ")
        if not text.strip():
            raise _RefusedError("empty")
        settings = pace(words_per_minute, language)
        self._has_failed = self._has_finished = False
        self._engine.setProperty("voice", voice)
        self._engine.setProperty(_RATE, settings.nominal_rate)
        self._espeak.SetParameter(_WORD_GAP, settings.word_gap, 0)
        self._wait_until_idle()
        if self._has_failed:
            raise _RefusedError("voice")
        sound = io.BytesIO()
        try:
            self._engine.save_to_file(text, sound)
            self._engine.runAndWait()
            self._wait_until_idle()
        finally:
            # The driver would keep the last sentence, and say it again in an empty loop.
            self._engine.proxy._driver._text_to_say = None
            self._engine.proxy._driver._save_file = None
        if self._has_failed or not self._has_finished:
            raise _RefusedError("synthesis")
        clip, seconds = without_silent_start(sound.getvalue())
        Path(out).write_bytes(clip)
        return seconds

    def _synthesize(self, text: bytes, flags: int) -> int:
        size = len(text) + 1  # Python ends its bytes with the NUL that C expects
        start = self._espeak.POS_CHARACTER
        return int(self._espeak.cSynth(text, size, 0, start, 0, flags, None, None))

    def _wait_until_idle(self) -> None:
        # espeak_Synchronize does the same in steps of 20 ms, twice what a sentence takes.
        while self._espeak.IsPlaying():
            time.sleep(0.001)

    def _note_error(self, **_: object) -> None:
        self._has_failed = True

    def _note_end(self, completed: bool, **_: object) -> None:
        self._has_finished = completed


def main() -> None:
    """Answer requests until stdin is closed."""
    answers = _take_stdout()
    try:
        renderer = _Renderer()
        ready = {"ready": True, "languages": renderer.languages, "version": renderer.version}
    except Exception as error:  # noqa: BLE001 - no library, no data, no voice: the parent is told
        _send(answers, {"ready": False, "error": type(error).__name__})
        sys.exit(1)
    _send(answers, ready)
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_read_requests, args=(requests,), daemon=True).start()
    while True:
        _send(answers, _answer(renderer, requests.get()))


def _answer(renderer: _Renderer, line: bytes) -> dict[str, object]:
    request_id = None
    try:
        request = json.loads(line)
        request_id = int(request["id"])
        seconds = renderer.render(
            str(request["text"]),
            str(request["language"]),
            float(request["words_per_minute"]),
            str(request["out"]),
        )
    except _RefusedError as error:
        return {"id": request_id, "ok": False, "error": str(error)}
    except Exception as error:  # noqa: BLE001 - one bad sentence must not end the voice
        return {"id": request_id, "ok": False, "error": type(error).__name__}
    return {"id": request_id, "ok": True, "seconds": round(seconds, 3)}


def _take_stdout() -> IO[str]:
    """Keep stdout for the answers alone: what libraries print goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)
    return answers


def _send(answers: IO[str], message: Mapping[str, object]) -> None:
    try:
        answers.write(json.dumps(message) + "\n")
        answers.flush()
    except BrokenPipeError:
        _leave()


def _read_requests(requests: queue.SimpleQueue[bytes]) -> NoReturn:
    # A thread of its own, so that the end of stdin (the kiosk is gone) ends this process even
    # while eSpeak hangs in the main thread.
    for line in sys.stdin.buffer:
        requests.put(line)
    _leave()


def _leave() -> NoReturn:
    # Not sys.exit: eSpeak aborts on an assertion when Python unloads it.
    os._exit(0)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        main()
