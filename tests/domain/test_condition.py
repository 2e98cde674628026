"""The conditions of official sheets: read, and true, false or not known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.condition import MAX_DEPTH, Name, Operation, Operator, holds, parse

NAMES = ("T1", "T2", "T3", "T10010")

conditions = st.recursive(
    st.sampled_from(NAMES),
    lambda inner: (
        st.tuples(st.sampled_from(("and", "or")), st.lists(inner, min_size=1, max_size=3)).map(
            lambda pair: f"{pair[0]}({','.join(pair[1])})"
        )
        | st.tuples(st.sampled_from(("not", "undefined")), inner).map(lambda pair: f"{pair[0]}({pair[1]})")
    ),
    max_leaves=12,
)
worlds = st.dictionaries(st.sampled_from(NAMES), st.booleans())


def value(condition: str, world: dict[str, bool]) -> bool | None:
    return holds(
        condition,
        {name for name, is_true in world.items() if is_true},
        {name for name, is_true in world.items() if not is_true},
    )


def negated(truth: bool | None) -> bool | None:
    return None if truth is None else not truth


def test_a_name_and_nested_operators_are_read() -> None:
    assert parse("T12") == Name("T12")
    assert parse(" or( T1 , and(T2,not(T3)) ) ") == Operation(
        Operator.OR,
        (Name("T1"), Operation(Operator.AND, (Name("T2"), Operation(Operator.NOT, (Name("T3"),))))),
    )


def test_a_name_may_look_like_an_operator() -> None:
    assert parse("and(or,not)") == Operation(Operator.AND, (Name("or"), Name("not")))


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "(", "T1)", "(T1)", "and()", "and(T1", "and(T1,)", "and(,T1)", "xor(T1,T2)", "not(T1,T2)"),
        *("undefined()", "T1 T2", "T1,T2", "and(T1)(T2)", "T1!", "not T1", "and(T1 T2)", "é(T1)"),
        *("not(" * (MAX_DEPTH + 1) + "T1" + ")" * (MAX_DEPTH + 1), "not(" * 100_000),
    ],
)
def test_what_is_malformed_is_refused_and_never_hides(text: str) -> None:
    with pytest.raises(ValueError, match="not a condition"):
        parse(text)
    if text:
        assert holds(text, {"T1"}, {"T2"}) is None


def test_no_condition_always_holds() -> None:
    assert holds("", (), ()) is True


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        *(("T1", True), ("T2", False), ("T3", None)),
        *(("and(T1,T3)", None), ("and(T2,T3)", False), ("or(T1,T3)", True), ("or(T2,T3)", None)),
        *(("not(T1)", False), ("not(T3)", None), ("undefined(T1)", False), ("undefined(T3)", True)),
        *(("and(T1)", True), ("or(T2)", False), ("not(and(T1,undefined(T3)))", False)),
    ],
)
def test_truth_has_three_values(condition: str, expected: bool | None) -> None:
    assert holds(condition, ["T1"], ["T2"]) is expected


def test_answers_that_contradict_each_other_tell_nothing() -> None:
    assert holds("T1", {"T1"}, {"T1"}) is None


@given(conditions)
def test_what_is_written_is_read_back(condition: str) -> None:
    assert str(parse(condition)) == condition


@given(conditions, conditions, worlds)
def test_de_morgan(one: str, other: str, world: dict[str, bool]) -> None:
    assert value(f"not(and({one},{other}))", world) is value(f"or(not({one}),not({other}))", world)
    assert value(f"not(or({one},{other}))", world) is value(f"and(not({one}),not({other}))", world)


@given(conditions, conditions, conditions, worlds)
def test_kleene_laws(a: str, b: str, c: str, world: dict[str, bool]) -> None:
    assert value(f"and({a},{b})", world) is value(f"and({b},{a})", world)
    assert value(f"or({a},{b})", world) is value(f"or({b},{a})", world)
    assert value(f"and({a},{b},{c})", world) is value(f"and({a},and({b},{c}))", world)
    assert value(f"or({a},and({b},{c}))", world) is value(f"and(or({a},{b}),or({a},{c}))", world)
    assert value(f"and({a},{a})", world) is value(f"or({a},{a})", world) is value(a, world)
    assert value(f"not(not({a}))", world) is value(a, world)
    assert value(f"or({a},and({a},{b}))", world) is value(a, world)
    assert value(f"not({a})", world) is negated(value(a, world))


monotone = conditions.filter(lambda condition: "undefined" not in condition)


@given(monotone, worlds, worlds)
def test_one_more_answer_never_turns_true_into_false(
    condition: str, world: dict[str, bool], more: dict[str, bool]
) -> None:
    before = value(condition, world)
    after = value(condition, {**more, **world})
    assert before is None or after is before


@given(conditions, worlds)
def test_whether_a_thing_is_undefined_is_always_known(condition: str, world: dict[str, bool]) -> None:
    assert value(f"undefined({condition})", world) is (value(condition, world) is None)


@given(st.text(alphabet="T12(),andornotundefi ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expression = parse(text)
    except ValueError:
        return
    assert parse(str(expression)) == expression
