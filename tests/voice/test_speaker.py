"""The conductor: in order, one at a time, silent at once, and never in the way of the screen."""

import gc
import queue
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic

import pytest

from kiosk.voice.clips import ClipCache, clip_key
from kiosk.voice.engine import SpeechProcess
from kiosk.voice.script import Utterance, split_sentences
from kiosk.voice.speaker import Speaker, VoiceState

NewProcess = Callable[..., SpeechProcess]
FakeWorker = Callable[[str], tuple[str, ...]]
Until = Callable[..., None]

ANSWERS = "ready()\nfor request in requests(): answer(request)"
HANGS = "ready()\nfor request in requests(): (here / 'asked').touch()"
# Writes and answers once the file `go` is there.
WAITS = """
    ready()
    for request in requests():
        (here / "asked").touch()
        while not (here / "go").exists(): time.sleep(0.01)
        answer(request)
"""


NewDesk = Callable[..., "Desk"]


class Loop:
    """The UI thread: what is posted waits here until the test runs it."""

    def __init__(self) -> None:
        self.posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def run_one(self, seconds: float) -> None:
        self.posted.get(timeout=seconds)()

    def run_until(self, fact: Callable[[], object], seconds: float = 5.0) -> None:
        limit = monotonic() + seconds
        while not fact():
            self.run_one(max(0.001, limit - monotonic()))

    def run_all(self) -> None:
        while not self.posted.empty():
            self.posted.get()()


class RecordingPlayer:
    """A loudspeaker that plays until it is told that the clip is over."""

    def __init__(self) -> None:
        self.is_available = True
        self.played: list[tuple[Path, float]] = []
        self.overlaps = 0
        self.on_end: Callable[[], None] | None = None
        self.late_ends: list[Callable[[], None]] = []  # of clips that were stopped

    @property
    def is_playing(self) -> bool:
        return self.on_end is not None

    def play(self, path: Path, volume: float, on_end: Callable[[], None]) -> None:
        assert path.stat().st_size > 44
        self.overlaps += self.is_playing
        self.played.append((path, volume))
        self.on_end = on_end

    def stop(self) -> None:
        if self.on_end:
            self.late_ends.append(self.on_end)
        self.on_end = None

    def finish(self) -> None:
        on_end, self.on_end = self.on_end, None
        if on_end:
            on_end()


def utterances(element: str, text: str, language: str) -> list[Utterance]:
    sentences = enumerate(split_sentences(text, language), start=1)
    return [Utterance(f"{element}#{number}", sentence, language) for number, sentence in sentences]


class Desk:
    """A speaker with all around it."""

    def __init__(self, engine: SpeechProcess, folder: Path, max_bytes: int = 10_000_000) -> None:
        self.loop = Loop()
        self.player = RecordingPlayer()
        self.folder = folder
        self.sentences: list[str | None] = []
        self.states: list[VoiceState] = []
        self.engine = engine
        self.speaker = Speaker(
            engine,
            ClipCache(folder, max_bytes),
            self.player,
            self.loop.posted.put,
            on_sentence=lambda said: self.sentences.append(said.id if said else None),
            on_state=self.states.append,
        )

    def say(self, text: str, language: str = "fr", element: str = "e") -> None:
        said = utterances(element, text, language)
        self.speaker.say(said, words_per_minute=125, volume=0.5)

    def play_to_the_end(self) -> None:
        while self.speaker.is_speaking:
            self.loop.run_until(lambda: self.player.is_playing or not self.speaker.is_speaking)
            self.player.finish()

    def clips(self) -> list[Path]:
        return list(self.folder.iterdir())


@pytest.fixture
def new_desk(tmp_path: Path, new_process: NewProcess) -> Iterator[Callable[..., Desk]]:
    desks = []

    def make(*args: object, max_bytes: int = 10_000_000, **options: object) -> Desk:
        desks.append(Desk(new_process(*args, **options), tmp_path / "clips", max_bytes))
        return desks[-1]

    yield make
    for desk in desks:
        desk.speaker.close()


@pytest.fixture
def desk(new_desk: Callable[..., Desk]) -> Desk:
    """With the real engine."""
    return new_desk()


@pytest.fixture
def quick_desk(new_desk: Callable[..., Desk], fake_worker: FakeWorker) -> Desk:
    """With a worker that answers with a short clip."""
    return new_desk(fake_worker(ANSWERS))


def test_sentences_are_played_in_order(desk: Desk) -> None:
    desk.say("Bonjour. Voici la carte. Au revoir.")
    desk.play_to_the_end()
    assert desk.sentences == ["e#1", "e#2", "e#3", None]
    assert len({path for path, _ in desk.player.played}) == 3


