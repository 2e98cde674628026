"""Bodies of procedures as bytes: JSON compressed by Zstandard with one dictionary for the whole pack.

Sheets are small and alike: without a dictionary they would take half as much again.
"""

from __future__ import annotations

from collections.abc import Sequence

import zstandard

LEVEL = 3
"""Compression level: 9 takes five times as long to make bodies a sixth smaller (docs/benchmarks.md)."""

DICTIONARY_BYTES = 112_640
SAMPLES = 200
"""Bodies that the dictionary is learnt from."""

LEAST_SAMPLES = 50
"""With fewer bodies there is nothing to learn: they are compressed without a dictionary."""

LARGEST_BODY = 32_000_000
"""Most bytes of one body when unpacked; the longest official sheet has half a million."""


def learn_dictionary(samples: Sequence[bytes]) -> bytes:
    """Return the dictionary for bodies like these; empty when they are too few to learn from."""
    if len(samples) < LEAST_SAMPLES:
        return b""
    try:
        return zstandard.train_dictionary(DICTIONARY_BYTES, list(samples)).as_bytes()
    except zstandard.ZstdError:
        # Bodies too small or too much the same: nothing worth a dictionary.
        return b""


class BodyWriter:
    """Compresses bodies."""

    def __init__(self, dictionary: bytes) -> None:
        data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
        self._compressor = zstandard.ZstdCompressor(level=LEVEL, dict_data=data)

    def pack(self, body: bytes) -> bytes:
        """Return the compressed body."""
        return self._compressor.compress(body)


class BodyReader:
    """Reads bodies back."""

    def __init__(self, dictionary: bytes) -> None:
        """Take the dictionary of a pack.

        Raises:
            ValueError: it is none.
        """
        try:
            data = zstandard.ZstdCompressionDict(dictionary) if dictionary else None
            self._decompressor = zstandard.ZstdDecompressor(dict_data=data)
        except zstandard.ZstdError as error:
            raise ValueError(f"a dictionary cannot be read: {error}") from error

    def unpack(self, data: bytes) -> bytes:
        """Return the body.

        Raises:
            ValueError: the bytes are no body, or one of no believable size.
        """
        try:
            if zstandard.frame_content_size(data) > LARGEST_BODY:
                raise ValueError("a body is too large")
            return self._decompressor.decompress(data, max_output_size=LARGEST_BODY)
        except zstandard.ZstdError as error:
            raise ValueError(f"a body cannot be unpacked: {error}") from error
