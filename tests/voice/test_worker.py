"""The worker process with the real eSpeak NG: what it says on its pipes, and how it sounds."""

import array
import io
import json
import statistics
import subprocess
import sys
import wave
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.voice.engine import WORKER_COMMAND, SpeechProcess
from kiosk.voice.worker import Pace, choose_voice, offered_languages, pace, without_silent_start

PARAGRAPHS = {
    "fr": (
        "La carte nationale d'identité est gratuite, sauf en cas de perte ou de vol.",
        "Vous devez prendre rendez-vous dans une mairie équipée d'une station de recueil.",
        "Apportez une photo d'identité de moins de six mois et un justificatif de domicile.",
        "Si vous êtes hébergé chez quelqu'un, il faut une attestation de cette personne.",
        "Le paiement se fait par timbre fiscal, que vous achetez en ligne ou chez un buraliste.",
    ),
    "en": (
        "Your identity card is free of charge, unless it was lost or stolen.",
        "You have to make an appointment in a town hall that has the equipment.",
        "Please bring a photograph taken less than six months ago and a proof of address.",
    ),
}
VOICES = {"fr-be": "roa/fr-be", "fr-fr": "roa/fr", "en-029": "gmw/en-029", "en-gb": "gmw/en",
          "ar": "sem/ar", "cmn": "sit/cmn", "pt-br": "roa/pt-br"}  # fmt: skip


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(WORKER_COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    yield process
    process.kill()
    process.communicate()


def ask(worker: subprocess.Popen[bytes], line: str) -> dict[str, object]:
    assert worker.stdin is not None
    assert worker.stdout is not None
    worker.stdin.write(line.encode() + b"\n")
    worker.stdin.flush()
    answer = json.loads(worker.stdout.readline())
    assert isinstance(answer, dict)
    return answer


def request(number: int, out: Path, text: str = "Bonjour.") -> str:
    fields = {
        "id": number,
        "text": text,
        "language": "fr",
        "words_per_minute": 125,
        "out": str(out),
    }
    return json.dumps(fields)


def samples(path: Path) -> "array.array[int]":
    with wave.open(str(path), "rb") as clip:
        assert (clip.getnchannels(), clip.getsampwidth()) == (1, 2)
        data = array.array("h", clip.readframes(clip.getnframes()))
    assert clip.getframerate() == 22050
    return data


def pitch(path: Path) -> float:
    """Find the middle pitch in hertz of the voiced parts, by autocorrelation."""
    rate, sound = 22050 // 4, samples(path)[::4]
    width, lags = rate // 20, range(rate // 250, rate // 60)
    found = []
    for start in range(0, len(sound) - width - lags[-1], len(sound) // 80):
        frame = sound[start : start + width + lags[-1]]
        power = sum(value * value for value in frame[:width])
        if power < width * 1_000_000:
            continue
        match = {lag: sum(frame[i] * frame[i + lag] for i in range(0, width, 2)) / power for lag in lags}
        best = max(match, key=match.__getitem__)
        if match[best] > 0.3:
            found.append(rate / best)
    assert len(found) > 10
    return statistics.median(found)


def test_it_says_first_that_it_is_ready_and_in_which_languages(
    worker: subprocess.Popen[bytes],
) -> None:
    assert worker.stdout is not None
    greeting = json.loads(worker.stdout.readline())
    assert greeting["ready"] is True
    assert {"fr", "en", "ar", "es", "pt", "tr", "zh"} <= set(greeting["languages"])


def test_nothing_but_answers_comes_out(worker: subprocess.Popen[bytes], tmp_path: Path) -> None:
    assert worker.stdout is not None
    worker.stdout.readline()
    for number in range(5):
        answer = ask(worker, request(number, tmp_path / "out.wav"))
        assert (answer["id"], answer["ok"]) == (number, True)


def test_a_request_that_is_not_one_is_answered_too(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdout is not None
    worker.stdout.readline()
    assert ask(worker, "nonsense") == {"id": None, "ok": False, "error": "JSONDecodeError"}
    assert ask(worker, "[]")["ok"] is False


def test_it_leaves_when_the_kiosk_is_gone(worker: subprocess.Popen[bytes]) -> None:
    assert worker.stdout is not None
    assert worker.stdin is not None
    worker.stdout.readline()
    worker.stdin.close()
    assert worker.wait(timeout=3) == 0
    worker.stdin = None


def test_a_missing_engine_is_told() -> None:
    # -S leaves out the installed packages, pyttsx3 among them.
    done = subprocess.run([sys.executable, "-S", *WORKER_COMMAND[1:]], capture_output=True, timeout=10, check=False)
    assert json.loads(done.stdout) == {"ready": False, "error": "ModuleNotFoundError"}


def test_a_clip_is_heard(voice: SpeechProcess, tmp_path: Path) -> None:
    out = tmp_path / "out.wav"
    seconds = voice.render("Bonjour à tous.", "fr", 125, out)
    sound = samples(out)
    assert len(sound) / 22050 == pytest.approx(seconds, abs=0.01)
    assert statistics.fmean(abs(value) for value in sound) > 500


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("asked", [62, 90, 125, 187, 250])
def test_real_words_a_minute_are_those_asked_for(
    voice: SpeechProcess, tmp_path: Path, language: str, asked: int
) -> None:
    sentences = PARAGRAPHS[language]
    words = sum(len(sentence.split()) for sentence in sentences)
    out = tmp_path / "out.wav"
    seconds = sum(voice.render(sentence, language, asked, out) for sentence in sentences)
    assert words / seconds * 60 == pytest.approx(asked, rel=0.15)


def test_each_sentence_gets_its_own_rate(voice: SpeechProcess, tmp_path: Path) -> None:
    # pyttsx3 alone loses half of these changes: see the notes at the top of worker.py.
    text, out = PARAGRAPHS["fr"][0], tmp_path / "out.wav"
    slow, fast = (voice.render(text, "fr", rate, out) for rate in (80, 250))
    for _ in range(20):
        assert voice.render(text, "fr", 80, out) == pytest.approx(slow, abs=0.05)
        assert voice.render(text, "fr", 250, out) == pytest.approx(fast, abs=0.05)


def test_the_first_sentence_has_the_rate_asked_for(tmp_path: Path) -> None:
    process, text, out = SpeechProcess(), PARAGRAPHS["fr"][0], tmp_path / "out.wav"
    process.start()
    try:
        first, second = (process.render(text, "fr", 250, out) for _ in range(2))
    finally:
        process.close(wait_seconds=5)
    assert first == pytest.approx(second, abs=0.05)


def test_pitch_does_not_move_with_the_rate(voice: SpeechProcess, tmp_path: Path) -> None:
    heard = []
    for rate in (62, 125, 250):
        voice.render(PARAGRAPHS["fr"][0], "fr", rate, tmp_path / "out.wav")
        heard.append(pitch(tmp_path / "out.wav"))
    assert max(heard) / min(heard) < 1.08, heard


def test_languages_sound_different(voice: SpeechProcess, tmp_path: Path) -> None:
    clips = []
    for language in ("fr", "en", "es"):
        voice.render("Information nationale", language, 125, tmp_path / "out.wav")
        clips.append((tmp_path / "out.wav").read_bytes())
    assert len(set(clips)) == 3


def test_what_follows_a_nul_is_not_lost(voice: SpeechProcess, tmp_path: Path) -> None:
    whole = voice.render("Bonjour\0à tous les habitants.", "fr", 125, tmp_path / "out.wav")
    assert whole > voice.render("Bonjour", "fr", 125, tmp_path / "out.wav") + 0.5


@pytest.mark.parametrize(
    ("language", "voice_id"),
    [
        ("fr", "roa/fr"),
        ("fr-FR", "roa/fr"),
        ("fr_BE", "roa/fr-be"),
        ("fr-CA", "roa/fr"),
        ("en", "gmw/en"),
        ("zh", "sit/cmn"),
        ("pt", "roa/pt-br"),
        ("xx", None),
    ],
)
def test_the_voice_is_that_of_the_language(language: str, voice_id: str | None) -> None:
    assert choose_voice(VOICES, language) == voice_id


def test_languages_are_offered_without_accents() -> None:
    assert offered_languages(VOICES) == ["ar", "en", "fr", "pt", "zh"]


def test_below_the_slowest_rate_words_are_set_apart() -> None:
    assert pace(62, "fr") == Pace(nominal_rate=80, word_gap=11)


def test_above_the_fastest_rate_it_stays_there() -> None:
    assert pace(1000, "fr").nominal_rate == 450


def test_a_clip_starts_with_its_first_sound_and_loses_none() -> None:
    silence, tone = array.array("h", [0] * 1000), array.array("h", [5000, -5000] * 500)
    source = io.BytesIO()
    with wave.open(source, "wb") as clip:
        clip.setnchannels(1)
        clip.setsampwidth(2)
        clip.setframerate(22050)
        clip.writeframes((silence + tone).tobytes())
    cut, seconds = without_silent_start(source.getvalue())
    with wave.open(io.BytesIO(cut), "rb") as clip:
        samples = array.array("h", clip.readframes(clip.getnframes()))
    assert seconds == pytest.approx(len(samples) / 22050)
    assert samples[-1000:] == tone
    assert len(samples) - 1000 == int(0.005 * 22050)
