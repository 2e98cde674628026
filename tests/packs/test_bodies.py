"""Bodies of procedures: what is packed comes back, what is hostile is refused."""

from __future__ import annotations

import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from kiosk.packs import bodies
from kiosk.packs.bodies import LARGEST_BODY, LEAST_SAMPLES, BodyReader, BodyWriter, learn_dictionary

SAMPLES = [f'{{"title":"La démarche numéro {n}","source":"F{n}","theme":"papiers"}}'.encode() * 9 for n in range(200)]
DICTIONARY = learn_dictionary(SAMPLES)
OTHER = learn_dictionary([sample.upper() for sample in SAMPLES])
MAGIC = b"\x28\xb5\x2f\xfd"
BODY = SAMPLES[0] * 50


def frame(size: int, *blocks: bytes) -> bytes:
    """Make a frame by hand whose header claims a size."""
    return MAGIC + b"\xe0" + size.to_bytes(8, "little") + b"".join(blocks)


def repeated(byte: bytes, count: int, is_last: bool) -> bytes:
    """Make a block of one byte many times (RLE)."""
    return (int(is_last) | 1 << 1 | count << 3).to_bytes(3, "little") + byte


def without_size(data: bytes) -> bytes:
    """Compress without saying how large the whole is."""
    return zstandard.ZstdCompressor(write_content_size=False).compress(data)


@given(st.binary(max_size=2000), st.sampled_from([b"", DICTIONARY]))
def test_a_body_comes_back(body: bytes, dictionary: bytes) -> None:
    assert BodyReader(dictionary).unpack(BodyWriter(dictionary).pack(body)) == body


def test_a_dictionary_makes_bodies_like_its_samples_smaller() -> None:
    body = SAMPLES[7].replace(b"7", b"1234")
    assert len(BodyWriter(DICTIONARY).pack(body)) < len(BodyWriter(b"").pack(body))


def test_the_same_samples_give_the_same_dictionary() -> None:
    assert learn_dictionary(SAMPLES) == DICTIONARY


@pytest.mark.parametrize(
    "samples", [[], SAMPLES[: LEAST_SAMPLES - 1], [b""] * LEAST_SAMPLES], ids=["none", "few", "empty"]
)
def test_nothing_is_learnt_from_too_little(samples: list[bytes]) -> None:
    assert learn_dictionary(samples) == b""


def test_a_hand_made_frame_is_read() -> None:
    assert BodyReader(b"").unpack(frame(9, repeated(b"a", 9, True))) == b"a" * 9


def test_a_body_that_does_not_say_its_size_is_read() -> None:
    assert BodyReader(b"").unpack(without_size(BODY)) == BODY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        b"du texte",
        BODY,
        frame(LARGEST_BODY + 1, repeated(b"a", 9, True)),
        frame(2**63, repeated(b"a", 9, True)),
        frame(2**64 - 1, repeated(b"a", 9, True)),
        frame(3, repeated(b"a", 9, True)),
        frame(900, repeated(b"a", 9, True)),
        frame(9, repeated(b"a", 9, False)),
        frame(9),
    ],
    ids=[
        "empty", "header cut", "text", "json", "one byte too many", "negative", "unknown and huge", "size too small",
        "size too large", "no last block", "no block",
    ],
)  # fmt: skip
def test_bytes_that_are_no_body_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="body"):
        BodyReader(b"").unpack(data)


@pytest.mark.parametrize("dictionary", [b"", DICTIONARY], ids=["plain", "dictionary"])
def test_a_body_cut_anywhere_is_refused(dictionary: bytes) -> None:
    packed = BodyWriter(dictionary).pack(BODY)
    for size in range(len(packed)):
        with pytest.raises(ValueError, match="body"):
            BodyReader(dictionary).unpack(packed[:size])


@pytest.mark.parametrize("is_size_known", [True, False])
def test_a_bomb_is_refused_before_it_fills_the_memory(monkeypatch: pytest.MonkeyPatch, is_size_known: bool) -> None:
    monkeypatch.setattr(bodies, "LARGEST_BODY", 10_000)
    bomb = b"\x00" * 1_000_000
    packed = BodyWriter(b"").pack(bomb) if is_size_known else without_size(bomb)
    assert len(packed) < 200
    with pytest.raises(ValueError, match="body"):
        BodyReader(b"").unpack(packed)


@pytest.mark.parametrize("reader", [OTHER, b""], ids=["another", "none"])
def test_the_wrong_dictionary_is_refused(reader: bytes) -> None:
    with pytest.raises(ValueError, match="cannot be unpacked"):
        BodyReader(reader).unpack(BodyWriter(DICTIONARY).pack(SAMPLES[3]))


def test_a_broken_dictionary_is_refused() -> None:
    with pytest.raises(ValueError, match="dictionary"):
        BodyReader(DICTIONARY[:40])


@given(st.binary(max_size=300), st.integers(0, 400), st.sampled_from([b"", DICTIONARY]))
def test_other_bytes_in_a_body_give_bytes_or_a_refusal(other: bytes, at: int, dictionary: bytes) -> None:
    packed = BodyWriter(dictionary).pack(BODY)
    try:
        found = BodyReader(dictionary).unpack(packed[:at] + other + packed[at + len(other) :])
    except ValueError:
        return
    assert len(found) <= LARGEST_BODY
