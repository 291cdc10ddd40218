"""Who writes. Every credential is read here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request
from litestar.di import NamedDependency
from litestar.params import SkipValidation

from nexus_hub.aquilo.errors import BadKey, KeyRequired
from nexus_hub.platform.config import Settings

Configured = NamedDependency[SkipValidation[Settings]]
"""The type of a handler's parameter `settings`."""


@dataclass(frozen=True, slots=True)
class Depositor:
    """Whom a deposit is from: the name of the editor it is made in, and the member, if any."""

    editor: str
    member: int | None = None


ANONYMOUS = Depositor("anonymous")
"""Whoever reaches a service that takes deposits from all."""


def depositor(request: Request[Any, Any, Any], settings: Settings) -> Depositor:
    """The depositor a request speaks for.

    Raises `BadKey` for credentials that nobody was given, also where none are needed, and
    `KeyRequired` where deposits are not open to all and none were sent.
    """
    if "authorization" in request.headers:
        raise BadKey("the key in the Authorization header is not known here")
    if not settings.open_deposits:
        raise KeyRequired("deposits to this service need a key")
    return ANONYMOUS
