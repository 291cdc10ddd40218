"""`/match`: texts or members in, identifiers out, for each task of matching."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any, Final

import msgspec
from litestar import Litestar, Request, Response, get, post
from litestar.params import JSONBody, QueryParameter
from psycopg import AsyncConnection

from nexus_api.database import Database
from nexus_api.describing import JSON, described
from nexus_hub.catalog.queries import organisation as organisations
from nexus_hub.vulcanus.citables import find_candidates_async
from nexus_hub.vulcanus.errors import TooManyInputs, UnknownMatchingTask
from nexus_hub.vulcanus.matching import (
    REFERENCES,
    TITLES,
    AffiliationMatcher,
    Found,
    FunderMatcher,
    Input,
    Works,
    works_found,
)
from nexus_hub.vulcanus.queries import strategy as strategies
from nexus_hub.vulcanus.registry import Registry

MOST_INPUTS: Final = 1000
TASK_HELP: Final = "affiliation, funder, reference or title."
Db = AsyncConnection[Any]
Answers = list[list[Found]]


class Organisations:
    """The organisations in the memory of this process; read when they are first asked about.

    One thread at a time: who matches has them as they are, not half renewed.
    """

    def __init__(self) -> None:
        self._registry = Registry()
        self._lock = asyncio.Lock()

    async def match_many(self, db: Db, inputs: Sequence[Input]) -> Answers:
        """What these affiliations name among the organisations as they are now."""
        return await self._match(db, inputs, lambda known: AffiliationMatcher(known.index))

    async def match_funders(self, db: Db, inputs: Sequence[Input]) -> Answers:
        """What these funders are among the organisations as they are now."""
        return await self._match(db, inputs, lambda known: FunderMatcher(known.directory))

    async def _match(
        self,
        db: Db,
        inputs: Sequence[Input],
        make: Callable[[Registry], AffiliationMatcher | FunderMatcher],
    ) -> Answers:
        async with self._lock:
            await self._refresh(db)
            return await asyncio.to_thread(make(self._registry).match_many, inputs)

    async def _refresh(self, db: Db) -> None:
        rows = await strategies.strategy_list_async(db)
        newest = max([1, *(row.inputs_index for row in rows if row.matches_against)])
        known = self._registry.at_index
        if newest > known:
            gone = await organisations.organisation_list_gone_async(db, after_index=known)
            changed = await organisations.organisation_list_changed_async(db, after_index=known)
            await asyncio.to_thread(self._registry.take, gone, changed, newest)


def organisations_of(app: Litestar) -> Organisations:
    """The organisations in the memory of this application."""
    if "organisations" not in app.state:
        app.state.organisations = Organisations()
    return app.state.organisations


async def match_affiliations(app: Litestar, db: Db, inputs: Sequence[Input]) -> Answers:
    """The organisations of affiliations."""
    return await organisations_of(app).match_many(db, inputs)


async def match_funders(app: Litestar, db: Db, inputs: Sequence[Input]) -> Answers:
    """The organisations that funders are."""
    return await organisations_of(app).match_funders(db, inputs)


async def match_references(app: Litestar, db: Db, inputs: Sequence[Input]) -> Answers:
    """The works that references mean."""
    return await _match_works(REFERENCES, db, inputs)


async def match_titles(app: Litestar, db: Db, inputs: Sequence[Input]) -> Answers:
    """The works that have these titles."""
    return await _match_works(TITLES, db, inputs)


async def _match_works(works: Works, db: Db, inputs: Sequence[Input]) -> Answers:
    references = await asyncio.to_thread(lambda: [works.read(given) for given in inputs])
    candidates = await find_candidates_async(db, references)

    def decide() -> Answers:
        pairs = zip(references, candidates, strict=True)
        return [works_found(works, works.judge(one, some)) for one, some in pairs]

    return await asyncio.to_thread(decide)


TASKS: Final[Mapping[str, Callable[[Litestar, Db, Sequence[Input]], Awaitable[Answers]]]] = {
    "affiliation": match_affiliations,
    "funder": match_funders,
    "reference": match_references,
    "title": match_titles,
}
"""By name what answers a task. A new one adds its line here and nowhere else."""


class MatchRequest(msgspec.Struct):
    """What is to be matched: up to 1,000 inputs of one task, which the address may name instead.

    An input is a text, or an object with the members that Crossref's records have for it: of an
    affiliation its `name` and `place`, of a funder its `name`, `DOI` and `country`, of a reference
    `author`, `year`, `article-title` and so on, of a title `title`, `author` and `year`.
    """

    inputs: Annotated[
        list[str | dict[str, Any]],
        msgspec.Meta(examples=[["Department of Physics, University of Oxford"]]),
    ]
    task: Annotated[str | None, msgspec.Meta(examples=["affiliation"])] = None


_MATCH: dict[str, Any] = {
    "id": "https://ror.org/052gg0110",
    "confidence": 0.95,
    "strategy": "affiliation-ror",
    "chosen": True,
    "matched-name": "university oxford",
    "rule": "name",
}
_EXAMPLE: dict[str, Any] = {
    "items": [{"input": "Department of Physics, University of Oxford", "matches": [_MATCH]}]
}
_PROBLEMS = {400: "There is no such task, or there are more than 1,000 inputs."}


@post(
    "/match",
    operation_id="match_list",
    tags=["matching"],
    status_code=200,
    operation_class=described({JSON: _EXAMPLE}, others=_PROBLEMS),
)
async def match_list(
    data: JSONBody[MatchRequest],
    request: Request[Any, Any, Any],
    db: Database,
    task: Annotated[str | None, QueryParameter(description=TASK_HELP)] = None,
) -> Response[Any]:
    """What each of up to 1,000 inputs names, in their order.

    An input may name several; `chosen` are those that are sure enough to be added to a record, the
    one the others belong to first. What is left open is listed and not chosen.
    """
    if task and data.task and task != data.task:
        raise UnknownMatchingTask(f"{task[:60]} in the address, {data.task[:60]} in the body")
    return await _answer(request.app, db, task or data.task or "", data.inputs)


@get(
    "/match",
    operation_id="match_get",
    tags=["matching"],
    operation_class=described({JSON: _EXAMPLE}, others=_PROBLEMS),
)
async def match_get(
    task: Annotated[str, QueryParameter(description=TASK_HELP)],
    text: Annotated[str, QueryParameter(name="input", description="What is to be matched.")],
    request: Request[Any, Any, Any],
    db: Database,
) -> Response[Any]:
    """What one text names."""
    return await _answer(request.app, db, task, [text])


async def _answer(app: Litestar, db: Db, task: str, inputs: Sequence[Input]) -> Response[Any]:
    if task not in TASKS:
        raise UnknownMatchingTask(f"{task[:60] or 'none'}: there are {', '.join(sorted(TASKS))}")
    if len(inputs) > MOST_INPUTS:
        raise TooManyInputs(f"{len(inputs)} inputs; at most {MOST_INPUTS}")
    answers = await TASKS[task](app, db, inputs)
    items = [
        {"input": text, "matches": [_as_object(found) for found in given]}
        for text, given in zip(inputs, answers, strict=True)
    ]
    return Response(msgspec.json.encode({"items": items}), media_type=JSON)


def _as_object(found: Found) -> dict[str, Any]:
    return {
        "id": found.id,
        "confidence": found.confidence,
        "strategy": found.strategy,
        "chosen": found.chosen,
        "matched-name": found.matched_name,
        "rule": found.rule,
    }
