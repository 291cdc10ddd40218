"""Which format a request wants, by `?format=`, by the path or by `Accept`, and a work in it."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from litestar import Request
from litestar.params import QueryParameter

from nexus_api.aquilo import negotiation
from nexus_hub.aquilo import formats
from nexus_hub.aquilo.errors import NotAcceptable
from nexus_hub.aquilo.formats import (
    BIBTEX,
    CITATION,
    CSL,
    HTML,
    JSON,
    Format,
    Source,
)

__all__ = ["BIBTEX", "CITATION", "CSL", "HTML", "ITEMS", "JSON", "LISTS", "Chosen", "Format"]
AnyRequest = Request[Any, Any, Any]
ITEMS, LISTS = formats.ITEMS, formats.LISTS
MOST_LENGTH = 200

FormatName = Annotated[
    str | None,
    QueryParameter(
        name="format",
        description="The format, by its name or media type, whatever `Accept` says: "
        + ", ".join(f"`{form.name}`" for form in ITEMS)
        + ".",
        required=False,
        max_length=MOST_LENGTH,
    ),
]
NO_SUCH_FORMAT = "There is no such format; the detail lists those there are."
LIST_FORMATS = (
    "The format, by its name or media type, whatever `Accept` says: "
    + ", ".join(f"`{form.name}`" for form in LISTS)
    + "."
)
Style = Annotated[
    str | None,
    QueryParameter(
        description="The CSL style of a formatted citation, `apa` where none is told.",
        required=False,
        max_length=MOST_LENGTH,
    ),
]
Locale = Annotated[
    str | None,
    QueryParameter(
        description="The language of a formatted citation, such as `de` or `pt-BR`.",
        required=False,
        max_length=MOST_LENGTH,
    ),
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The format of an answer, and what was asked for beside it."""

    form: Format
    style: str = ""
    locale: str = ""

    @property
    def key(self) -> str:
        """What tells its tags from those of other formats."""
        if self.form.media_type != CITATION:
            return self.form.content_type
        return f"{self.form.media_type};{self.style};{self.locale}"

    @property
    def content_type(self) -> str:
        """The media type the answer says it has."""
        return self.form.content_type

    async def write(self, body: bytes | str, croid: str) -> bytes:
        """A stored body in a format that has a writer. Raises `ValidationFailed`."""
        assert self.form.write is not None  # noqa: S101
        source = Source(orjson.loads(body), croid, self.style, self.locale)
        if self.form.is_slow:
            return await asyncio.to_thread(self.form.write, source)
        return self.form.write(source)


def wanted(request: AnyRequest, name: str | None = None) -> Chosen:
    """The format of a work that a request wants; raises `NotAcceptable` with what there is.

    A name, from the path or the query, comes before `Accept`; `style` and `locale` of the query
    before those of a media type.
    """
    name = name or request.query_params.get("format")
    if name:
        form, parameters = _named(name, ITEMS)
    else:
        form, parameters = _accepted(request, ITEMS)
    asked = {**parameters, **dict(request.query_params.items())}
    return Chosen(form, str(asked.get("style", "")), str(asked.get("locale", "")))


def accepted(header: str) -> Chosen:
    """The format of a work that an `Accept` prefers; raises `NotAcceptable` with what there is."""
    form, parameters = _preferred(header, ITEMS)
    return Chosen(form, parameters.get("style", ""), parameters.get("locale", ""))


def wanted_list(request: AnyRequest) -> Format:
    """The format of a list that a request wants; raises `NotAcceptable` with what there is."""
    name = request.query_params.get("format")
    return (_named(name, LISTS) if name else _accepted(request, LISTS))[0]


def named(name: str) -> Chosen:
    """The format of this name or media type; raises `NotAcceptable` with what there is."""
    return Chosen(_named(name, ITEMS)[0])


def prefers_page(request: AnyRequest) -> bool | None:
    """Whether the object itself is wanted rather than data about it; None where nothing suits."""
    pages = Format("page", HTML, "html", "Page", ("application/xhtml+xml",))
    data = tuple(form for form in ITEMS if form.media_type != HTML)
    found = negotiation.choose(request.headers.get("accept", ""), (pages, *data), types_of)
    return None if found is None else found[0] is pages


def _named(name: str, offers: Sequence[Format]) -> tuple[Format, Mapping[str, str]]:
    told = negotiation.parse_range(name)
    for form in offers:
        if form.name == name.strip().lower():
            return form, {}
        if told and told.media_type in types_of(form, told):
            return form, told.parameters
    raise _refusal(name, offers)


def _accepted(request: AnyRequest, offers: Sequence[Format]) -> tuple[Format, Mapping[str, str]]:
    return _preferred(",".join(request.headers.getall("accept", [])), offers)


def _preferred(header: str, offers: Sequence[Format]) -> tuple[Format, Mapping[str, str]]:
    found = negotiation.choose(header, offers, types_of)
    if found is None:
        raise _refusal(header, offers)
    return found[0], found[1].parameters


def types_of(form: Format, asked: negotiation.Range) -> tuple[str, ...]:
    """The types by which a range may ask for a format: one with a profile, by the profile alone."""
    profile = asked.parameters.get("profile", "")
    if form.profile:
        return form.types if profile.startswith(form.profile) else ()
    if profile.startswith(formats.RO_CRATE_PROFILE):
        return ()
    # Who takes any type means the format, not another name of it.
    return form.types[:1] if asked.media_type.endswith("/*") else form.types


def _refusal(asked: str, offers: Sequence[Format]) -> NotAcceptable:
    there_is = ", ".join(f"{form.content_type} ({form.name})" for form in offers)
    known = [name for form in offers for name in (form.name, *form.types)]
    near = difflib.get_close_matches(asked[:MOST_LENGTH].lower(), known, 1)
    guess = f", did you mean {near[0]}" if near else ""
    return NotAcceptable(f"{asked[:MOST_LENGTH]!r} was asked for{guess}; there is: {there_is}")
