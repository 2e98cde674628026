"""The conductor: sentences in order, one at a time, silenced at once; nothing here makes one wait.

Every public method is called on the UI thread and returns at once. Rendering is done on one worker
thread, which hands each result back through `post`; all the rest is touched by the UI thread
alone, so only the list of jobs needs a lock. A sentence that cannot be spoken is skipped and told
(`VoiceState.UNAVAILABLE`), never raised: the visit goes on in silence.
"""

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from kiosk.voice.clips import ClipCache, clip_key
from kiosk.voice.engine import SpeechProcess
from kiosk.voice.errors import VoiceError, VoiceFailure
from kiosk.voice.player import Player
from kiosk.voice.script import Utterance, has_speech, speakable

logger = logging.getLogger(__name__)

# Sentences made before their turn. More would only push clips out of a small cache.
_RENDERED_AHEAD = 2


class VoiceState(StrEnum):
    """What the screen shows of the voice."""

    IDLE = "idle"
    SPEAKING = "speaking"  # from `say` on, the time of the first rendering included
    UNAVAILABLE = "unavailable"  # the last sentence could not be spoken


@dataclass(frozen=True, slots=True)
class _Job:
    utterance: Utterance
    words_per_minute: int
    run: int  # which `say` asked for it
    index: int  # its place in it; -1: a prefetch, which nobody waits for
    visit: int  # for which visit: after the end of it, its clip is refused


@dataclass(slots=True)
class _Run:
    """One call to `say`: what is left of it."""

    utterances: tuple[Utterance, ...]
    words_per_minute: int
    volume: float
    asked: int = 0  # how many were given to the worker
    next: int = 0  # the one to play now
    is_playing: bool = False


