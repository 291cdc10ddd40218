"""Works as tables: one row a work, the same columns as CSV and as Parquet.

What a work has several of is a list in Parquet and one text with `; ` between in CSV. A text of a
CSV that a spreadsheet would take for a formula stays as it is: this is data, not a spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import orjson

from nexus_hub.aquilo import csl, schema_org
from nexus_hub.aquilo.members import members, text, texts

Value = str | int | list[str] | None
_BETWEEN = "; "


def _names(role: str) -> Callable[[Mapping[str, Any], csl.Item], list[str]]:
    def names(body: Mapping[str, Any], item: csl.Item) -> list[str]:
        return [", ".join(name.values()) for name in item.get(role, ())]

    return names


def _said(name: str) -> Callable[[Mapping[str, Any], csl.Item], str | None]:
    return lambda body, item: csl.plain(item.get(name, "")) or None


def _of_body(name: str) -> Callable[[Mapping[str, Any], csl.Item], str | None]:
    return lambda body, item: text(body.get(name)) or None


def _listed(name: str) -> Callable[[Mapping[str, Any], csl.Item], list[str]]:
    return lambda body, item: texts(body.get(name))


def _number(name: str) -> Callable[[Mapping[str, Any], csl.Item], int | None]:
    def number(body: Mapping[str, Any], item: csl.Item) -> int | None:
        value = body.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    return number


def _orcids(body: Mapping[str, Any], item: csl.Item) -> list[str]:
    people = members(body.get("author"))
    return [orcid for one in people if (orcid := schema_org.orcid_url(one))]


def _funders(body: Mapping[str, Any], item: csl.Item) -> list[str]:
    return [name for one in members(body.get("funder")) if (name := text(one.get("name")))]


def _references(body: Mapping[str, Any], item: csl.Item) -> list[str]:
    return [doi for one in members(body.get("reference")) if (doi := text(one.get("DOI")))]


COLUMNS: Mapping[str, tuple[type, Callable[[Mapping[str, Any], csl.Item], Value]]] = {
    "doi": (str, lambda body, item: item.get("DOI")),
    "type": (str, _of_body("type")),
    "title": (str, _said("title")),
    "container_title": (str, _said("container-title")),
    "publisher": (str, _said("publisher")),
    "issued": (str, lambda body, item: schema_org.date(item) or None),
    "volume": (str, _said("volume")),
    "issue": (str, _said("issue")),
    "page": (str, _said("page")),
    "article_number": (str, _of_body("article-number")),
    "language": (str, _said("language")),
    "author": (list, _names("author")),
    "author_orcid": (list, _orcids),
    "editor": (list, _names("editor")),
    "issn": (list, _listed("ISSN")),
    "isbn": (list, _listed("ISBN")),
    "funder": (list, _funders),
    "license": (list, lambda body, item: schema_org.licences(body)),
    "reference_doi": (list, _references),
    "abstract": (str, _said("abstract")),
    "references_count": (int, _number("references-count")),
    "is_referenced_by_count": (int, _number("is-referenced-by-count")),
    "member": (str, _of_body("member")),
    "url": (str, lambda body, item: item.get("URL")),
}
"""Column -> its type and how it is read from a body and its CSL item."""


def row(body: Mapping[str, Any]) -> dict[str, Value]:
    """One work as a row of the table.

    >>> told = row({"DOI": "10.5555/1", "type": "book", "title": ["A <i>B</i>"], "ISBN": ["1"]})
    >>> told["title"], told["isbn"], told["volume"]
    ('A B', ['1'], None)
    """
    item = csl.item(body)
    return {name: read(body, item) for name, (_, read) in COLUMNS.items()}


def write_csv(items: Sequence[bytes]) -> bytes:
    """Works, each a JSON object in bytes, as CSV (RFC 4180) with a line of names, in UTF-8."""
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS)
    table.writeheader()
    for item in items:
        told = row(orjson.loads(item))
        table.writerow(
            {
                name: _BETWEEN.join(value) if isinstance(value, list) else value
                for name, value in told.items()
            }
        )
    return out.getvalue().encode()


def write_parquet(items: Sequence[bytes]) -> bytes:
    """Works, each a JSON object in bytes, as one Parquet file.

    Beside the columns, `record` is the whole work as JSON text.
    """
    import polars

    kinds: dict[type, Any] = {
        str: polars.String,
        int: polars.Int64,
        list: polars.List(polars.String),
    }
    schema: dict[str, Any] = {name: kinds[kind] for name, (kind, _) in COLUMNS.items()}
    rows = [{**row(orjson.loads(item)), "record": item.decode()} for item in items]
    out = io.BytesIO()
    polars.DataFrame(rows, schema | {"record": polars.String}).write_parquet(out)
    return out.getvalue()


def write_ndjson(items: Sequence[bytes]) -> bytes:
    """Works, each a JSON object in bytes without line breaks, one a line."""
    return b"".join(item + b"\n" for item in items)
