"""Texts that a strategy read, each once, with the words it has and what it was found to mean.

A change is held against texts and not against records: only records with a text that means
something else now are looked at again.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any, Final, NamedTuple
from uuid import UUID

from psycopg import Connection

from nexus_hub.vulcanus.queries import matched_text as q

PAGE: Final = 10_000


class Looked(NamedTuple):
    """What a text has for words, hashed, and what it means; equal meanings are written equally."""

    terms: Sequence[int]
    meaning: object


Look = Callable[[str], Looked]


@dataclass(slots=True)
class Concern:
    """Texts that changes concern. `terms` are of those that mean something else now."""

    terms: set[int] = field(default_factory=set)
    text_ids: list[UUID] = field(default_factory=list)
    text_terms: list[Sequence[int]] = field(default_factory=list)
    answers: list[UUID] = field(default_factory=list)
    read_count: int = 0


def text_hash(text: str) -> UUID:
    """128 bits that stand for a text."""
    return UUID(bytes=blake2b(text.encode(), digest_size=16).digest())


def text_term(text: str) -> int:
    """31 bits that stand for a text in a layer.

    >>> 0 <= text_term("University of Oxford") < 2**31
    True
    """
    return text_hash(text).int >> 97


def array(terms: Iterable[int]) -> str:
    """Terms as SQL writes arrays.

    >>> array([1, 2])
    '{1,2}'
    """
    return f"{{{','.join(map(str, terms))}}}"


def _answer(looked: Looked) -> UUID:
    return text_hash(repr(looked.meaning))


def note_texts(
    connection: Connection[Any], strategy: str, at_index: int, texts: Sequence[str], look: Look
) -> None:
    """Keep those of these texts that are not kept yet."""
    known = {text_hash(text): text for text in texts}
    if not known:
        return
    hashes = q.matched_text_list_missing(connection, strategy=strategy, hashes=list(known))
    found = [look(known[text_hash]) for text_hash in hashes]
    if hashes:
        q.matched_text_note(
            connection,
            strategy=strategy,
            inputs_index=at_index,
            hashes=hashes,
            texts=[known[text_hash] for text_hash in hashes],
            terms=[array(looked.terms) for looked in found],
            answers=[_answer(looked) for looked in found],
        )


def trace_texts(
    connection: Connection[Any],
    strategy: str,
    at_index: int,
    sets: Collection[tuple[int, ...]] | None,
    look: Look,
) -> Concern:
    """Read those texts again that have all terms of one of these sets, or with None all of them."""
    concern = Concern()
    for row in _texts(connection, strategy, at_index, sets):
        concern.read_count += 1
        looked = look(row.text)
        answer = _answer(looked)
        if answer != row.answer:
            concern.terms.add(row.text_hash.int >> 97)
        elif list(looked.terms) == list(row.terms):
            continue
        concern.text_ids.append(row.text_id)
        concern.text_terms.append(looked.terms)
        concern.answers.append(answer)
    return concern


def _texts(
    connection: Connection[Any],
    strategy: str,
    at_index: int,
    sets: Collection[tuple[int, ...]] | None,
) -> Iterator[q.MatchedTextListRow | q.MatchedTextListWithRow]:
    if sets is not None:
        yield from q.matched_text_list_with(
            connection, strategy=strategy, index=at_index, sets=list(map(array, sorted(sets)))
        )
        return
    after = UUID(int=0)
    while rows := q.matched_text_list(
        connection, strategy=strategy, index=at_index, after_id=after, limit_count=PAGE
    ):
        yield from rows
        after = rows[-1].text_id
