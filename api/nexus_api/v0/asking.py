"""What a request of fatcat's clients says: idents, limits, moments, lists of words, a body."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from litestar import Request

from nexus_api.problems import invalid
from nexus_hub.aquilo.errors import NoSuchRoute, ValidationFailed
from nexus_hub.catalog.canonical import RefusedRecordError, decode
from nexus_hub.catalog.errors import BadRecord
from nexus_hub.catalog.fatcat import ENTITIES
from nexus_hub.catalog.fatcat.idents import MalformedIdentError, from_ident
from nexus_hub.catalog.queries.models import Kind

AnyRequest = Request[Any, Any, Any]
Record = dict[str, Any]
DEFAULT_LIMIT = 20
LARGEST_LIMIT = 100


def kind_of(name: str) -> Kind:
    """The kind that a path names. Raises `NoSuchRoute` for what is no kind of fatcat's."""
    if name not in ENTITIES:
        raise NoSuchRoute(f"nothing is called {name[:100]!r} here")
    return Kind(name)


def ident_of(text: Any, name: str = "ident") -> UUID:
    """The uuid of an ident. Raises `ValidationFailed`."""
    try:
        return from_ident(text if isinstance(text, str) else "")
    except MalformedIdentError:
        shown = str(text)[:100]
        raise ValidationFailed(
            f"{name} is {shown!r}; 26 characters of a-z and 2-7 are expected"
        ) from None


def uuid_of(text: Any, name: str) -> UUID:
    """The id of an edit, a revision or an annotation, with its hyphens. Raises `ValidationFailed`.

    >>> uuid_of("0190A1B2-c3d4-7e5f-8a6b-7c8d9e0f1a2b", "rev_id").version
    7
    """
    try:
        read = UUID(text)
    except (ValueError, TypeError, AttributeError):
        read = None
    if read is None or str(read) != text.lower():
        raise ValidationFailed(f"{name} is {str(text)[:100]!r}; a UUID is expected")
    return read


def word(request: AnyRequest, name: str) -> str | None:
    """A query parameter that is given once. Raises `Refused` where it is given more often."""
    given = request.query_params.getall(name, [])
    if len(given) > 1:
        raise invalid(name, ", ".join(given), "one value")
    return given[0] if given else None


def words(request: AnyRequest, name: str) -> frozenset[str]:
    """The words of a comma list; those that nobody knows do no harm."""
    return frozenset((word(request, name) or "").replace(" ", "").split(","))


def whole(request: AnyRequest, name: str, largest: int, least: int = 1) -> int | None:
    """A whole number in decimal digits, within limits. Raises `Refused`."""
    given = word(request, name)
    if given is None:
        return None
    is_number = given.isascii() and given.isdecimal() and len(given) < 20
    if not is_number or not least <= int(given) <= largest:
        raise invalid(name, given[:100], f"a whole number from {least} to {largest}")
    return int(given)


def limit(request: AnyRequest) -> int:
    """How many rows are wanted."""
    return whole(request, "limit", LARGEST_LIMIT) or DEFAULT_LIMIT


def moment(request: AnyRequest, name: str) -> datetime | None:
    """A moment of RFC 3339 with its zone; a space stands for a plus that was not escaped."""
    given = word(request, name)
    if given is None:
        return None
    text = given.upper()
    if "T" in text:
        text = text.replace(" ", "+")
    try:
        read = datetime.fromisoformat(text)
    except ValueError:
        read = None
    if read is None or read.tzinfo is None:
        raise invalid(name, given[:100], "a moment as 2020-01-31T12:00:00Z")
    return read


def flag(request: AnyRequest, name: str) -> bool | None:
    """A parameter that is true or false. Raises `Refused`."""
    given = word(request, name)
    if given is None:
        return None
    if given.lower() not in ("true", "false"):
        raise invalid(name, given[:100], "true or false")
    return given.lower() == "true"


async def body_of(request: AnyRequest) -> Record:
    """The object that a request brings, without members that are null. Raises `BadRecord`."""
    try:
        given = decode(await request.body())
    except RefusedRecordError as refusal:
        raise BadRecord(str(refusal)) from None
    if not isinstance(given, dict):
        raise BadRecord("the body is an object")
    return {name: value for name, value in given.items() if value is not None}


def member(record: Record, name: str, kind: type[Any]) -> Any:
    """A member of a body that has this type, or nothing. Raises `BadRecord`."""
    value = record.get(name)
    if value is not None and type(value) is not kind:
        raise BadRecord(f"/{name}: {kind.__name__} expected")
    return value
