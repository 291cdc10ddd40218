"""Requests made from the contract, sent to the whole application, and what is wrong with answers.

Schemathesis makes them: every operation that OpenAPI holds, with what its schemas allow and with
what they refuse, alone and one after another. Nothing here names a route.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import orjson
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import Status, events, from_schema
from schemathesis.generation.case import Case
from schemathesis.python import asgi

POSITIVE = ["2xx", "3xx", "401", "403", "404", "406", "409", "410", "412", "422", "428"]
"""What a request that fits the schemas may get: who asks, and what is there, no schema tells."""

OF_FORM = frozenset(
    {"validation-failed", "malformed-identifier", "malformed-croid", "malformed-path"}
)
"""Refusals (400) of what has the wrong form, which the schema has to tell. The others are of what
a schema cannot tell: a cursor that was not signed here, a patch that does not fit, a record that
lacks what its type needs."""

UNTOLD = (" beside ", "not in the future")
"""Words of refusals that no schema could have told."""

TOLD_HEADERS = frozenset(
    {"accept", "content-type", "if-match", "if-none-match", "idempotency-key", "prefer"}
)


@dataclass
class Outcome:
    """What a run found, with the request and the answer, and what was answered how often."""

    found: dict[tuple[Any, ...], str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)

    def told(self) -> str:
        """All that is wrong, for whoever reads the failure of a test; empty where nothing is."""
        return "\n\n".join([*self.errors, *self.found.values()])


@dataclass(frozen=True)
class Asking:
    """How much is asked, and of which operations.

    `examples` are those of each operation in each phase beside the ones that cover its schemas;
    `steps` how many requests build on each other, 0 for none; `values` are of path parameters that
    name what is there. Without `seed` no two runs are alike.
    """

    examples: int = 0
    steps: int = 0
    seed: int | None = 1
    values: dict[str, list[str]] = field(default_factory=dict)
    only: Callable[[Any], bool] = lambda context: True


class Impatient:
    """The application for a client that never waits, and whose key is made anew once it is gone.

    A header or a parameter that asks to wait for N seconds, or for index N, asks for none; what is
    no number passes as it is. Operations revoke keys, the one they are asked with too.
    """

    def __init__(self, app: Any, make_key: Callable[[], str] | None) -> None:
        self.app, self.make_key = app, make_key
        self.key = make_key().encode() if make_key else b""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        is_mine = False

        async def watched(message: Any) -> None:
            if message.get("status") == 401 and is_mine and self.make_key:
                self.key = self.make_key().encode()
            await send(message)

        if scope["type"] == "http":
            headers = [(name, self._read(name, value)) for name, value in scope["headers"]]
            is_mine = headers != scope["headers"] and (b"authorization", self._mine) in headers
            scope["headers"] = headers
            query = scope["query_string"]
            scope["query_string"] = re.sub(
                rb"(^|&)wait=([1-5]?[0-9]|60)(?=&|$)", rb"\1wait=0", query
            )
        await self.app(scope, receive, watched)

    @property
    def _mine(self) -> bytes:
        return b"Bearer " + self.key

    def _read(self, name: bytes, value: bytes) -> bytes:
        if name == b"authorization" and value == MINE.encode():
            return self._mine
        if name == b"x-nexus-min-index" and re.fullmatch(rb"[0-9]{1,18}", value):
            return b"0"
        return re.sub(rb"wait\s*=\s*\"?[0-9]+", b"wait=0", value) if name == b"prefer" else value


MINE = "Bearer mine"
"""What stands for the key in requests as they are made."""


def run(app: Any, make_key: Callable[[], str] | None, asking: Asking) -> Outcome:
    """Ask the application for what its contract holds, with a key or without."""
    config = _config(asking, has_key=make_key is not None)
    asked = Impatient(app, make_key)
    schema = schemathesis.openapi.from_asgi("/openapi.json", asked, config=config)
    # HEAD is asked for wherever GET is by a test of its own.
    schema = schema.include(asking.only).exclude(method="HEAD")
    schema.hook("filter_failure")(is_wrong)
    outcome = Outcome()
    try:
        for event in from_schema(schema).execute():
            _note(event, outcome)
    finally:
        asgi.shutdown_lifespans()
    return outcome


def _config(asking: Asking, *, has_key: bool) -> SchemathesisConfig:
    told: dict[str, Any] = {
        "generation": {
            "deterministic": asking.seed is not None,
            "max-examples": max(asking.examples, 1),
            "database": "none",
            "no-shrink": True,
        },
        "continue-on-failure": True,
        "request-timeout": 60,
        "phases": {
            "fuzzing": {"enabled": asking.examples > 0},
            "stateful": {"enabled": asking.steps > 0, "max-steps": max(asking.steps, 2)},
        },
        "dictionaries": {name: {"values": values} for name, values in asking.values.items()}
        | {"any": {"values": ["*"]}},
        "parameters": {
            f"path.{name}": {"dictionary": name, "probability": 0.7} for name in asking.values
        }
        | {"header.If-Match": {"dictionary": "any", "probability": 0.5}},
        "checks": {"positive_data_acceptance": {"expected-statuses": POSITIVE}},
    }
    if asking.seed is not None:
        told["seed"] = asking.seed
    if has_key:
        told["headers"] = {"Authorization": MINE}
    return SchemathesisConfig.from_dict(told)


def _note(event: Any, outcome: Outcome) -> None:
    if isinstance(event, events.NonFatalError):
        outcome.errors.append(f"{event.label}: {event.info.title}: {event.info.message}")
    if not isinstance(event, events.ScenarioFinished):
        return
    for case_id, exchange in event.recorder.interactions.items():
        label = event.recorder.cases[case_id].value.operation.label
        status = exchange.response.status_code if exchange.response is not None else 0
        outcome.answers[label, status] += 1
        for check in event.recorder.checks.get(case_id, ()):
            if check.status == Status.FAILURE:
                failure = check.failure_info.failure
                kind = (check.name, label, status, failure.message.partition("\n\n")[0])
                outcome.found.setdefault(kind, _told(label, failure, exchange))


def _told(label: str, failure: Failure, exchange: Any) -> str:
    request, response = exchange.request, exchange.response
    sent = {name: told for name, told in request.headers.items() if name.lower() in TOLD_HEADERS}
    lines = [f"{label}: {failure.title}: {' '.join(failure.message.split())[:800]}"]
    lines += [f"{request.method} {request.uri}", str(sent), str(request.body or b"")[:600]]
    if response is not None:
        lines.append(f"{response.status_code} {response.content[:700]!r}")
    return "\n    ".join(lines)


def is_wrong(ctx: Any, failure: Failure, case: Case, response: Response) -> bool:
    """Whether a failure of a check is one; False where the check asks what cannot be had here."""
    check = type(failure).checks
    if response.status_code == 400 and "positive_data_acceptance" in check:
        return _is_of_form(case, response)
    if response.status_code == 400 and "unsupported_method" in check:
        # What no name can be has no methods: it is refused before anybody looks for a route.
        return not _slugs(response) <= {"malformed-identifier", "malformed-path"}
    if "negative_data_rejection" in check:
        # Any header may be sent beside those that mean something (RFC 9110, section 5.1).
        return "in header - object with unexpected properties" not in failure.message
    return True


def _is_of_form(case: Case, response: Response) -> bool:
    """Whether a request was refused for a form that its schema could have told."""
    if not _slugs(response) & OF_FORM:
        return False
    faults = orjson.loads(response.content).get("message", [])
    declared = {one.name: one.definition["schema"] for one in case.operation.iter_parameters()}
    named = {fault["parameter"] for fault in faults if fault.get("parameter")}
    # No schema tells which parameters do not go together.
    if {"parameter-not-known"} == {fault["type"] for fault in faults} and named <= declared.keys():
        return False
    # Nor which values do not, nor what time it is.
    if any(
        words in fault["message"] for fault in faults for words in (" beside ", "in the future")
    ):
        return False
    free = {name for name, schema in declared.items() if _is_free(schema)}
    return not named <= free if named else not free


def _slugs(response: Response) -> set[str]:
    """What a refusal calls itself: as a problem, or in JSON:API."""
    told = orjson.loads(response.content)
    if "errors" in told:
        return {one["code"] for one in told["errors"]}
    return {told.get("type", "").rpartition("/")[2]}


def _is_free(schema: dict[str, Any]) -> bool:
    """Whether a parameter is any text to its schema, and what it means is told in words."""
    is_text = schema.get("type", "string") == "string"
    return is_text and not {"pattern", "enum", "anyOf"} & schema.keys()
