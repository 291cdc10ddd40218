"""Random histories of edits, of a reference model and of the database: they agree at each step."""

from __future__ import annotations

import json
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from catalog.editing_model import Group, Model
from faults import form
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.queries import changelog, revision
from nexus_hub.croid.queries import identifier

DOIS = [f"10.5555/state.{n}" for n in range(6)]
NUMBER = st.integers(0, 999)
SUBJECTS = st.sampled_from(["update", "update", "redirect", "redirect", "delete", "revert"])


class Histories(RuleBasedStateMachine):
    """Every rule does the same to the model and to the database, and compares what they answer."""

    connection: psycopg.Connection[Any]

    def __init__(self) -> None:
        super().__init__()
        row = self.connection.execute(
            "INSERT INTO catalog.editor (username, role) VALUES ('stately', 'admin')"
            " RETURNING editor_id"
        ).fetchone()
        assert row is not None
        self.person: UUID = row[0]
        self.model = Model()
        self.first = changelog.changelog_head(self.connection) or 0

    def attempt(self, action: Any) -> tuple[Any, str | None]:
        """What the database answers: a result, or the slug of a refusal."""
        try:
            with self.connection.transaction():
                return action(), None
        except psycopg.Error as error:
            if not (error.sqlstate or "").startswith("NX"):
                raise
            return None, error.diag.message_primary

    def group(self, number: int) -> UUID:
        """An editgroup: mostly one that can still be changed."""
        groups = self.model.groups
        going = {g: v for g, v in groups.items() if v.status in ("open", "submitted")}
        return self.pick(going if going and number % 6 else groups, number)

    def target(self, croid: UUID, number: int) -> UUID:
        """What to merge an object into: mostly something that it can be merged into."""
        objects = self.model.objects
        fit = {
            other: found
            for other, found in objects.items()
            if found.state == "active" and found.kind == objects[croid].kind and other != croid
        }
        return self.pick(fit if fit and number % 5 else objects, number)

    def pick(self, among: dict[UUID, Any], number: int) -> UUID:
        names = list(among)
        return names[number % len(names)] if names else uuid4()

    def body(self, croid: UUID, number: int) -> dict[str, Any]:
        kind = self.model.objects[croid].kind if croid in self.model.objects else "release"
        return self.content(kind, number)

    def content(self, kind: str, number: int) -> dict[str, Any]:
        if kind == "work":
            return {"note": number % 3}
        return {"DOI": DOIS[number % len(DOIS)], "volume": str(number % 3)}

    def add(self, group_id: UUID, edit: Edit) -> str | None:
        group = self.model.groups[group_id]
        assert edit.croid
        told = self.model.judge(group, edit.action, edit.croid, edit.target, edit.revision_id)
        rows, refusal = self.attempt(
            lambda: editing.add_edits(self.connection, group_id, self.person, [edit])
        )
        assert refusal == told, edit
        if rows:
            [row] = rows
            if isinstance(edit.body, dict) and row.revision_id:
                kind = edit.kind or self.model.objects[edit.croid].kind
                self.model.bodies[row.revision_id] = {**edit.body, "kind": kind}
            self.model.propose(group, edit.action, edit.croid, row.redirect_to, row.revision_id)
            base = (row.previous_revision_id, row.previous_redirect_to)
            assert group.edits[edit.croid].base == base
        return refusal

    def accept(self, group_id: UUID) -> str | None:
        told = self.model.accept(self.model.groups[group_id])
        index, refusal = self.attempt(
            lambda: editing.accept(self.connection, group_id, self.person)
        )
        assert refusal == told
        if index is not None:
            assert index == self.first + self.model.index
        return refusal

    @initialize()
    def begin(self) -> None:
        """Some objects that are live from the beginning."""
        for number in range(3):
            self.create_at_once(number, "release")

    @rule()
    def open(self) -> None:
        made = editing.open_editgroup(self.connection, self.person)
        self.model.groups[made.editgroup_id] = Group()

    @rule(number=NUMBER, kind=st.sampled_from(["release", "release", "release", "work"]))
    def create(self, number: int, kind: str) -> None:
        if len(self.model.groups) == 0:
            self.open()
        group_id = self.group(number)
        self.add(group_id, Edit("create", uuid4(), kind, self.content(kind, number)))

    @rule(number=NUMBER, kind=st.sampled_from(["release", "release", "release", "work"]))
    def create_at_once(self, number: int, kind: str) -> None:
        self.open()
        group_id = list(self.model.groups)[-1]
        if self.add(group_id, Edit("create", uuid4(), kind, self.content(kind, number))) is None:
            self.accept(group_id)

    @precondition(lambda self: self.model.objects and self.model.groups)
    @rule(number=NUMBER, other=NUMBER, action=SUBJECTS)
    def change(self, number: int, other: int, action: editing.Action) -> None:
        self.add(self.group(other), self.some(number, other, action))

    @precondition(lambda self: self.model.objects)
    @rule(number=NUMBER, other=NUMBER, action=SUBJECTS)
    def change_at_once(self, number: int, other: int, action: editing.Action) -> None:
        self.open()
        group_id = list(self.model.groups)[-1]
        if self.add(group_id, self.some(number, other, action)) is None:
            self.accept(group_id)

    @precondition(lambda self: self.model.objects)
    @rule(numbers=st.lists(NUMBER, min_size=3, max_size=3), actions=st.lists(SUBJECTS, min_size=3))
    def change_side_by_side(self, numbers: list[int], actions: list[editing.Action]) -> None:
        """Two or three propose before any of them is accepted, about objects close together."""
        proposed = []
        for place, number in enumerate(numbers):
            self.open()
            group_id = list(self.model.groups)[-1]
            edit = self.some(numbers[0] + place, number, actions[place])
            if self.add(group_id, edit) is None:
                proposed.append(group_id)
        for group_id in proposed:
            self.accept(group_id)

    def some(self, number: int, other: int, action: editing.Action) -> Edit:
        croid = self.pick(self.model.objects, number)
        if action == "update":
            return Edit(action, croid, body=self.body(croid, other))
        if action == "redirect":
            return Edit(action, croid, target=self.target(croid, other))
        if action == "revert":
            said = self.model.objects[croid].said
            return Edit(action, croid, revision_id=said[other % len(said)] if said else uuid4())
        return Edit(action, croid)

    @precondition(lambda self: self.model.groups)
    @rule(number=NUMBER)
    def accept_one(self, number: int) -> None:
        self.accept(self.group(number))

    @precondition(lambda self: self.model.groups)
    @rule(number=NUMBER, step=st.sampled_from(["submit", "unsubmit", "withdraw"]))
    def move(self, number: int, step: str) -> None:
        group_id = self.group(number)
        group = self.model.groups[group_id]
        call = getattr(editing, step)
        _, refusal = self.attempt(lambda: call(self.connection, group_id, self.person))
        if group.status in ("accepted", "withdrawn"):
            assert refusal == "editgroup-closed"
            return
        assert refusal is None
        moved = {"submit": "submitted", "unsubmit": "open", "withdraw": "withdrawn"}
        group.status = moved[step]
        if step == "withdraw":
            self.model.forget(list(group.edits))

    @precondition(lambda self: self.model.groups)
    @rule(number=NUMBER, other=NUMBER)
    def delete_an_edit(self, number: int, other: int) -> None:
        group_id = self.group(number)
        group = self.model.groups[group_id]
        if not group.edits:
            return
        croid = self.pick(group.edits, other)
        row = self.connection.execute(
            "SELECT edit_id FROM catalog.edit WHERE editgroup_id = %s AND croid = %s",
            [group_id, croid],
        ).fetchone()
        assert row is not None
        _, refusal = self.attempt(
            lambda: editing.delete_edit(self.connection, group_id, row[0], self.person)
        )
        if group.status in ("accepted", "withdrawn"):
            assert refusal == "editgroup-closed"
        else:
            assert refusal is None
            del group.edits[croid]
            self.model.forget([croid])

    @precondition(lambda self: self.model.index > 0)
    @rule(number=NUMBER)
    def undo(self, number: int) -> None:
        accepted = {g: v for g, v in self.model.groups.items() if v.status == "accepted"}
        group_id = self.pick(accepted, number)
        edits = accepted[group_id].edits
        since = any(self.model.objects[c].last_index > accepted[group_id].index for c in edits)
        made, refusal = self.attempt(lambda: editing.revert(self.connection, group_id, self.person))
        if since:
            assert refusal == "stale-base"
            return
        group = Group()
        steps: dict[UUID, tuple[str, UUID | None, UUID | None]] = {}
        for croid, edit in edits.items():
            before, led = edit.base
            action = "redirect" if led else "revert" if before else "delete"
            steps[croid] = (action, led, before)
        wrong = set()
        for croid, (action, led, before) in steps.items():
            # What is redirected in the same editgroup stands in nobody's way.
            beside = Group(edits={c: e for c, e in edits.items() if c != croid})
            wrong.add(self.model.judge(beside, action, croid, led, before))
        wrong.discard(None)
        assert refusal in (wrong or {None})
        if made is None:
            return
        self.model.groups[made.editgroup_id] = group
        for croid, (action, led, before) in steps.items():
            self.model.propose(group, action, croid, led, before)
        self.accept(made.editgroup_id)

    @invariant()
    def states_agree(self) -> None:
        rows = self.connection.execute(
            "SELECT croid, state::text, revision_id, redirect_to FROM catalog.ident"
            " WHERE croid = ANY (%s)",
            [[*self.model.objects, *(c for g in self.model.groups.values() for c in g.edits)]],
        ).fetchall()
        assert {row[0]: row[1:] for row in rows} == {
            croid: (found.state, found.revision, found.target)
            for croid, found in self.model.objects.items()
        }

    @invariant()
    def names_agree(self) -> None:
        for doi in DOIS:
            found = identifier.identifier_resolve(self.connection, scheme="doi", value=doi)
            assert found == self.model.resolve(doi), doi
        rows = self.connection.execute(
            "SELECT value, croid FROM croid.identifier WHERE value = ANY (%s)", [DOIS]
        ).fetchall()
        assert dict(rows) == self.model.holders

    @invariant()
    def live_rows_agree(self) -> None:
        rows = self.connection.execute(
            "SELECT croid, doi, volume FROM catalog.release WHERE doi = ANY (%s)", [DOIS]
        ).fetchall()
        told = {
            (croid, self.model.bodies[found.revision]["DOI"])
            for croid, found in self.model.objects.items()
            if found.state == "active" and found.kind == "release" and found.revision
        }
        assert {(croid, doi) for croid, doi, _ in rows} == told
        for croid, _, volume in rows:
            revision_id = self.model.objects[croid].revision
            assert revision_id
            assert self.model.bodies[revision_id]["volume"] == volume

    def teardown(self) -> None:
        head = changelog.changelog_head(self.connection) or 0
        assert head == self.first + self.model.index
        assert changelog.changelog_verify(self.connection) == []
        broken = revision.revision_broken_list(
            self.connection, after_croid=UUID(int=0), until_croid=UUID(int=2**128 - 1)
        )
        assert broken == []
        for revision_id, told in self.model.bodies.items():
            row = self.connection.execute(
                "SELECT catalog.read_body(croid, revision_id) FROM catalog.revision"
                " WHERE revision_id = %s",
                [revision_id],
            ).fetchone()
            assert row is not None
            assert json.loads(row[0]) == {k: v for k, v in told.items() if k != "kind"}
        self.connection.rollback()


@pytest.mark.hypothesis
@pytest.mark.timeout(form.of(120, 1800))
def test_database_and_model_agree_whatever_is_edited(db) -> None:
    class Here(Histories):
        connection = db

    run_state_machine_as_test(
        Here,
        settings=settings(max_examples=form.of(30, 300), stateful_step_count=50, deadline=None),
    )
