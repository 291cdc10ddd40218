"""Every failure as `application/problem+json`, with the members Crossref's clients read beside it.

Rules: RFC 9457 for the problem, `validation-failure` messages of Crossref's REST API for the rest.
A failure is one of the rows of `platform.error`; what is not becomes `internal`, with a reference
that stands in the log as well.
"""

from __future__ import annotations

import secrets
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from urllib.parse import quote

import msgspec
import psycopg
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, SerializationException, ValidationException
from litestar.handlers import HTTPRouteHandler
from psycopg_pool import PoolTimeout, TooManyRequests

from nexus_hub.aquilo.errors import (
    BodyTooLarge,
    Busy,
    MalformedRequest,
    MethodNotAllowed,
    NoSuchRoute,
    UnsupportedMediaType,
    ValidationFailed,
)
from nexus_hub.platform.error_classes import DatabaseUnavailable
from nexus_hub.platform.errors import NexusError
from nexus_hub.platform.layout import ROOMS

MEDIA_TYPE = "application/problem+json"
MESSAGE_VERSION = "1.0.0"
AnyRequest = Request[Any, Any, Any]
log = structlog.get_logger("nexus.api")

_BY_STATUS: dict[int, type[NexusError]] = {
    404: NoSuchRoute,
    405: MethodNotAllowed,
    413: BodyTooLarge,
    415: UnsupportedMediaType,
}
_RETRY_AFTER_S: dict[type[NexusError], int] = {Busy: 1, DatabaseUnavailable: 5}
_TRY_AGAIN = frozenset({"40001", "40P01", "55P03", "57014"})
_AWAY = ("08", "53", "57P", "25006")
_BAD_VALUE = frozenset({"22003", "22007", "22008", "22021", "22P02", "22P05"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with a request: where it stands, what it is, what was expected.

    `pointer` is a JSON Pointer into the body; for a query parameter it is empty and `parameter`
    names it.
    """

    type: str
    message: str
    value: str = ""
    pointer: str = ""
    parameter: str = ""


@dataclass(eq=False)
class Refused(Exception):
    """An error with all that its answer tells beyond a detail.

    Single faults, further headers, and further members of the problem (RFC 9457, section 3.2).
    """

    error: NexusError
    faults: Sequence[Fault] = ()
    headers: dict[str, str] = field(default_factory=dict)
    members: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return str(self.error)


def load_errors() -> None:
    """Make the errors of every room known, so that what SQL raises is recognised by its code."""
    for room in ROOMS:
        name = f"nexus_hub.{room}.errors"
        if find_spec(name):
            import_module(name)


def invalid(parameter: str, value: object, message: str) -> Refused:
    """The refusal of one query parameter.

    >>> str(invalid("rows", "x", "a whole number from 0 to 1000"))
    "parameter rows is 'x'; expected a whole number from 0 to 1000"
    """
    detail = f"parameter {parameter} is '{value}'; expected {message}"
    fault = Fault("parameter-not-valid", f"expected {message}", str(value), parameter=parameter)
    return Refused(ValidationFailed(detail), [fault])


def answer(request: AnyRequest, exc: Exception) -> Response[bytes]:
    """The problem an exception becomes; what nobody foresaw is logged, once, with its reference."""
    refused = _refused(exc, _sent_names(request))
    if refused is None:
        refused = Refused(NexusError(_reference(request, exc)))
    error = refused.error
    headers = dict(refused.headers)
    if seconds := _RETRY_AFTER_S.get(type(error)):
        headers.setdefault("Retry-After", str(seconds))
    if error.http_status == 401:
        headers.setdefault("WWW-Authenticate", 'Bearer realm="nexus", Basic realm="nexus"')
    return Response(
        msgspec.json.encode(document(error, refused.faults, instance(request)) | refused.members),
        status_code=error.http_status,
        media_type=MEDIA_TYPE,
        headers=headers,
    )


def document(error: NexusError, faults: Sequence[Fault], instance: str) -> dict[str, Any]:
    """The members of a problem. `type` is a path that leads to the page about this error."""
    whole = [Fault(error.slug, error.detail or error.meaning, value=instance)]
    return {
        "type": f"/problems/{error.slug}",
        "title": error.meaning,
        "status": error.http_status,
        "detail": error.detail or error.meaning,
        "instance": instance,
        "hint": error.hint,
        "message-type": "exception" if error.http_status >= 500 else "validation-failure",
        "message-version": MESSAGE_VERSION,
        "message": [_message(fault) for fault in faults or whole],
    }


def instance(request: AnyRequest) -> str:
    """The path and query of the request as they were sent, safe as a URI reference."""
    path = request.scope.get("raw_path") or request.scope["path"].encode()
    query = request.scope.get("query_string", b"")
    sent = path.partition(b"?")[0] + (b"?" + query if query else b"")
    return quote(sent, safe="!#$%&'()*+,/:;=?@[]~")


def from_database(exc: psycopg.Error) -> NexusError | None:
    """The error a failed statement stands for; None when it is nobody's but ours.

    Errors of the system carry their own code; the rest is told by PostgreSQL's classes: worth
    another try, server away or read-only, a value no column can hold.
    """
    state = exc.sqlstate or ""
    if known := NexusError.by_sqlstate.get(state):
        return known(exc.diag.message_detail or "")
    if state in _TRY_AGAIN or isinstance(exc, TooManyRequests):
        return Busy(exc.diag.message_primary or str(exc))
    if isinstance(exc, PoolTimeout):
        return DatabaseUnavailable("no connection was to be had in time")
    if state.startswith(_AWAY) or (isinstance(exc, psycopg.OperationalError) and not state):
        return DatabaseUnavailable("the database does not answer, or takes no writes")
    if state in _BAD_VALUE or (isinstance(exc, psycopg.DataError) and not state):
        return ValidationFailed(exc.diag.message_primary or str(exc))
    return None


def _sent_names(request: AnyRequest) -> dict[str, str]:
    """What the parameters of a handler are called by who sends them, by their names in here."""
    handler = request.scope.get("route_handler")
    fields = handler.parsed_fn_signature.parameters if isinstance(handler, HTTPRouteHandler) else {}
    told = {name: getattr(field.kwarg_definition, "name", None) for name, field in fields.items()}
    return {name: sent for name, sent in told.items() if sent}


def _refused(exc: BaseException, names: dict[str, str]) -> Refused | None:
    match exc:
        case Refused():
            return exc
        case NexusError():
            return Refused(exc)
        case psycopg.Error():
            error = from_database(exc)
            return Refused(error) if error else None
        case HTTPException():
            return _from_framework(exc, names)
        case RecursionError() if "deserializing" in str(exc):
            return Refused(ValidationFailed("the body is nested too deeply"))
        case BaseExceptionGroup():
            return next((one for leaf in exc.exceptions if (one := _refused(leaf, names))), None)
    return None


def _from_framework(exc: HTTPException, names: dict[str, str]) -> Refused | None:
    headers = {name.title(): value for name, value in (exc.headers or {}).items()}
    if isinstance(exc, ValidationException):
        faults = [_fault(one, names) for one in exc.extra or [] if isinstance(one, dict)]
        detail = "; ".join(fault.message for fault in faults) or exc.detail
        return Refused(ValidationFailed(detail), faults)
    if isinstance(exc.__cause__, SerializationException):
        fault = Fault("malformed-json", str(exc.__cause__))
        return Refused(ValidationFailed(f"the body is not JSON: {exc.__cause__}"), [fault])
    if exc.status_code == 413:
        return Refused(BodyTooLarge("at most 50 MB are taken in one request"), headers=headers)
    if known := _BY_STATUS.get(exc.status_code):
        return Refused(known(""), headers=headers)
    if exc.status_code < 500 or "disconnected" in exc.detail:
        return Refused(MalformedRequest(exc.detail), headers=headers)
    return None


def _fault(told: dict[str, Any], names: dict[str, str]) -> Fault:
    key = str(told.get("key", ""))
    key = names.get(key, key)
    if key == "data":
        lacking = told["message"].strip("'") == "data"
        message = "the request has no body" if lacking else str(told["message"])
        return Fault("body-not-valid", message)
    kind = "body" if told.get("source") == "body" else "parameter"
    message = f"{key}: {told['message']}" if key else str(told["message"])
    if kind == "body":
        pointer = "/" + key.replace("[", ".").replace("]", "").replace(".", "/") if key else ""
        return Fault("body-not-valid", message, pointer=pointer)
    return Fault("parameter-not-valid", message, parameter=key)


def _message(fault: Fault) -> dict[str, str]:
    members = {name: getattr(fault, name) for name in ("type", "value", "message", "pointer")}
    return members | ({"parameter": fault.parameter} if fault.parameter else {})


def _reference(request: AnyRequest, exc: Exception) -> str:
    """Log what failed; the words that lead an operator from the answer to that line."""
    reference = secrets.token_hex(6)
    log.error(
        "request failed",
        reference=reference,
        method=request.scope["method"],
        instance=instance(request),
        error=repr(exc),
        traceback="".join(traceback.format_exception(exc)),
    )
    return f"reference {reference}"
