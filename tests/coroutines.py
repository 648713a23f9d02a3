"""Coroutines that tests run to their end."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def completed(work: Coroutine[object, object, T]) -> T:
    """What ``work`` returns, run in a thread of its own: a browser that another test opened keeps its loop at work in this one."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, work).result()