def test_the_state_goes_from_speaking_to_idle(quick_desk: Desk) -> None:
    quick_desk.say("Bonjour. Au revoir.")
    assert quick_desk.speaker.state is VoiceState.SPEAKING
    quick_desk.play_to_the_end()
    assert quick_desk.states == [VoiceState.SPEAKING, VoiceState.IDLE]


def test_the_volume_goes_to_the_player(quick_desk: Desk) -> None:
    quick_desk.say("Bonjour.")
    quick_desk.play_to_the_end()
    assert quick_desk.player.played[0][1] == 0.5


def test_the_next_sentence_is_rendered_while_one_plays(quick_desk: Desk, until: Until) -> None:
    quick_desk.say("Un. Deux. Trois. Quatre. Cinq.")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    until(lambda: len(quick_desk.clips()) == 3)


def test_stop_silences_before_it_returns(quick_desk: Desk) -> None:
    quick_desk.say("Un. Deux.")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    quick_desk.speaker.stop()
    assert not quick_desk.player.is_playing
    assert quick_desk.sentences[-1] is None
    assert quick_desk.speaker.state is VoiceState.IDLE
    assert not quick_desk.speaker.is_speaking


def test_nothing_starts_after_stop(new_desk: NewDesk, fake_worker: FakeWorker, until: Until, tmp_path: Path) -> None:
    desk = new_desk(fake_worker(WAITS))
    desk.say("Un. Deux. Trois.")
    until((tmp_path / "asked").exists)
    desk.speaker.stop()
    (tmp_path / "go").touch()
    desk.loop.run_one(5)  # the sentence that was being rendered
    with pytest.raises(queue.Empty):
        desk.loop.run_one(0.1)  # the others are dropped
    assert desk.player.played == []


def test_an_end_reported_after_stop_changes_nothing(quick_desk: Desk) -> None:
    quick_desk.say("Un. Deux.")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    quick_desk.say("Trois. Quatre.", element="f")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    quick_desk.player.late_ends.pop()()
    quick_desk.loop.run_all()
    assert quick_desk.player.overlaps == 0
    assert quick_desk.sentences == ["e#1", None, "f#1"]


def test_what_is_said_anew_replaces_what_was_being_said(quick_desk: Desk) -> None:
    quick_desk.say("Un. Deux. Trois.")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    quick_desk.say("Quatre.", element="f")
    assert not quick_desk.player.is_playing
    quick_desk.play_to_the_end()
    assert quick_desk.sentences == ["e#1", None, "f#1", None]


@pytest.mark.parametrize("seed", range(5))
def test_two_sentences_never_overlap_whatever_is_asked(quick_desk: Desk, seed: int) -> None:
    chance = random.Random(seed)
    desk = quick_desk
    text = "Un. Deux. Trois. Quatre."
    moves: list[Callable[[], object]] = [
        lambda: desk.say(text),
        lambda: desk.say(f"Numéro {chance.randrange(100)}. Fin."),
        desk.speaker.stop,
        desk.player.finish,
        desk.player.finish,
        lambda: chance.choice(desk.player.late_ends or [desk.player.finish])(),
        desk.loop.run_all,
        desk.loop.run_all,
        lambda: desk.loop.run_one(1) if desk.speaker.is_speaking and not desk.player.is_playing else None,
        lambda: desk.speaker.prefetch(utterances("p", text, "fr"), 90),
        desk.speaker.forget,
    ]
    for _ in range(150):
        chance.choice(moves)()
        assert desk.player.overlaps == 0
        assert not desk.player.is_playing or desk.speaker.is_speaking


def test_a_listener_that_speaks_starts_no_second_voice(quick_desk: Desk) -> None:
    def interrupt(said: Utterance | None) -> None:
        if said and said.id == "e#1":
            quick_desk.say("Autre chose.", element="f")

    quick_desk.speaker.on_sentence = interrupt
    quick_desk.say("Un.")
    quick_desk.play_to_the_end()
    assert len(quick_desk.player.played) == 1
    assert quick_desk.player.overlaps == 0


def test_a_sentence_said_twice_is_rendered_once(quick_desk: Desk) -> None:
    quick_desk.say("Un.")
    quick_desk.play_to_the_end()
    quick_desk.engine.close(wait_seconds=3)
    quick_desk.say("Un.", element="f")
    quick_desk.play_to_the_end()
    assert len(quick_desk.player.played) == 2


