"""The statements that select works: vetted fragments of `aquilo.filter`, every value bound.

The one place where SQL is composed. What varies are fragments, expressions and codes, which are
rows of the registry; whatever a client sends is a parameter of the statement.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal
from uuid import UUID

from nexus_hub.aquilo.registered import Filter
from nexus_hub.aquilo.registry import FACETS, FILTERS, QUERY_FIELDS, SORTS
from nexus_hub.aquilo.selection import Selection, Value
from nexus_hub.croid.errors import MalformedIdentifier
from nexus_hub.croid.identifiers import normalise

Way = Literal["all", "most", "like"]
WAYS: tuple[Way, ...] = ("all", "most", "like")
"""How words are found: all of them; any two of the rare ones; a title that looks alike."""

EXACT_TITLE = 0.45
IDENTIFIER_SCORE = 1.0
_IDENTIFIERS = {"doi": "doi", "orcid": "orcid", "ror": "ror-id", "isbn": "isbn", "issn": "issn"}
_SUBJECT = "aquilo.document AS d"


@dataclass(slots=True)
class Statement:
    """A statement and its parameters."""

    text: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    def bind(self, value: Any) -> str:
        """What stands in the statement for a value that becomes its parameter."""
        name = f"p{len(self.parameters)}"
        self.parameters[name] = value
        return f"%({name})s"


@dataclass(frozen=True, slots=True)
class After:
    """Where a page goes on: the key and the CROID of the last row."""

    key: Any
    croid: UUID


def condition(statement: Statement, selection: Selection, way: Way = "all") -> str:
    """What a work must fulfil to be selected; true where everything is."""
    parts = [*_filters(statement, selection.filters)]
    if selection.words:
        parts.append(_words(statement, selection.words, way))
    for name, words in selection.fields.items():
        codes = QUERY_FIELDS[name].codes
        if codes and (way == "all" or name != "title"):
            query = (
                f"aquilo.write_field_query({statement.bind(list(codes))}, {statement.bind(words)})"
            )
            parts.append(f"d.fields @@ {query}")
        else:
            parts.append(_words(statement, words, way))
    return " AND ".join(parts) or "true"


def count(selection: Selection, way: Way = "all") -> Statement:
    """How many works are selected."""
    statement = Statement()
    where = condition(statement, selection, way)
    statement.text = f"SELECT count(*) FROM {_SUBJECT} WHERE {where}"
    return statement


def page(
    selection: Selection,
    limit: int,
    offset: int = 0,
    after: After | None = None,
    *,
    way: Way = "all",
    is_selective: bool = False,
) -> Statement:
    """The CROIDs and keys of one page, in the order that is asked for.

    `is_selective` says that there are few of them, so that all are found before they are ordered:
    a walk along the order could take long to meet them.
    """
    statement = Statement()
    where = condition(statement, selection, way)
    key, kind = key_of(statement, selection, way)
    direction = "DESC" if selection.is_descending and key != "NULL" else "ASC"
    is_by_citations = re.search(r"\bc\.", key)
    source = (
        f"{_SUBJECT} JOIN aquilo.cited AS c ON c.croid = d.croid" if is_by_citations else _SUBJECT
    )
    inner = f"SELECT d.croid, {key} AS key FROM {source} WHERE {where}"
    fence = " OFFSET 0" if is_selective or kind == "real" else ""
    beyond = "true"
    if after is not None:
        sign = "<" if direction == "DESC" else ">"
        bound = statement.bind(after.croid)
        beyond = f"f.croid {sign} {bound}"
        if key != "NULL":
            beyond = f"(f.key, f.croid) {sign} ({statement.bind(after.key)}::{kind}, {bound})"
    order = "f.croid ASC" if key == "NULL" else f"f.key {direction}, f.croid {direction}"
    # As text, since Python knows no day before all others.
    told = "f.key::text" if kind in {"date", "timestamptz"} else "f.key"
    statement.text = (
        f"SELECT f.croid, {told} FROM ({inner}{fence}) AS f WHERE {beyond} ORDER BY {order} "
        f"LIMIT {statement.bind(limit)} OFFSET {statement.bind(offset)}"
    )
    return statement


def sample(selection: Selection, total: int) -> Statement:
    """The CROIDs of works drawn by chance, each as likely as any other."""
    statement = Statement()
    where = condition(statement, selection)
    wanted = selection.sample or 0
    # Of very many, a share that is more than enough is drawn first.
    share = min(1.0, max(50.0, wanted * 5) / total) if total else 1.0
    thinned = f"{where} AND random() < {statement.bind(share)}" if share < 1 else where
    statement.text = (
        f"SELECT d.croid, NULL AS key FROM {_SUBJECT} WHERE {thinned} "
        f"ORDER BY random() LIMIT {statement.bind(wanted)}"
    )
    return statement


def facets(selection: Selection, way: Way = "all") -> Statement:
    """How many of the selected works have which value of each facet, the most frequent first."""
    statement = Statement()
    where = condition(statement, selection, way)
    terms = [FACETS[name].term for name in selection.facets]
    limits = list(selection.facets.values())
    statement.text = (
        "SELECT g.facet, g.value, g.work_count FROM ("
        "SELECT w.facet, v.value, count(*) AS work_count, row_number() OVER ("
        "PARTITION BY w.facet ORDER BY count(*) DESC, v.value) AS place, w.most "
        f"FROM {_SUBJECT} CROSS JOIN unnest(d.terms) AS t (term) "
        "CROSS JOIN LATERAL (SELECT split_part(t.term, '=', 1) AS name, "
        "substr(t.term, strpos(t.term, '=') + 1) AS value) AS v "
        f"JOIN unnest({statement.bind(list(selection.facets))}::text[], "
        f"{statement.bind(terms)}::text[], {statement.bind(limits)}::integer[]) "
        "AS w (facet, term, most) ON w.term = v.name "
        f"WHERE {where} AND strpos(t.term, E'\\u001f') = 0 GROUP BY w.facet, w.most, v.value"
        ") AS g WHERE g.place <= g.most ORDER BY g.facet, g.place"
    )
    return statement


def explained(statement: Statement) -> Statement:
    """The statement that tells what another would cost."""
    return Statement(f"EXPLAIN (FORMAT JSON) {statement.text}", statement.parameters)


def key_of(statement: Statement, selection: Selection, way: Way) -> tuple[str, str]:
    """By what works are ordered, and its type; NULL is the order of their CROIDs."""
    sort = selection.sort or ("score" if selection.is_searched else None)
    if sort is None or (SORTS[sort].expression is None and not selection.is_searched):
        return "NULL", "text"
    row = SORTS[sort]
    return row.expression or _score(statement, selection, way), row.takes


def _filters(statement: Statement, filters: Mapping[str, Sequence[Value]]) -> list[str]:
    """One condition for each filter, and one for all that bind the same sub-object."""
    grouped: dict[str, dict[str, Sequence[Value]]] = {}
    for name, values in filters.items():
        grouped.setdefault(FILTERS[name].sub_object or name, {})[name] = values
    parts: list[str] = []
    for group in grouped.values():
        rows = [FILTERS[name] for name in sorted(group)]
        named = [row for row in rows if row.term]
        if len(group) > 1 and len(named) > 1:
            parts.append(f"d.terms && {_joined(statement, named, group)}")
        elif named:
            parts += [_alternatives(statement, row, group[row.name], "") for row in named]
        for row in rows:
            if not row.term:
                bound = _bound(statement, row, rows, group)
                parts.append(_alternatives(statement, row, group[row.name], bound))
    return parts


def _alternatives(statement: Statement, row: Filter, values: Sequence[Value], bound: str) -> str:
    """The condition of one filter: that any of its values holds."""
    if "{terms}" in row.fragment:
        return row.fragment.format(terms=_terms(statement, row, values))
    if "{values}" in row.fragment:
        return row.fragment.format(values=f"{statement.bind([str(one) for one in values])}::text[]")
    if row.takes == "flag":
        told = {f"({row.fragment})" if one else f"NOT ({row.fragment})" for one in values}
        return f"({' OR '.join(sorted(told))})"
    each = [row.fragment.format(value=statement.bind(one), bound=bound) for one in values]
    return "(" + " OR ".join(f"({one})" for one in each) + ")"


def _terms(statement: Statement, row: Filter, values: Sequence[Value]) -> str:
    term, form = statement.bind(row.term), statement.bind(row.form)
    listed = statement.bind([str(one) for one in values])
    return f"aquilo.make_terms({term}, {form}, {listed}::text[])"


def _joined(
    statement: Statement, rows: Sequence[Filter], group: Mapping[str, Sequence[Value]]
) -> str:
    joined = _terms(statement, rows[0], group[rows[0].name])
    for row in rows[1:]:
        joined = f"aquilo.join_terms({joined}, {_terms(statement, row, group[row.name])})"
    return joined


def _bound(
    statement: Statement, row: Filter, rows: Sequence[Filter], group: Mapping[str, Sequence[Value]]
) -> str:
    """What the other filters of a sub-object ask of the row that this one reads."""
    parts: list[str] = []
    for other in rows:
        if other is not row and other.bound_by:
            values = _folded(statement, other, group[other.name])
            parts.append(f" AND {other.bound_by.format(values=values)}")
    return "".join(parts)


def _folded(statement: Statement, row: Filter, values: Sequence[Value]) -> str:
    listed = f"{statement.bind([str(one) for one in values])}::text[]"
    if row.form is None:
        return listed
    form = statement.bind(row.form)
    return f"ARRAY(SELECT aquilo.fold_value({form}, v.value) FROM unnest({listed}) AS v (value))"


def _field_query(statement: Statement, codes: Sequence[str], bound: str) -> str:
    return f"aquilo.write_field_query({statement.bind(list(codes))}::text[], {bound})"


def _words(statement: Statement, words: str, way: Way) -> str:
    if way == "like":
        return f"d.title OPERATOR(public.%%) aquilo.fold_text({statement.bind(words)})"
    if way == "most":
        return f"d.search @@ aquilo.relax_query({statement.bind(words)})"
    found = f"d.search @@ aquilo.write_query({statement.bind(words)})"
    if terms := identifier_terms(words):
        return f"(d.terms && {statement.bind(terms)}::text[] OR {found})"
    return found


def _score(statement: Statement, selection: Selection, way: Way) -> str:
    parts: list[str] = []
    for name, words in [("", selection.words), *selection.fields.items()]:
        codes = QUERY_FIELDS[name].codes if name else ()
        if not words:
            continue
        bound = statement.bind(words)
        if name in {"", "bibliographic", "title"}:
            parts.append(_title_score(statement, bound, way))
            if way == "all" and (terms := identifier_terms(words)):
                held = f"d.terms && {statement.bind(terms)}::text[]"
                parts.append(f"CASE WHEN {held} THEN {IDENTIFIER_SCORE} ELSE 0 END")
        elif codes:
            query = _field_query(statement, codes, bound)
            parts.append(f"0.3 * ts_rank(d.fields, {query}, 1)")
    return f"least({IDENTIFIER_SCORE}, {' + '.join(parts)})::real"


def _title_score(statement: Statement, bound: str, way: Way) -> str:
    folded = f"aquilo.fold_text({bound})"
    if way != "all":
        alike = f"0.7 * public.similarity(d.title, {folded})"
        # A query of its own is asked once; a call would be for each of the works that were found.
        query = f"(SELECT aquilo.relax_query({bound}))"
        return f"{alike} + 0.2 * ts_rank(d.search, {query}, 1)"
    rank = f"0.5 * ts_rank(d.search, aquilo.write_query({bound}), 1)"
    exact = f"CASE WHEN d.title_key = aquilo.hash_title({folded}) THEN {EXACT_TITLE} ELSE 0 END"
    return f"{rank} + {exact}"


def identifier_terms(words: str) -> list[str]:
    """The terms of works that have what was typed as an identifier.

    >>> identifier_terms("https://doi.org/10.5555/A"), identifier_terms("light")
    (['doi=10.5555/a'], [])
    """
    terms: list[str] = []
    for scheme, term in _IDENTIFIERS.items():
        try:
            terms.append(f"{term}={normalise(scheme, words)}")
        except MalformedIdentifier:
            continue
    return terms
