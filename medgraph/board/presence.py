"""Who looks at the board just now: an office or role and what it looks at, no person.

Nothing of it is kept: it goes when the page is closed.
"""

from __future__ import annotations

import re
import threading
from collections import Counter, OrderedDict
from typing import Any

from medgraph.errors import OptionError
from medgraph.words.invisible import visible
from medgraph.words.say import say

_MOST = 200  # pages
_LONGEST = 60  # characters of an office, or of what is looked at
_PAGE = re.compile(r"[0-9a-z]{8,40}")


class Presence:
    """The pages that are open, by the random name that each has given itself."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self._lock = threading.Lock()
        self._open: OrderedDict[str, dict[str, str]] = OrderedDict()
        self._connections: Counter[str] = Counter()  # a page may come again before it was missed

    def come(self, page: str) -> None:
        """Note that a page is open; raise OptionError where its name is none."""
        if not _PAGE.fullmatch(page):
            raise OptionError(say("board.unreadable"))
        with self._lock:
            self._connections[page] += 1
            self._open.setdefault(page, {"who": "", "plan": "", "at": ""})
            while len(self._open) > _MOST:
                self._open.popitem(last=False)

    def tell(self, values: dict[str, Any]) -> dict[str, Any]:
        """Note which office looks at what on a page that is open."""
        page, *told = (values.get(name) for name in ("page", "who", "plan", "at"))
        if not isinstance(page, str) or not all(isinstance(text, str) for text in told):
            raise OptionError(say("board.unreadable"))
        who, plan, at = (" ".join(visible(text).split())[:_LONGEST] for text in map(str, told))
        new = {"who": who, "plan": plan, "at": at}
        with self._lock:
            if page in self._open:
                self._open[page] = new
        return {}

    def leave(self, page: str) -> None:
        """Note that a page was closed."""
        with self._lock:
            self._connections[page] -= 1
            if self._connections[page] <= 0:
                del self._connections[page]
                self._open.pop(page, None)

    def others(self, page: str) -> list[dict[str, str]]:
        """Return who else looks, and at what."""
        with self._lock:
            return [told for name, told in self._open.items() if name != page]
