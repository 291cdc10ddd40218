"""What every error of the system has in common.

The errors themselves are rows of `platform.error`; each room's `errors.py` is generated from them.
"""

from __future__ import annotations

from typing import ClassVar


class NexusError(Exception):
    """A failure with a code, a meaning and a hint, the same in SQL, Python and HTTP.

    `detail` says what happened this time; the class says what it means in general.
    """

    slug: ClassVar[str] = "internal"
    sqlstate: ClassVar[str] = "NX000"
    http_status: ClassVar[int] = 500
    meaning: ClassVar[str] = "Something failed that should not."
    hint: ClassVar[str | None] = None

    by_sqlstate: ClassVar[dict[str, type[NexusError]]] = {}

    def __init__(self, detail: str = "") -> None:
        super().__init__(detail or self.meaning)
        self.detail = detail

    def __init_subclass__(cls, **kwargs: object) -> None:
        super().__init_subclass__(**kwargs)
        NexusError.by_sqlstate[cls.sqlstate] = cls
