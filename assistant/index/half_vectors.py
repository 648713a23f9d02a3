"""Vectors of float16 between this program (little-endian bytes) and pgvector's ``halfvec`` (its binary form), to the last bit."""

import struct
from dataclasses import dataclass

import numpy as np

_HEAD = struct.Struct(">HH")  # dimension, and two bytes that pgvector keeps for itself


@dataclass(frozen=True, slots=True)
class Half:
    """A vector as a value of a statement: ``(dimension,)`` float16, little-endian bytes."""

    data: bytes


def to_wire(data: bytes) -> bytes:
    """The binary form of a ``halfvec``."""
    return _HEAD.pack(len(data) // 2, 0) + np.frombuffer(data, dtype="<f2").astype(">f2").tobytes()


def from_wire(data: bytes) -> bytes:
    """Little-endian float16 of the binary form of a ``halfvec``."""
    return np.frombuffer(data, dtype=">f2", offset=_HEAD.size).astype("<f2").tobytes()