def test_what_was_prefetched_is_there_when_it_is_said(quick_desk: Desk, until: Until) -> None:
    quick_desk.speaker.prefetch(utterances("e", "Un. Deux.", "fr"), 125)
    until(lambda: len(list(quick_desk.folder.glob("*.wav"))) == 2)
    quick_desk.engine.close(wait_seconds=3)
    quick_desk.say("Un. Deux.")
    quick_desk.play_to_the_end()
    assert len(quick_desk.player.played) == 2


def test_a_prefetch_is_dropped_when_something_is_to_be_said(
    new_desk: NewDesk, fake_worker: FakeWorker, until: Until, tmp_path: Path
) -> None:
    desk = new_desk(fake_worker(WAITS))
    desk.speaker.prefetch(utterances("p", "Un. Deux. Trois.", "fr"), 125)
    until((tmp_path / "asked").exists)
    desk.say("Quatre.")
    (tmp_path / "go").touch()
    desk.play_to_the_end()
    desk.speaker.prefetch(utterances("p", "Cinq.", "fr"), 125)
    until((desk.folder / f"{clip_key('fake', 'fr', 125, 'Cinq.')}.wav").exists)
    assert len(desk.clips()) == 3  # "Un.", already being rendered, "Quatre." and "Cinq."


def test_a_prefetch_makes_no_sound(quick_desk: Desk, until: Until) -> None:
    quick_desk.speaker.prefetch(utterances("e", "Un.", "fr"), 125)
    until(quick_desk.clips)
    assert quick_desk.states == []
    assert quick_desk.player.played == []


def test_text_without_a_word_is_nothing_to_say(quick_desk: Desk) -> None:
    quick_desk.say("« … »")
    assert not quick_desk.speaker.is_speaking
    assert quick_desk.states == []


def test_a_language_without_a_voice_is_told(desk: Desk) -> None:
    desk.say("Nuqneh.", language="xx")
    desk.play_to_the_end()
    assert desk.speaker.state is VoiceState.UNAVAILABLE
    assert desk.sentences == []


def test_the_sentences_after_one_that_fails_are_spoken(desk: Desk) -> None:
    said = [Utterance("a#1", "Nuqneh", "xx"), Utterance("b#1", "Bonjour", "fr")]
    desk.speaker.say(said, words_per_minute=125, volume=1.0)
    desk.play_to_the_end()
    assert desk.sentences == ["b#1", None]
    assert desk.states == [
        VoiceState.SPEAKING,
        VoiceState.UNAVAILABLE,
        VoiceState.SPEAKING,
        VoiceState.IDLE,
    ]


def test_a_kiosk_without_sound_says_so_at_once(quick_desk: Desk) -> None:
    quick_desk.player.is_available = False
    quick_desk.say("Bonjour.")
    assert quick_desk.speaker.state is VoiceState.UNAVAILABLE
    assert not quick_desk.speaker.is_speaking


def test_a_hung_worker_is_told_and_the_next_sentence_is_tried_again(new_desk: NewDesk, fake_worker: FakeWorker) -> None:
    body = "ready()\nfor request in requests():\n  if nth_start > 1: answer(request)"
    desk = new_desk(fake_worker(body), answer_seconds=0.2, restart_pauses=(0.01,))
    desk.say("Un.")
    desk.loop.run_until(lambda: not desk.speaker.is_speaking)
    assert desk.states == [VoiceState.SPEAKING, VoiceState.UNAVAILABLE]
    desk.say("Deux.")
    desk.play_to_the_end()
    assert desk.speaker.state is VoiceState.IDLE
    assert len(desk.player.played) == 1