class Speaker:
    """Says what the screen shows, through one engine, one folder of clips and one player."""

    def __init__(
        self,
        engine: SpeechProcess,
        clips: ClipCache,
        player: Player,
        post: Callable[[Callable[[], None]], None],
        *,
        on_sentence: Callable[[Utterance | None], None] = lambda _: None,
        on_state: Callable[[VoiceState], None] = lambda _: None,
    ) -> None:
        self.on_sentence = on_sentence  # the sentence that starts, None when all is said
        self.on_state = on_state
        self._engine = engine
        self._clips = clips
        self._player = player
        self._post = post
        self._state = VoiceState.IDLE
        self._run: _Run | None = None
        self._run_number = 0
        self._keys: dict[int, str | None] = {}  # rendered, by index in the run; None: it failed
        self._is_sentence_shown = False
        self._jobs: deque[_Job] = deque()
        self._later: deque[_Job] = deque()
        self._wanted = threading.Condition()  # guards the two above and the two below
        self._is_closed = False
        self._thread: threading.Thread | None = None

    @property
    def state(self) -> VoiceState:
        """What the screen shows of the voice."""
        return self._state

    @property
    def is_speaking(self) -> bool:
        """Whether something is being said, or about to be."""
        return self._run is not None

    def say(self, utterances: Sequence[Utterance], *, words_per_minute: int, volume: float) -> None:
        """Stop what is being said and say this instead, at a volume of 0 to 1."""
        self._halt()
        self._show_sentence(None)
        said = tuple(utterance for utterance in utterances if has_speech(utterance.text))
        if not said or self._is_closed:
            self._rest()
            return
        if not self._player.is_available:
            self._change_state(VoiceState.UNAVAILABLE)
            return
        self._run = _Run(said, words_per_minute, volume)
        self._change_state(VoiceState.SPEAKING)
        key = self._key(said[0], words_per_minute)
        if self._clips.get(key):
            # Said before: heard at once, with no way through the worker and back.
            self._keys[0] = key
            self._run.asked = 1
        self._play_next()

    def prefetch(self, utterances: Sequence[Utterance], words_per_minute: int) -> None:
        """Render what may be said soon, when there is nothing better to do."""
        if self._is_closed:
            return
        self._give(
            self._later,
            [
                _Job(utterance, words_per_minute, self._run_number, -1, self._clips.visit)
                for utterance in utterances
                if has_speech(utterance.text)
            ],
        )

    def stop(self) -> None:
        """Silence, before this returns; what was still to be said or rendered is dropped."""
        self._halt()
        self._rest()

    def forget(self) -> None:
        """End the visit: silence, and nothing left of what was said, in memory or in files."""
        self.stop()
        try:
            self._clips.clear()
        except VoiceError as error:
            logger.error("voice clips are not cleared: %s", error.code)
            self._change_state(VoiceState.UNAVAILABLE)
        else:
            self._change_state(VoiceState.IDLE)

    def close(self) -> None:
        """Forget, and end the worker thread and the speech process, without waiting for them."""
        with self._wanted:
            self._is_closed = True
            self._wanted.notify_all()
        self._engine.close()
        self.forget()

    # On the UI thread.

    def _halt(self) -> None:
        # The number first: a player that reports an end while it stops must find it outdated.
        self._run_number += 1
        self._run = None
        self._keys.clear()
        with self._wanted:
            self._jobs.clear()
            self._later.clear()
        self._player.stop()

    def _rest(self) -> None:
        self._show_sentence(None)
        if self._state is VoiceState.SPEAKING:
            self._change_state(VoiceState.IDLE)

    def _ask_ahead(self, run: _Run) -> None:
        end = min(len(run.utterances), run.next + 1 + _RENDERED_AHEAD)
        jobs = [
            _Job(
                run.utterances[index],
                run.words_per_minute,
                self._run_number,
                index,
                self._clips.visit,
            )
            for index in range(run.asked, end)
        ]
        run.asked = max(run.asked, end)
        self._give(self._jobs, jobs)

    def _give(self, where: deque[_Job], jobs: list[_Job]) -> None:
        if not jobs:
            return
        self._engine.start()
        with self._wanted:
            where.extend(jobs)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="voice", daemon=True)
                self._thread.start()
            self._wanted.notify()

    def _take_result(self, run_number: int, index: int, key: str | None) -> None:
        if run_number == self._run_number:
            self._keys[index] = key
            self._play_next()

    def _take_end(self, run_number: int, index: int) -> None:
        run = self._run
        if run and run_number == self._run_number and run.is_playing and index == run.next:
            run.is_playing = False
            run.next += 1
            self._play_next()

    def _play_next(self) -> None:
        run = self._run
        while run and run is self._run and not run.is_playing:
            if run.next == len(run.utterances):
                self._run = None
                self._rest()
                return
            self._ask_ahead(run)
            if run.next not in self._keys:
                return  # its rendering will call again
            key = self._keys.pop(run.next)
            path = self._clips.get(key) if key else None
            if path is None:
                run.next += 1
                self._change_state(VoiceState.UNAVAILABLE)
                continue
            self._play(run, path)

    def _play(self, run: _Run, path: Path) -> None:
        run.is_playing = True
        number, index = self._run_number, run.next
        self._change_state(VoiceState.SPEAKING)
        self._show_sentence(run.utterances[index])
        if run is self._run:  # the listeners did not ask for something else
            self._player.play(path, run.volume, lambda: self._report_end(number, index))

    def _report_end(self, number: int, index: int) -> None:
        self._post(lambda: self._take_end(number, index))

    def _show_sentence(self, utterance: Utterance | None) -> None:
        if utterance is None and not self._is_sentence_shown:
            return
        self._is_sentence_shown = utterance is not None
        self.on_sentence(utterance)

    def _change_state(self, state: VoiceState) -> None:
        if state is not self._state:
            self._state = state
            self.on_state(state)

    # On the worker thread.

    def _work(self) -> None:
        # Jobs live in `_work_once` only: between two of them this thread holds nothing of a visit.
        while self._work_once():
            pass

    def _work_once(self) -> bool:
        with self._wanted:
            self._wanted.wait_for(lambda: self._jobs or self._later or self._is_closed)
            if self._is_closed:
                return False
            job = self._jobs.popleft() if self._jobs else self._later.popleft()
        key: str | None = None
        try:
            key = self._render(job)
        except VoiceError as error:
            if error.code is not VoiceFailure.DROPPED:
                logger.info("a sentence is not spoken: %s", error.code)
        except Exception as error:  # noqa: BLE001 - without this thread the voice is lost until restart
            logger.error("voice worker thread: %s", type(error).__name__)
        if job.index >= 0:
            # Numbers and a hash only: what waits in the UI's queue says nothing of the visit.
            run, index = job.run, job.index
            self._post(lambda: self._take_result(run, index, key))
        return True

    def _key(self, utterance: Utterance, words_per_minute: int) -> str:
        text = speakable(utterance.text, utterance.language)
        return clip_key(self._engine.version, utterance.language, words_per_minute, text)

    def _render(self, job: _Job) -> str:
        text = speakable(job.utterance.text, job.utterance.language)
        language, pace = job.utterance.language, job.words_per_minute
        key = self._key(job.utterance, pace)
        if self._clips.get(key):
            return key
        temporary = self._clips.path_for(key, job.visit)
        try:
            self._engine.render(text, language, pace, temporary)
            # The first sentence is asked for before the engine has told its version.
            key = self._key(job.utterance, pace)
            self._clips.put(key, temporary)
        except VoiceError:
            self._clips.discard(temporary)
            raise
        return key
