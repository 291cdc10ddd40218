"""The organisations in memory, for the strategies that recognise them in records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final
from uuid import UUID

from psycopg import Connection

from nexus_hub.catalog.queries import organisation as organisations
from nexus_hub.croid.codec import encode
from nexus_hub.vulcanus import affiliation
from nexus_hub.vulcanus.directory import ROR, Directory
from nexus_hub.vulcanus.matcher import term
from nexus_hub.vulcanus.organisations import Organisation, OrganisationIndex
from nexus_hub.vulcanus.reach import Reach, apply_changes
from nexus_hub.vulcanus.strategy import Bodies, Elements
from nexus_hub.vulcanus.texts import Concern, Looked, note_texts, text_term, trace_texts

FUNDER: Final = "https://doi.org/"
_NOTHING: Final = affiliation.input_hash({})


REMEMBERED: Final = 100
"""Changes of which a registry knows how far they reach."""

EVERYTHING: Final = 0.25
"""The share of organisations from which on a change concerns whatever names one."""


@dataclass(slots=True)
class Registry:
    """The organisations in memory, and up to which index of the changelog they are known.

    What of an organisation is not matched against does not count as a change. Those that have no
    ROR id but a funder id are kept apart: `index` has none of them, `directory` has all.
    """

    directory: Directory = field(default_factory=Directory)
    at_index: int = 0
    # How far the changes reach that were taken in, with the index they led to, oldest first; those
    # before `_from_index` are not known.
    _reaches: list[tuple[int, Reach]] = field(default_factory=list)
    _from_index: int = 0
    _loaded_index: int = 0
    _changed: dict[str, int] = field(default_factory=dict)

    @property
    def index(self) -> OrganisationIndex:
        """The organisations that have a ROR id."""
        return self.directory.organisations

    def refresh(self, connection: Connection[Any], inputs_index: int) -> None:
        """Take in the organisations that changed since the last refresh."""
        if inputs_index > self.at_index:
            rows = organisations.organisation_list_changed(connection, after_index=self.at_index)
            gone = organisations.organisation_list_gone(connection, after_index=self.at_index)
            self.take(gone, rows, inputs_index)

    def take(
        self,
        gone: Iterable[UUID],
        rows: Sequence[organisations.OrganisationListChangedRow],
        at_index: int,
    ) -> None:
        """Forget what is gone and take in the new state of what changed up to an index.

        Rows may be newer than that, and say so.
        """
        at_index = max([at_index, *(row.known_index for row in rows[:1])])
        now = [
            _organisation(row, encode(row.croid), row.funders)
            for row in rows
            if row.ror or row.funders
        ]
        if self.at_index == 0:
            for organisation in now:
                self.directory.replace(organisation)
            self._from_index = self._loaded_index = at_index
        else:
            nameless = [row.croid for row in rows if not (row.ror or row.funders)]
            self._change([*map(encode, gone), *map(encode, nameless)], now, at_index)
        self.at_index = at_index

    def _change(self, gone: list[str], now: list[Organisation], at_index: int) -> None:
        croids = {*gone, *(organisation.croid for organisation in now)}
        before = {croid: self.directory.by_croid(croid) for croid in croids}
        listed = [one for one in now if one.ror.startswith(ROR)]
        others = [one for one in now if not one.ror.startswith(ROR)]
        reach = apply_changes(self.index, [*gone, *(one.croid for one in others)], listed)
        for croid in (*gone, *(one.croid for one in listed)):
            self.directory.funders.remove(croid)
        for one in others:
            self.directory.funders.replace(one)
        self._reaches.append((at_index, reach))
        for forgotten, _ in self._reaches[:-REMEMBERED]:
            self._from_index = forgotten
        del self._reaches[:-REMEMBERED]
        for croid, known in before.items():
            if self.directory.by_croid(croid) != known:
                self._changed[croid] = at_index
        for known in map(self.index.by_ror, reach.weighed):
            if known:
                self._changed[known.croid] = at_index

    def changed_after(self, connection: Connection[Any], index: int) -> list[str]:
        """Encoded CROIDs of the organisations that changed after an index, gone ones too.

        Those count as changed that weigh more by their parts since, or less.
        """
        if index >= self._loaded_index:
            return [croid for croid, at in self._changed.items() if at > index]
        gone = organisations.organisation_list_gone(connection, after_index=index)
        rows = organisations.organisation_list_changed(connection, after_index=index)
        if index == 0:
            return [*map(encode, gone), *(encode(row.croid) for row in rows)]
        more = Counter(_url(ror) for row in rows for ror in row.parent_rors)
        then = organisations.organisation_list_before(connection, index=index)
        more.subtract(_url(ror) for row in then for ror in row.parent_rors)
        parents = [
            known.croid
            for ror, parts in more.items()
            for count in [self.index.parts_of(ror)]
            if count.bit_length() != (count - parts).bit_length()
            and (known := self.index.by_ror(ror))
        ]
        return [*map(encode, gone), *(encode(row.croid) for row in rows), *parents]

    def reach_since(self, connection: Connection[Any], index: int) -> Reach | None:
        """How far all changes after an index reach; None where they may concern everything.

        What is no longer known is found out by going back to that index and forth again.
        """
        found = Reach()
        for at, reach in self._reaches:
            if at > index:
                found.add(reach)
        if index >= self._from_index:
            return found
        if index == 0:
            return None
        then = organisations.organisation_list_before(connection, index=index)
        if len(then) > EVERYTHING * len(self.index):
            return None
        changed = {row.croid for row in then}
        before = [_organisation(row, encode(row.croid), row.funders) for row in then if row.ror]
        kept = {row.croid for row in before}
        unborn = [croid for croid in map(encode, changed) if croid not in kept]
        rows = organisations.organisation_list_changed(connection, after_index=index)
        now = [_organisation(row, encode(row.croid), row.funders) for row in rows if row.ror]
        live = {row.croid for row in now}
        gone = [croid for croid in map(encode, changed) if croid not in live]
        found.add(apply_changes(self.index, unborn, before))
        found.add(apply_changes(self.index, gone, now))
        return found


def read_organisations(connection: Connection[Any]) -> list[Organisation]:
    """The live organisations that have a ROR id or a funder id."""
    rows = organisations.organisation_list_changed(connection, after_index=0)
    return [
        _organisation(row, encode(row.croid), row.funders) for row in rows if row.ror or row.funders
    ]


def _organisation(
    row: organisations.OrganisationListChangedRow | organisations.OrganisationListBeforeRow,
    croid: str,
    funders: Sequence[str],
) -> Organisation:
    names = [
        (name, kind)
        for name, kinds in zip(row.names, row.name_types, strict=True)
        for kind in kinds.split(",")
    ]
    return Organisation(
        croid=croid,
        ror=_url(row.ror) if row.ror else f"{FUNDER}{funders[0]}",
        status=row.status,
        country_code=row.country_code,
        city=row.city,
        names=names,
        successor_ror=_url(row.successor_ror) if row.successor_ror else None,
        parent_rors=tuple(map(_url, row.parent_rors)),
        funders=tuple(funders),
    )


@dataclass(slots=True)
class AffiliationRor:
    """`affiliation-ror`: the organisation in an affiliation as written."""

    registry: Registry = field(default_factory=Registry)
    name: str = affiliation.STRATEGY

    def digest(self, body: dict[str, Any]) -> bytes | None:
        """Hash of the affiliations of a record, None where there are none."""
        digest = affiliation.input_hash(body)
        return None if digest == _NOTHING else digest

    def prepare(self, connection: Connection[Any], inputs_index: int) -> int:
        """Take in the organisations that changed."""
        self.registry.refresh(connection, inputs_index)
        return self.registry.at_index

    def run(self, connection: Connection[Any], bodies: Bodies) -> dict[UUID, Elements]:
        """What names the organisations of these records."""
        index = self.registry.index
        if not len(index):
            return {}
        return {croid: affiliation.enrich(body, index) for croid, body in bodies.items()}

    def note(
        self, connection: Connection[Any], at_index: int, bodies: Bodies
    ) -> Mapping[UUID, Sequence[int]]:
        """Note what the texts of these records name; what each record rests on.

        Where no organisation is known nothing is noted: the first one concerns every record.
        """
        if not len(self.registry.index):
            return {}
        found: dict[UUID, Sequence[int]] = {}
        texts: dict[str, None] = {}
        for croid, body in bodies.items():
            read, rors = affiliation.rests_on(body)
            texts.update(dict.fromkeys(read))
            found[croid] = sorted({*map(text_term, read), *map(term, rors)})
        note_texts(connection, self.name, at_index, list(texts), self._look)
        return found

    def trace(self, connection: Connection[Any], after_index: int) -> Concern:
        """The texts that mean another organisation since an index, and the ROR ids that do."""
        reach = self.registry.reach_since(connection, after_index)
        at_index = self.registry.at_index
        if reach is None:
            concern = trace_texts(connection, self.name, at_index, None, self._look)
            rors = {known.ror for known in self.registry.index}
        else:
            sets = reach.word_sets()
            concern = trace_texts(connection, self.name, at_index, sets, self._look)
            rors = reach.rors
        concern.terms.update(map(term, rors))
        return concern

    def _look(self, text: str) -> Looked:
        found = affiliation.match(text, self.registry.index)
        return Looked(found.terms, found.chosen)


def _url(ror: str) -> str:
    return f"https://ror.org/{ror}"