def test_a_full_or_unwritable_folder_is_told(new_process: NewProcess, fake_worker: FakeWorker, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    desk = Desk(new_process(fake_worker(ANSWERS)), tmp_path / "file" / "clips")
    desk.say("Bonjour.")
    desk.loop.run_until(lambda: not desk.speaker.is_speaking)
    assert desk.speaker.state is VoiceState.UNAVAILABLE
    desk.speaker.close()


def test_a_surprise_on_the_worker_thread_does_not_end_it(quick_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(SpeechProcess, "render", lambda *_: 1 / 0)
        quick_desk.say("Un.")
        quick_desk.loop.run_until(lambda: not quick_desk.speaker.is_speaking)
    assert quick_desk.speaker.state is VoiceState.UNAVAILABLE
    quick_desk.say("Deux.")
    quick_desk.play_to_the_end()
    assert len(quick_desk.player.played) == 1


def test_no_call_holds_the_screen_with_a_worker_that_never_answers(
    new_desk: NewDesk, fake_worker: FakeWorker, until: Until, tmp_path: Path
) -> None:
    desk = new_desk(fake_worker(HANGS), answer_seconds=60)
    until(lambda: desk.engine.languages)
    page = utterances("p", "Voici une phrase. " * 200, "fr")
    calls: list[Callable[[], object]] = [
        lambda: desk.speaker.prefetch(page, 125),
        lambda: until((tmp_path / "asked").exists),  # it hangs from here on
        lambda: desk.speaker.say(page, words_per_minute=125, volume=1.0),
        lambda: desk.speaker.say(page, words_per_minute=125, volume=1.0),
        desk.speaker.stop,
        lambda: desk.speaker.say(page, words_per_minute=125, volume=1.0),
        desk.speaker.forget,
        lambda: desk.speaker.prefetch(page, 125),
        desk.speaker.close,
    ]
    taken = []
    for call in calls:
        start = monotonic()
        call()
        taken.append(monotonic() - start)
    del taken[1]
    assert max(taken) < 0.05, taken


def test_forget_leaves_no_clip(desk: Desk) -> None:
    desk.say("Un. Deux.")
    desk.play_to_the_end()
    desk.speaker.forget()
    assert desk.clips() == []


def test_forget_silences(quick_desk: Desk) -> None:
    quick_desk.say("Un.")
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    quick_desk.speaker.forget()
    assert not quick_desk.player.is_playing


def test_a_clip_finished_after_forget_leaves_no_trace(
    new_desk: NewDesk, fake_worker: FakeWorker, until: Until, tmp_path: Path
) -> None:
    desk = new_desk(fake_worker(WAITS))
    desk.say("Un.")
    until((tmp_path / "asked").exists)
    desk.speaker.forget()
    (tmp_path / "go").touch()
    desk.loop.run_one(5)
    assert desk.clips() == []


def test_forget_leaves_nothing_of_the_visit_in_memory(quick_desk: Desk, until: Until) -> None:
    def is_forgotten() -> bool:
        gc.collect()
        everything = gc.get_objects()
        left = [thing for thing in everything if isinstance(thing, Utterance)]
        return not any(said.id.startswith("visit-of-somebody") for said in left)

    quick_desk.say("Un. Deux. Trois. Quatre. Cinq.", element="visit-of-somebody")
    quick_desk.speaker.prefetch(utterances("visit-of-somebody", "Six.", "fr"), 125)
    quick_desk.loop.run_until(lambda: quick_desk.player.is_playing)
    assert not is_forgotten()
    quick_desk.speaker.forget()
    until(is_forgotten)  # the worker thread ends the sentence that it was rendering


def test_a_sentence_that_fails_leaves_no_half_clip(new_desk: NewDesk, fake_worker: FakeWorker) -> None:
    body = """
        ready()
        for request in requests():
            Path(request["out"]).write_bytes(b"half")
            tell({"id": request["id"], "ok": False, "error": "synthesis"})
    """
    desk = new_desk(fake_worker(body))
    desk.say("Un.")
    desk.loop.run_until(lambda: not desk.speaker.is_speaking)
    assert desk.clips() == []


def test_forget_starts_the_next_visit_with_a_clean_state(desk: Desk) -> None:
    desk.say("Nuqneh.", language="xx")
    desk.play_to_the_end()
    desk.speaker.forget()
    assert desk.speaker.state is VoiceState.IDLE


def test_close_leaves_no_process_and_no_clip(desk: Desk, until: Until) -> None:
    desk.say("Un.")
    desk.play_to_the_end()
    pid = desk.engine.process_id
    desk.speaker.close()
    until(lambda: not Path(f"/proc/{pid}").exists())
    assert desk.clips() == []


def test_after_close_nothing_is_said(quick_desk: Desk) -> None:
    quick_desk.speaker.close()
    quick_desk.say("Un.")
    quick_desk.speaker.prefetch(utterances("e", "Un.", "fr"), 125)
    assert not quick_desk.speaker.is_speaking


def test_a_clip_dropped_before_its_turn_is_told_not_raised(
    new_desk: NewDesk, fake_worker: FakeWorker, until: Until
) -> None:
    desk = new_desk(fake_worker(ANSWERS), max_bytes=1700)  # one clip of the fake worker
    desk.say("Un. Deux.")
    until(lambda: desk.loop.posted.qsize() == 2)
    desk.play_to_the_end()
    assert desk.sentences == ["e#2", None]
    assert VoiceState.UNAVAILABLE in desk.states
