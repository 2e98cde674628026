"""Work on many sheets in several processes, the results in the order of the sheets."""

from __future__ import annotations

import gc
import multiprocessing
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class WorkerDiedError(Exception):
    """A process ended before its work was done: the system killed it, or it had no memory left."""


def spread(
    items: Iterable[Item], work: Callable[[list[Item]], list[Result]], jobs: int, batch: int
) -> Iterator[Result]:
    """Yield what `work` returns for all items, in order. Few batches wait at a time: memory stays small.

    Args:
        items: what to work on; with several jobs they go to other processes.
        work: a function of a module, or a partial of one.
        jobs: how many processes work; none but this one when 1.
        batch: items that a process takes at a time.

    Raises:
        WorkerDiedError: a process died.
    """
    todo = iter(items)
    if jobs == 1:
        while taken := list(islice(todo, batch)):
            yield from work(taken)
        return
    # A copy of this process starts at once; beside other threads it could catch one in the middle of something,
    # and a new process is made instead, which reads the whole program again.
    is_alone = threading.active_count() == 1
    context = multiprocessing.get_context("fork" if is_alone else "spawn")
    with ProcessPoolExecutor(jobs, mp_context=context, initializer=_begin) as pool:
        running: deque[Future[list[Result]]] = deque()
        try:
            while taken := list(islice(todo, batch)):
                running.append(pool.submit(work, taken))
                if len(running) > 2 * jobs:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool as error:
            raise WorkerDiedError("one of the processes died; try with one job") from error
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Let the first process alone hear an interrupt: it ends the others. Values made here are never in a cycle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()
