"""The clock of a visit, told the time by the test."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kiosk.session.idle import IdleClock, Phase


def silent_for(*seconds: float) -> IdleClock:
    clock = IdleClock()
    clock.touched(0)
    for moment in seconds:
        clock.tick(moment, is_speaking=False)
    return clock


def test_nothing_happens_before_180_seconds() -> None:
    assert silent_for(179.9).phase is Phase.ACTIVE


def test_the_question_comes_at_180_seconds() -> None:
    assert silent_for(180).phase is Phase.WARNING


def test_there_are_45_seconds_to_answer_it() -> None:
    assert silent_for(180).seconds_left == 45


def test_the_visit_is_still_there_just_before_225_seconds() -> None:
    assert silent_for(180, 224.9).phase is Phase.WARNING


def test_the_visit_ends_at_225_seconds() -> None:
    assert silent_for(180, 225).phase is Phase.EXPIRED


def test_a_touch_starts_the_count_anew() -> None:
    clock = silent_for(200)
    clock.touched(200)
    assert clock.tick(379, is_speaking=False) is Phase.ACTIVE


def test_the_warning_can_be_answered_as_often_as_one_likes() -> None:
    clock = IdleClock()
    clock.touched(0)
    phases = set()
    for number in range(1, 13):
        phases.add(clock.tick(number * 200.0, is_speaking=False))
        clock.touched(number * 200.0)
    assert phases == {Phase.WARNING}


def test_the_clock_stands_still_while_the_voice_speaks() -> None:
    clock = silent_for(100)
    clock.tick(1000, is_speaking=True)
    assert clock.silence == 100


def test_a_voice_that_reads_the_warning_does_not_stop_the_countdown() -> None:
    clock = silent_for(180)
    clock.tick(190, is_speaking=True)
    assert clock.seconds_left == 35


def test_a_time_that_jumps_back_counts_as_none() -> None:
    clock = silent_for(100)
    clock.tick(20, is_speaking=False)
    assert clock.silence == 100
    clock.tick(25, is_speaking=False)
    assert clock.silence == 105


def test_the_first_tick_of_all_counts_nothing() -> None:
    clock = IdleClock()
    assert clock.tick(1e9, is_speaking=False) is Phase.ACTIVE


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.booleans()), max_size=30))
def test_silence_never_shrinks_without_a_touch(ticks: list[tuple[float, bool]]) -> None:
    clock = IdleClock()
    before = 0.0
    for moment, is_speaking in ticks:
        clock.tick(moment, is_speaking=is_speaking)
        assert clock.silence >= before
        before = clock.silence
