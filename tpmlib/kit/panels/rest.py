"""Work that waits until a control rests: while it moves, a heavy model is computed with less."""

import threading
import time
from collections.abc import Callable

PAUSE = 0.35  # seconds without a move


class Rest:
    """Calls `work(current)` once no further call of `later` came for a while.

    work: gets a function that says whether this is still the last call; slow work asks it between
        its parts and ends when it is not.
    """

    def __init__(self, work: Callable[[Callable[[], bool]], None]) -> None:
        self._work = work
        self._turn = 0

    def later(self) -> None:
        """Do the work after a pause; at once where Python has no threads, as in a browser."""
        self._turn += 1
        try:
            threading.Thread(target=self._wait, args=(self._turn,), daemon=True).start()
        except RuntimeError:
            self._work(lambda: True)

    def _wait(self, turn: int) -> None:
        time.sleep(PAUSE)
        if turn == self._turn:
            self._work(lambda: turn == self._turn)

    def drop(self) -> None:
        """Nothing is left to do: end what waits or runs."""
        self._turn += 1

    def now(self) -> None:
        """Do the work at once, in place of what waits."""
        self._turn += 1
        self._work(lambda: True)
