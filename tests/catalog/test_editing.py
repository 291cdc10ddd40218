"""Editgroups from the first edit to the last: who may do what, and what it comes to."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from faults import flow
from nexus_hub.catalog import editing
from nexus_hub.catalog.editing import Edit
from nexus_hub.catalog.queries import changelog, revision
from nexus_hub.catalog.queries import editgroup as groups
from nexus_hub.catalog.queries import ident as idents
from nexus_hub.croid.codec import encode
from nexus_hub.croid.queries import identifier

Connection = psycopg.Connection[Any]
FIRST, LAST = UUID(int=0), UUID(int=2**128 - 1)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        yield database


@pytest.fixture(scope="module")
def people(shared: flow.Shared) -> dict[str, UUID]:
    """Editors by name: ann and bob, the admins root and boss, the bot checker, and gone."""
    with shared.connect(None) as owner:
        rows = owner.execute(
            "INSERT INTO catalog.editor (username, role, is_bot, is_active) VALUES"
            " ('ann', 'editor', false, true), ('bob', 'editor', false, true),"
            " ('root', 'admin', false, true), ('boss', 'admin', false, true),"
            " ('checker', 'editor', true, true), ('gone', 'admin', false, false)"
            " RETURNING username, editor_id"
        ).fetchall()
    return dict(rows)


@pytest.fixture
def api(shared: flow.Shared) -> Iterator[Connection]:
    with shared.connect("nexus_api") as connection:
        connection.autocommit = True
        yield connection


def body(doi: str, **members: Any) -> dict[str, Any]:
    return {"DOI": doi, "type": "book", **members}


def create(api: Connection, people: dict[str, UUID], count: int = 1) -> list[UUID]:
    """Live releases, each with a DOI made of its CROID."""
    croids = [uuid4() for _ in range(count)]
    edits = [Edit("create", c, "release", body(f"10.5555/{c}", title=["One"])) for c in croids]
    editing.apply(api, people["root"], edits)
    return croids


def refused(action: Callable[[], Any]) -> tuple[str | None, str]:
    """The slug and the detail of a refusal."""
    with pytest.raises(psycopg.Error) as caught:
        action()
    diag = caught.value.diag
    return diag.message_primary, diag.message_detail or ""


def together(database: flow.Shared, *actions: Callable[[Connection], Any]) -> list[Any]:
    """Run at the same moment, each on a connection of its own; results, or slugs of refusals."""
    start = Barrier(len(actions))

    def run(action: Callable[[Connection], Any]) -> Any:
        with database.connect("nexus_api") as connection:
            connection.autocommit = True
            start.wait(30)
            try:
                return action(connection)
            except psycopg.Error as error:
                return error.diag.message_primary

    with ThreadPoolExecutor(len(actions)) as clients:
        return list(clients.map(run, actions))


def state(api: Connection, croid: UUID) -> str | None:
    row = api.execute("SELECT state::text FROM catalog.ident WHERE croid = %s", [croid]).fetchone()
    return row[0] if row else None


def resolve(api: Connection, doi: str) -> UUID | None:
    return identifier.identifier_resolve(api, scheme="doi", value=doi)


# ------------------------------------------------------------------ races


def test_of_fifty_who_want_one_doi_one_gets_it(shared, api, people) -> None:
    doi = f"10.5555/{uuid4()}"
    wanted = []
    for n in range(50):
        group = editing.open_editgroup(api, people["ann"]).editgroup_id
        editing.add_edits(
            api, group, people["ann"], [Edit("create", None, "release", body(doi, volume=str(n)))]
        )
        wanted.append(group)
    told = together(
        shared, *[lambda c, g=group: editing.accept(c, g, people["root"]) for group in wanted]
    )
    assert sum(isinstance(answer, int) for answer in told) == 1
    assert told.count("identifier-taken") == 49
    winner = next(n for n, answer in enumerate(told) if isinstance(answer, int))
    found = resolve(api, doi)
    assert found is not None
    row = api.execute("SELECT volume FROM catalog.release WHERE croid = %s", [found]).fetchone()
    assert row == (str(winner),)
    for number, group in enumerate(wanted):
        status = groups.editgroup_get(api, editgroup_id=group)
        assert status is not None
        assert status.status == ("accepted" if number == winner else "open")
    assert changelog.changelog_verify(api) == []


def test_of_two_who_accept_one_editgroup_the_other_is_told_so(shared, api, people) -> None:
    for _ in range(5):
        group = editing.open_editgroup(api, people["ann"]).editgroup_id
        edit = Edit("create", None, "release", body(f"10.5555/{uuid4()}"))
        editing.add_edits(api, group, people["ann"], [edit])
        told = together(
            shared,
            lambda c, g=group: editing.accept(c, g, people["root"]),
            lambda c, g=group: editing.accept(c, g, people["boss"]),
        )
        assert sorted(isinstance(answer, int) for answer in told) == [False, True]
        assert "editgroup-closed" in told


def test_batch_that_is_sent_by_many_at_once_under_one_key_is_applied_once(
    shared, api, people
) -> None:
    croid, key = uuid4(), uuid4().hex
    edits = [Edit("create", croid, "release", body(f"10.5555/{croid}"))]
    told = together(
        shared, *[lambda c: editing.apply(c, people["root"], edits, "once", key=key)] * 6
    )
    assert {answer.index for answer in told} == {told[0].index}
    assert sorted(answer.is_new for answer in told) == [False] * 5 + [True]
    other = [Edit("create", uuid4(), "release", body(f"10.5555/{croid}.2"))]
    assert refused(lambda: editing.apply(api, people["root"], other, "once", key=key))[0] == (
        "editgroup-key-reused"
    )


def test_batch_that_cannot_be_accepted_leaves_nothing(api, people) -> None:
    [croid] = create(api, people)
    beside, key = uuid4(), uuid4().hex
    edits = [
        Edit("create", beside, "release", body(f"10.5555/{beside}")),
        Edit("create", None, "release", body(f"10.5555/{croid}")),
    ]
    slug, detail = refused(lambda: editing.apply(api, people["root"], edits, key=key))
    assert (slug, detail) == ("identifier-taken", f"doi:10.5555/{croid}")
    assert state(api, beside) is None
    made = editing.apply(api, people["root"], edits[:1], key=key)
    assert made.is_new


# ------------------------------------------------------------------ who may do what


def test_editgroup_is_its_editor_s_and_the_admins(api, people) -> None:
    group = editing.open_editgroup(api, people["ann"]).editgroup_id
    edit = Edit("create", uuid4(), "release", body(f"10.5555/{uuid4()}"))
    [row] = editing.add_edits(api, group, people["root"], [edit])
    for action in (
        lambda: editing.add_edits(api, group, people["bob"], [edit]),
        lambda: editing.delete_edit(api, group, row.edit_id, people["bob"]),
        lambda: editing.submit(api, group, people["bob"]),
        lambda: editing.withdraw(api, group, people["bob"]),
        lambda: editing.withdraw(api, group, people["gone"]),
        lambda: editing.accept(api, group, people["ann"]),
        lambda: editing.accept(api, group, people["gone"]),
        lambda: editing.open_editgroup(api, people["gone"]),
        lambda: editing.apply(api, people["ann"], [edit]),
        lambda: editing.annotate(api, group, people["ann"], check=("spelling", True)),
    ):
        slug, detail = refused(action)
        assert slug == "not-allowed", detail
    editing.annotate(api, group, people["bob"], "Is this *new*?", {"line": 3})
    [note] = groups.editgroup_annotation_list(api, editgroup_id=group)
    assert (note.username, note.markdown, note.extra) == ("bob", "Is this *new*?", '{"line": 3}')


def test_empty_editgroup_may_be_accepted(api, people) -> None:
    group = editing.open_editgroup(api, people["ann"]).editgroup_id
    index = editing.accept(api, group, people["root"])
    row = groups.editgroup_get(api, editgroup_id=group)
    assert row is not None
    assert (row.status, row.index, row.accepted_by) == ("accepted", index, people["root"])
    assert changelog.changelog_verify(api) == []


def test_required_checks_gate_people_and_not_bots(shared, api, people) -> None:
    with shared.connect() as connection:
        connection.execute(
            "SELECT catalog.require_check(%s, 'spelling', 'x'),"
            " catalog.require_check(%s, 'law', 'y')",
            [people["root"]] * 2,
        )
    try:
        group = editing.open_editgroup(api, people["ann"]).editgroup_id
        assert refused(lambda: editing.accept(api, group, people["root"])) == (
            "checks-missing",
            "law is missing, spelling is missing",
        )
        editing.annotate(api, group, people["checker"], check=("law", True))
        editing.annotate(api, group, people["checker"], "typo", check=("spelling", False))
        assert refused(lambda: editing.accept(api, group, people["root"])) == (
            "checks-missing",
            "spelling failed",
        )
        editing.annotate(api, group, people["root"], check=("spelling", True))
        editing.accept(api, group, people["root"])
        by_bot = editing.open_editgroup(api, people["checker"]).editgroup_id
        editing.accept(api, by_bot, people["root"])
    finally:
        with shared.connect() as connection:
            connection.execute(
                "SELECT catalog.waive_check(%s, 'spelling'), catalog.waive_check(%s, 'law')",
                [people["root"]] * 2,
            )


# ------------------------------------------------------------------ edits


def test_mixed_edits_come_back_in_the_order_given(api, people) -> None:
    croids = sorted(create(api, people, 4), reverse=True)
    edits = [
        Edit("update", croids[0], body=body(f"10.5555/{croids[0]}", volume="2")),
        Edit("redirect", croids[1], target=croids[0]),
        Edit("create", None, "container", {"name": "Salt"}),
        Edit("delete", croids[2]),
    ]
    group = editing.open_editgroup(api, people["ann"]).editgroup_id
    rows = editing.add_edits(api, group, people["ann"], edits)
    assert [(row.n, row.action, row.kind) for row in rows] == [
        (1, "update", "release"),
        (2, "redirect", "release"),
        (3, "create", "container"),
        (4, "delete", "release"),
    ]
    assert [row.croid for row in rows[:2]] == croids[:2]
    assert rows[1].redirect_to == croids[0]
    listed = groups.editgroup_edit_list(api, editgroup_id=group, after_croid=FIRST, limit_count=100)
    assert [row.croid for row in listed] == sorted(row.croid for row in rows)
    editing.accept(api, group, people["root"])
    assert [state(api, c) for c in croids] == ["active", "redirect", "deleted", "active"]


def test_one_bad_edit_refuses_them_all_and_says_which(api, people) -> None:
    [croid] = create(api, people)
    group = editing.open_editgroup(api, people["ann"]).editgroup_id
    fresh = uuid4()
    edits = [Edit("create", fresh, "release", body(f"10.5555/{fresh}")), Edit("delete", fresh)]
    slug, detail = refused(lambda: editing.add_edits(api, group, people["ann"], edits))
    assert (slug, detail) == ("already-edited", f"edit 1: {encode(fresh)} has an edit already")
    bad = [Edit("delete", croid), Edit("update", fresh, body={})]
    slug, detail = refused(lambda: editing.add_edits(api, group, people["ann"], bad))
    assert (slug, detail) == ("no-such-object", f"edit 2: {encode(fresh)} is not known")
    assert state(api, fresh) is None
    assert not groups.editgroup_edit_list(api, editgroup_id=group, after_croid=FIRST, limit_count=1)


def test_expected_revision_is_checked_when_the_edit_is_made(api, people) -> None:
    [croid] = create(api, people)
    row = api.execute("SELECT revision_id FROM catalog.ident WHERE croid = %s", [croid]).fetchone()
    assert row is not None
    whole = body(f"10.5555/{croid}", volume="2")
    editing.apply(api, people["root"], [Edit("update", croid, body=whole, expected_id=row[0])])
    late = [Edit("update", croid, body=whole, expected_id=row[0])]
    assert refused(lambda: editing.apply(api, people["root"], late)) == (
        "stale-base",
        encode(croid),
    )


def test_what_a_person_accepted_is_announced_as_edited(shared, api, people) -> None:
    with shared.connect(None) as owner:
        owner.execute("SELECT pgmq.purge_queue('vulcanus_edited')")
    [croid] = create(api, people)
    with shared.connect(None) as owner:
        rows = owner.execute("SELECT message FROM pgmq.q_vulcanus_edited").fetchall()
    assert [(m["event"], m["croids"]) for (m,) in rows] == [("edited", [str(croid)])]


def test_thousands_of_edits_are_one_call(api, people) -> None:
    croids = create(api, people, 2000)
    edits = [Edit("update", c, body=body(f"10.5555/{c}", volume="2")) for c in croids]
    made = editing.apply(api, people["root"], edits)
    row = api.execute(
        "SELECT edit_count FROM catalog.changelog WHERE index = %s", [made.index]
    ).fetchone()
    assert row == (2000,)


def test_update_of_an_object_writes_no_index_while_its_page_has_room(fresh_database) -> None:
    with fresh_database.connect(None) as owner:
        owner.autocommit = True
        row = owner.execute(
            "INSERT INTO catalog.editor (username, role) VALUES ('root', 'admin')"
            " RETURNING editor_id"
        ).fetchone()
        assert row is not None
        croids = [uuid4() for _ in range(200)]
        for n in range(3):
            edits = [
                Edit(
                    "update" if n else "create",
                    c,
                    "release",
                    body(f"10.5555/{c}", volume=str(n)),
                )
                for c in croids
            ]
            editing.apply(owner, row[0], edits)
        owner.execute("SELECT pg_stat_force_next_flush()")
        counts = owner.execute(
            "SELECT n_tup_upd, n_tup_hot_upd + n_tup_newpage_upd FROM pg_stat_user_tables"
            " WHERE schemaname = 'catalog' AND relname = 'ident'"
        ).fetchone()
    assert counts == (600, 600)


# ------------------------------------------------------------------ names of what is gone


def test_names_of_a_merged_object_lead_to_the_survivor_and_go_back(api, people) -> None:
    kept, lost, third = create(api, people, 3)
    editing.apply(api, people["root"], [Edit("redirect", lost, target=kept)])
    assert resolve(api, f"10.5555/{lost}") == kept
    names = [(row.value, row.inherited_from) for row in idents.ident_name_list(api, croid=kept)]
    assert sorted(names) == sorted([(f"10.5555/{kept}", None), (f"10.5555/{lost}", lost)])
    # The survivor's own changes leave them alone; nobody else can have them.
    whole = body(f"10.5555/{kept}.new")
    editing.apply(api, people["root"], [Edit("update", kept, body=whole)])
    assert resolve(api, f"10.5555/{lost}") == kept
    assert resolve(api, f"10.5555/{kept}") is None
    theft = [Edit("update", third, body=body(f"10.5555/{lost}"))]
    assert refused(lambda: editing.apply(api, people["root"], theft))[0] == "identifier-taken"
    # Merged elsewhere they lead there; split, they name their own object again.
    editing.apply(api, people["root"], [Edit("redirect", lost, target=third)])
    assert resolve(api, f"10.5555/{lost}") == third
    editing.apply(api, people["root"], [Edit("update", lost, body=body(f"10.5555/{lost}"))])
    assert resolve(api, f"10.5555/{lost}") == lost


def test_survivor_takes_a_name_over_and_gives_it_back(api, people) -> None:
    kept, lost = create(api, people, 2)
    name = f"10.5555/{lost}"
    editing.apply(api, people["root"], [Edit("redirect", lost, target=kept)])
    editing.apply(api, people["root"], [Edit("update", kept, body=body(name))])
    held = identifier.identifier_list(api, croid=kept)
    assert [row.value for row in held] == [name]
    split = [Edit("update", lost, body=body(name))]
    assert refused(lambda: editing.apply(api, people["root"], split))[0] == "identifier-taken"
    editing.apply(api, people["root"], [Edit("update", kept, body=body(f"10.5555/{kept}"))])
    assert resolve(api, name) == kept
    assert [row.value for row in identifier.identifier_list(api, croid=lost)] == [name]
    editing.apply(api, people["root"], split)
    assert resolve(api, name) == lost


def test_merges_do_not_chain_but_can_be_made_anew(api, people) -> None:
    one, two, three = create(api, people, 3)
    editing.apply(api, people["root"], [Edit("redirect", two, target=one)])
    for edit, says in (
        (Edit("redirect", three, target=two), f"{encode(two)} was merged itself"),
        (Edit("redirect", one, target=three), f"others were merged into {encode(one)}"),
    ):
        slug, detail = refused(lambda e=edit: editing.apply(api, people["root"], [e]))
        assert (slug, detail) == ("bad-redirect", f"edit 1: {says}")
    both = [Edit("redirect", one, target=three), Edit("redirect", two, target=three)]
    editing.apply(api, people["root"], both)
    for croid in (one, two):
        assert resolve(api, f"10.5555/{croid}") == three


def test_name_of_a_deleted_object_stays_known_until_another_claims_it(api, people) -> None:
    gone, heir = create(api, people, 2)
    name = f"10.5555/{gone}"
    editing.apply(api, people["root"], [Edit("delete", gone)])
    assert resolve(api, name) is None
    [held] = identifier.identifier_find(api, scheme="doi", values=[name])
    assert held.croid == gone
    editing.apply(api, people["root"], [Edit("update", heir, body=body(name))])
    assert resolve(api, name) == heir
    back = [Edit("update", gone, body=body(name))]
    assert refused(lambda: editing.apply(api, people["root"], back))[0] == "identifier-taken"
    editing.apply(api, people["root"], [Edit("update", gone, body=body(f"{name}.2"))])
    assert state(api, gone) == "active"


def test_target_that_is_deleted_is_still_led_to(api, people) -> None:
    kept, lost = create(api, people, 2)
    editing.apply(api, people["root"], [Edit("redirect", lost, target=kept)])
    editing.apply(api, people["root"], [Edit("delete", kept)])
    assert (state(api, kept), state(api, lost)) == ("deleted", "redirect")
    assert resolve(api, f"10.5555/{lost}") is None
    editing.apply(api, people["root"], [Edit("delete", lost)])
    assert state(api, lost) == "deleted"
    editing.apply(api, people["root"], [Edit("redirect", lost, target=create(api, people)[0])])
    assert state(api, lost) == "redirect"


# ------------------------------------------------------------------ back again, and gone for good


def test_whole_editgroup_is_undone_by_a_new_one(api, people) -> None:
    changed, merged, gone, target = create(api, people, 4)
    born = uuid4()
    made = editing.apply(
        api,
        people["root"],
        [
            Edit("update", changed, body=body(f"10.5555/{changed}", volume="2")),
            Edit("redirect", merged, target=target),
            Edit("delete", gone),
            Edit("create", born, "release", body(f"10.5555/{born}")),
        ],
    )
    undo = editing.revert(api, made.editgroup_id, people["ann"], key="undo")
    assert undo.is_new
    assert not editing.revert(api, made.editgroup_id, people["ann"], key="undo").is_new
    editing.accept(api, undo.editgroup_id, people["root"])
    assert [state(api, c) for c in (changed, merged, gone, born)] == ["active"] * 3 + ["deleted"]
    assert [resolve(api, f"10.5555/{c}") for c in (changed, merged, gone)] == [
        changed,
        merged,
        gone,
    ]
    slug, detail = refused(lambda: editing.revert(api, made.editgroup_id, people["ann"]))
    assert slug == "stale-base"
    assert sorted(detail.split()) == sorted(encode(c) for c in (changed, merged, gone, born))


def test_redacted_content_is_gone_and_the_chain_holds(shared, api, people) -> None:
    [croid] = create(api, people)
    secret = f"private letter {uuid4()}"
    whole = body(f"10.5555/{croid}", abstract=secret, note=secret)
    editing.apply(api, people["root"], [Edit("update", croid, body=whole)])
    query = "SELECT revision_id FROM catalog.ident WHERE croid = %s"
    row = api.execute(query, [croid]).fetchone()
    assert row is not None
    current = row[0]
    slug, _ = refused(lambda: editing.redact(api, croid, current, people["root"], "law"))
    assert slug == "wrong-state"
    editing.apply(api, people["root"], [Edit("update", croid, body=body(f"10.5555/{croid}"))])
    pending = editing.open_editgroup(api, people["ann"]).editgroup_id
    [edit] = editing.add_edits(
        api, pending, people["ann"], [Edit("revert", croid, revision_id=current)]
    )
    slug, _ = refused(lambda: editing.redact(api, croid, current, people["root"], "law"))
    assert slug == "wrong-state"
    editing.delete_edit(api, pending, edit.edit_id, people["ann"])
    slug, _ = refused(lambda: editing.redact(api, croid, current, people["ann"], "law"))
    assert slug == "not-allowed"
    editing.redact(api, croid, current, people["root"], "law")
    row = revision.revision_get(api, croid=croid, revision_id=current)
    assert row is not None
    assert row.body is not None
    assert '"reason": "law"' in row.body
    with shared.connect(None) as owner:
        for table in ("revision", "part"):
            found = owner.execute(
                f"SELECT count(*) FROM catalog.{table} WHERE body::text LIKE %s".encode(),
                [f"%{secret}%"],
            ).fetchone()
            assert found == (0,)
    back = [Edit("revert", croid, revision_id=current)]
    assert refused(lambda: editing.apply(api, people["root"], back))[0] == "redacted"
    assert changelog.changelog_verify(api) == []
    assert revision.revision_broken_list(api, after_croid=FIRST, until_croid=LAST) == []


def test_content_that_was_changed_behind_its_back_is_found(db) -> None:
    row = db.execute(
        "INSERT INTO catalog.editor (username, role) VALUES ('root', 'admin') RETURNING editor_id"
    ).fetchone()
    assert row is not None
    croids = [uuid4() for _ in range(3)]
    edits = [
        Edit("create", c, "release", body(f"10.5555/{c}", abstract="A", volume="1")) for c in croids
    ]
    editing.apply(db, row[0], edits)
    db.execute(
        'UPDATE catalog.revision SET body = body || \'{"volume": "2"}\' WHERE croid = %s',
        [croids[0]],
    )
    db.execute("UPDATE catalog.part SET body = '\"B\"' WHERE croid = %s", [croids[1]])
    db.execute("DELETE FROM catalog.part WHERE croid = %s", [croids[2]])
    broken = revision.revision_broken_list(db, after_croid=FIRST, until_croid=LAST)
    assert sorted(r.croid for r in broken) == sorted(croids)
