"""Work that waits until a control has not moved for a moment."""

import threading
import time
from collections.abc import Callable

PAUSE = 0.35  # seconds without a move


class Debounce:
    """Does some work once no further call of `later` has come for a while.

    A control that moves calls `later` some forty times a second, and only the last call counts.
    Each call takes the next turn; a thread that wakes up and finds a later turn does nothing.

    work: gets a function that says whether this is still the last turn; slow work asks it between
        its parts and ends when it is not.
    """

    def __init__(self, work: Callable[[Callable[[], bool]], None]) -> None:
        self._work = work
        self._turn = 0

    def later(self, pause: float | None = None) -> None:
        """Do the work after a pause [s; None: the usual one]."""
        self._turn += 1
        wait = PAUSE if pause is None else pause
        try:
            threading.Thread(target=self._wait, args=(self._turn, wait), daemon=True).start()
        except RuntimeError:
            self.alone()

    def alone(self) -> None:
        """What happens where Python has no threads, as in a browser: the work, at once."""
        self._work(lambda: True)

    def _wait(self, turn: int, pause: float) -> None:
        time.sleep(pause)
        if turn == self._turn:
            self._work(lambda: turn == self._turn)

    def drop(self) -> None:
        """End what waits or runs."""
        self._turn += 1

    def now(self) -> None:
        """Do the work at once, in place of what waits."""
        self._turn += 1
        self._work(lambda: True)
