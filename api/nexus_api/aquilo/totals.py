"""How many there are of what a list tells: counted once for each state of the catalogue."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from litestar import Request

Total = TypeVar("Total")
_KEPT_TOTALS = 256


class Totals:
    """How many works there are of each query, counted once per state of the catalogue."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, Any]] = OrderedDict()

    async def get(self, query: str, version: str, count: Callable[[], Awaitable[Total]]) -> Total:
        """The total of a query; counted where it was not, or was for another version."""
        kept = self._kept.get(query)
        if kept is None or kept[0] != version:
            kept = self._kept[query] = version, await count()
        self._kept.move_to_end(query)
        while len(self._kept) > _KEPT_TOTALS:
            self._kept.popitem(last=False)
        return kept[1]


def totals_of(request: Request[Any, Any, Any]) -> Totals:
    """The totals this service keeps."""
    state = request.app.state
    if "work_totals" not in state:
        state.work_totals = Totals()
    return state.work_totals
