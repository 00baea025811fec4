"""A limit to the time that one file may take."""

from __future__ import annotations

import signal
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType


class TimedOut(BaseException):
    """The time is over. No Exception, so that nothing on the way takes it for an error of the file."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TimedOut in the body when it takes longer than `seconds` (0: never).

    Only where there is an alarm clock: in the main thread of a Unix process. A limit that a slow machine
    can reach is no limit for what an article may be: it stops files made to take for ever.
    """
    alarm = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
    if not alarm or seconds <= 0:
        yield
        return
    before = signal.signal(signal.SIGALRM, _ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _ring(number: int, frame: FrameType | None) -> None:
    raise TimedOut
