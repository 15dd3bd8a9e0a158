"""Many independent pieces of work spread over processes of this machine, or over a cluster that others run."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from importlib import import_module
from multiprocessing import forkserver, resource_tracker
from threading import Thread
from typing import Any, Protocol, TypeVar

from merestone.casefile.private_folder import prepare_kernels
from merestone.errors import WrongRequestError

T = TypeVar("T")
R = TypeVar("R")

KERNELS = "merestone.casefile.warm"
"""The module that a worker imports before it is given work."""


class Crew(Protocol):
    """Whoever does the work: results come as they are finished, in no order."""

    def each(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """The results of all pieces."""

    def one(self, work: Callable[[T], R], piece: T) -> R:
        """The result of a single piece, waited for; threads may ask side by side."""


class Alone:
    """This process itself."""

    def each(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """The results of all pieces, one after the other."""
        return map(work, pieces)

    def one(self, work: Callable[[T], R], piece: T) -> R:
        """The result of a single piece."""
        return work(piece)


class Processes:
    """Processes of this machine."""

    def __init__(self, pool: Executor) -> None:
        self._pool = pool

    def each(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """The results of all pieces as they are finished."""
        for task in as_completed([self._pool.submit(work, piece) for piece in pieces]):
            yield task.result()

    def one(self, work: Callable[[T], R], piece: T) -> R:
        """The result of a single piece, done by one of them."""
        return self._pool.submit(work, piece).result()


class Cluster:
    """A cluster of `dask.distributed`, whose workers have Merestone installed."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def each(self, work: Callable[[T], R], pieces: Sequence[T]) -> Iterator[R]:
        """The results of all pieces as they are finished."""
        from distributed import as_completed as finished

        completed: Callable[..., Iterator[Any]] = finished
        # Each piece is sent by itself: all at once would be a single message of many megabytes.
        tasks = [self._client.submit(work, self._client.scatter(piece, hash=False), pure=False) for piece in pieces]
        for task in completed(tasks, loop=self._client.loop):
            yield task.result()

    def one(self, work: Callable[[T], R], piece: T) -> R:
        """The result of a single piece, done by this process: what it is made of is not sent out for so little."""
        return work(piece)


def cores() -> int:
    """How many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


@contextmanager
def crew(workers: int, scheduler: str | None) -> Iterator[Crew]:
    """Those who work: the cluster of a scheduler, or so many processes, none beside this one for a single worker.

    The processes start at once, so that they are ready when the first work comes. However it ends, they end too.
    """
    prepare_kernels()
    if scheduler is not None:
        with _client(scheduler) as client:
            yield Cluster(client)
    elif workers == 1:
        yield Alone()
    else:
        others = set(multiprocessing.active_children())
        pool = ProcessPoolExecutor(workers, _prepared(), initializer=_ready)
        starting = Thread(target=_start, args=(pool, workers))
        starting.start()
        try:
            yield Processes(pool)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            starting.join()
            for worker in set(multiprocessing.active_children()) - others:
                worker.terminate()
                worker.join()
            raise
        pool.shutdown()


def _prepared() -> Any:
    """Processes that start clean: none inherits a thread or a lock that another held. Where there is one that they are
    forked from, it begins to load what is compiled at once.

    It and whatever it starts is deaf to interruptions: they are left to the process that gives the work.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([KERNELS])
    resource_tracker.ensure_running()  # it would lift the block
    with _deaf():
        forkserver.ensure_running()
    return context


@contextmanager
def _deaf() -> Iterator[None]:
    """Whatever this thread starts meanwhile does not hear an interruption; this thread hears it afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start(pool: Executor, workers: int) -> None:
    """Start all processes; done by a thread of its own, since each waits until the first has all that it needs."""
    with _deaf(), suppress(RuntimeError):  # the pool is shut down already
        for _ in range(workers):
            pool.submit(os.getpid)


def _ready() -> None:
    """Leave an interruption to the process that gives the work, and import what the work needs."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    prepare_kernels()
    import_module(KERNELS)


def _client(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError:
        raise WrongRequestError(
            "--scheduler needs dask.distributed, which is not installed; pip install 'merestone[cluster]'"
        ) from None
    connected: Callable[..., Any] = Client
    try:
        return connected(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise WrongRequestError(
            f"no Dask scheduler answers at {address}: {str(error) or type(error).__name__}"
        ) from error
