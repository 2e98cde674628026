"""The speech process is watched: whatever it does, `render` ends in time and the voice is back."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from time import monotonic

import pytest

from kiosk.voice.engine import WORKER_COMMAND, SpeechProcess
from kiosk.voice.errors import VoiceFailure, VoiceUnavailableError

NewProcess = Callable[..., SpeechProcess]
FakeWorker = Callable[[str], tuple[str, ...]]
Until = Callable[..., None]

HANGS = "ready()\nfor request in requests(): pass"
HANGS_ONCE = """
    ready()
    for request in requests():
        if nth_start > 1: answer(request)
"""


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out.wav"


def failure(process: SpeechProcess, out: Path, text: str = "Bonjour.") -> VoiceFailure:
    with pytest.raises(VoiceUnavailableError) as caught:
        process.render(text, "fr", 125, out)
    return caught.value.code


def render_until_it_works(process: SpeechProcess, out: Path, until: Until, seconds: float) -> None:
    def works() -> bool:
        try:
            return process.render("Bonjour.", "fr", 125, out) > 0
        except VoiceUnavailableError:
            return False

    until(works, seconds)


def freeze(process: SpeechProcess) -> int:
    pid = process.process_id
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    return pid


def starts(tmp_path: Path) -> list[float]:
    file = tmp_path / "starts"
    return [float(line) for line in file.read_text().splitlines()] if file.exists() else []


def test_starting_does_not_block(new_process: NewProcess, fake_worker: FakeWorker) -> None:
    start = monotonic()
    process = new_process(fake_worker("time.sleep(60)"))
    assert monotonic() - start < 0.05
    assert process.languages == ()


def test_languages_are_known_once_it_is_ready(new_process: NewProcess, fake_worker: FakeWorker, until: Until) -> None:
    process = new_process(fake_worker(HANGS))
    until(lambda: process.languages == ("fr",))
    assert process.version == "fake"


def test_it_does_not_inherit_what_is_meant_for_kivy(
    new_process: NewProcess, fake_worker: FakeWorker, until: Until, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIVY_NO_ARGS", "1")
    process = new_process(
        fake_worker(
            """
            tell({"ready": True, "languages": [n for n in os.environ if "KIVY" in n] + ["end"]})
            for request in requests(): pass
            """
        )
    )
    until(lambda: process.languages)
    assert process.languages == ("end",)


def test_the_first_sentence_waits_for_the_process_to_be_ready(new_process: NewProcess, out: Path) -> None:
    assert new_process().render("Bonjour.", "fr", 125, out) > 0.3


def test_a_process_killed_in_the_middle_is_back_within_three_seconds(
    new_process: NewProcess, out: Path, until: Until
) -> None:
    process = new_process()
    process.render("Bonjour.", "fr", 125, out)
    killer = threading.Timer(0.1, os.kill, (freeze(process), signal.SIGKILL))
    killer.start()
    start = monotonic()
    assert failure(process, out) is VoiceFailure.DIED
    assert monotonic() - start < 1.5
    render_until_it_works(process, out, until, 3.0)


def test_a_process_killed_before_it_served_is_back_within_three_seconds(
    new_process: NewProcess, out: Path, until: Until
) -> None:
    process = new_process()
    until(lambda: process.languages)
    os.kill(process.process_id or 0, signal.SIGKILL)
    render_until_it_works(process, out, until, 3.0)


def test_a_real_process_that_hangs_is_killed_and_back(new_process: NewProcess, out: Path, until: Until) -> None:
    process = new_process(answer_seconds=0.4)
    render_until_it_works(process, out, until, 3.0)
    freeze(process)
    start = monotonic()
    assert failure(process, out) is VoiceFailure.TOO_LATE
    assert 0.3 < monotonic() - start < 1.0
    assert process.render("Bonjour.", "fr", 125, out) > 0.3  # it waits for the new process


def test_a_process_that_hangs_at_its_first_sentence_is_back_within_three_seconds(
    new_process: NewProcess, fake_worker: FakeWorker, out: Path, until: Until
) -> None:
    process = new_process(fake_worker(HANGS_ONCE), answer_seconds=0.3)
    assert failure(process, out) is VoiceFailure.TOO_LATE
    render_until_it_works(process, out, until, 3.0)


def test_a_long_text_is_given_more_time(new_process: NewProcess, fake_worker: FakeWorker, out: Path) -> None:
    process = new_process(fake_worker(HANGS), answer_seconds=0.3)
    start = monotonic()
    failure(process, out, "a" * 200)
    assert 0.65 < monotonic() - start < 1.5


def test_a_process_that_dies_at_once_is_restarted_more_and_more_slowly(
    new_process: NewProcess, fake_worker: FakeWorker, tmp_path: Path, until: Until
) -> None:
    new_process(fake_worker("sys.exit(1)"), restart_pauses=(0.1, 0.3, 0.6))
    until(lambda: len(starts(tmp_path)) == 5)
    times = starts(tmp_path)
    gaps = [after - before for before, after in pairwise(times)]
    assert [gap > pause for gap, pause in zip(gaps, (0.1, 0.3, 0.6, 0.6), strict=True)] == [True] * 4


def test_while_it_waits_to_be_restarted_nobody_else_waits(
    new_process: NewProcess, fake_worker: FakeWorker, out: Path
) -> None:
    process = new_process(fake_worker("sys.exit(1)"), restart_pauses=(60,))
    failure(process, out)
    start = monotonic()
    assert failure(process, out) is VoiceFailure.NOT_RUNNING
    assert monotonic() - start < 0.05


@pytest.mark.parametrize(
    "nonsense",
    [
        "print('Audio saved', flush=True)",
        "print('[' * 20000, flush=True)",
        "print('x' * 200000, end='', flush=True)",
        "tell([])",
        "tell({'id': request['id'] + 1, 'ok': True, 'seconds': 1})",
        "tell({'id': request['id']})",
        "sys.stdout.buffer.write(b'\\xff\\xfe\\n'); sys.stdout.flush()",
    ],
)
def test_nonsense_is_not_an_answer(
    new_process: NewProcess, fake_worker: FakeWorker, out: Path, until: Until, nonsense: str
) -> None:
    body = f"ready()\nfor request in requests():\n  if nth_start > 1: answer(request)\n  {nonsense}"
    process = new_process(fake_worker(body), restart_pauses=(0.01,))
    assert failure(process, out) is VoiceFailure.GARBAGE
    render_until_it_works(process, out, until, 3.0)


def test_nonsense_instead_of_a_greeting_is_a_failed_start(
    new_process: NewProcess, fake_worker: FakeWorker, tmp_path: Path, until: Until
) -> None:
    process = new_process(fake_worker("print('hello', flush=True)\ntime.sleep(60)"), restart_pauses=(0.01,))
    until(lambda: len(starts(tmp_path)) > 1)
    assert process.languages == ()


def test_a_process_that_is_never_ready_is_killed_and_restarted(
    new_process: NewProcess, fake_worker: FakeWorker, tmp_path: Path, until: Until
) -> None:
    new_process(fake_worker("time.sleep(60)"), ready_seconds=0.2, restart_pauses=(0.01,))
    until(lambda: len(starts(tmp_path)) > 1)


def test_a_process_that_is_never_ready_does_not_hold_anybody(
    new_process: NewProcess, fake_worker: FakeWorker, out: Path
) -> None:
    process = new_process(fake_worker("time.sleep(60)"), answer_seconds=0.2)
    start = monotonic()
    assert failure(process, out) is VoiceFailure.NOT_RUNNING
    assert monotonic() - start < 0.6


def test_a_missing_program_is_an_unavailable_voice(new_process: NewProcess, out: Path) -> None:
    process = new_process(("/nonexistent",), restart_pauses=(60,))
    start = monotonic()
    assert failure(process, out) is VoiceFailure.NOT_RUNNING
    assert monotonic() - start < 1.0


def test_a_missing_engine_is_an_unavailable_voice(new_process: NewProcess, out: Path) -> None:
    process = new_process((sys.executable, "-S", *WORKER_COMMAND[1:]))
    assert failure(process, out) is VoiceFailure.NOT_RUNNING


def test_a_process_not_started_is_an_unavailable_voice(out: Path) -> None:
    assert failure(SpeechProcess(), out) is VoiceFailure.NOT_RUNNING


def test_a_language_without_a_voice_is_told_and_harms_nothing(voice: SpeechProcess, out: Path) -> None:
    voice.render("Bonjour.", "fr", 125, out)
    pid = voice.process_id
    with pytest.raises(VoiceUnavailableError) as caught:
        voice.render("Nuqneh", "xx", 125, out)
    assert caught.value.code is VoiceFailure.NO_VOICE
    voice.render("Bonjour.", "fr", 125, out)
    assert voice.process_id == pid


@pytest.mark.parametrize("place", ["/nonexistent/out.wav", "/dev/full"])
def test_a_file_that_cannot_be_written_is_told_and_harms_nothing(voice: SpeechProcess, out: Path, place: str) -> None:
    voice.render("Bonjour.", "fr", 125, out)
    pid = voice.process_id
    assert failure(voice, Path(place)) is VoiceFailure.REFUSED
    voice.render("Bonjour.", "fr", 125, out)
    assert voice.process_id == pid


def test_half_a_character_is_told_and_harms_nothing(voice: SpeechProcess, out: Path) -> None:
    assert failure(voice, out, "a\ud800b") is VoiceFailure.REFUSED
    assert voice.render("Bonjour.", "fr", 125, out) > 0.3


def test_a_text_that_would_fill_the_pipe_is_refused(voice: SpeechProcess, out: Path) -> None:
    assert failure(voice, out, "a" * 70_000) is VoiceFailure.TOO_LONG


@pytest.mark.parametrize("times", [200, 400])
def test_a_whole_page_in_one_sentence_is_rendered_in_time(new_process: NewProcess, out: Path, times: int) -> None:
    # pyttsx3 alone crashes here, in a process that is still small: see the top of worker.py.
    process = new_process()
    for rate in (125, 80, 250):
        process.render("Bonjour.", "fr", rate, out)
    assert process.render("Bonjour à tous, " * times, "fr", 250, out) > times / 2


def test_closing_ends_whoever_waits(new_process: NewProcess, fake_worker: FakeWorker, out: Path, until: Until) -> None:
    process = new_process(fake_worker(HANGS), answer_seconds=60)
    until(lambda: process.languages)
    closer = threading.Timer(0.1, process.close)
    closer.start()
    start = monotonic()
    assert failure(process, out) is VoiceFailure.CLOSED
    assert monotonic() - start < 1.0


def test_closing_leaves_no_process(new_process: NewProcess, out: Path) -> None:
    process = new_process()
    process.render("Bonjour.", "fr", 125, out)
    pid = process.process_id
    process.close(wait_seconds=3)
    assert not Path(f"/proc/{pid}").exists()


def test_a_closed_process_is_not_started_again(new_process: NewProcess, out: Path) -> None:
    process = new_process()
    process.close(wait_seconds=3)
    process.start()
    assert failure(process, out) is VoiceFailure.CLOSED


def test_threads_take_turns(voice: SpeechProcess, tmp_path: Path) -> None:
    lengths: dict[int, float] = {}

    def speak(number: int) -> None:
        text = "mot " * (1 + number * 5)
        lengths[number] = voice.render(text, "fr", 125, tmp_path / f"{number}.wav")

    threads = [threading.Thread(target=speak, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert sorted(lengths, key=lengths.__getitem__) == [0, 1, 2, 3]
