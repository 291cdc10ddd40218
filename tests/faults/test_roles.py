"""Each role can do what it was granted, and not the least thing more."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from psycopg import sql

from faults import flow
from faults.flow import ROOMS, drain, record, take_records

ROLES = ("nexus_api", "nexus_worker", "nexus_dba")
SECRETS = {("catalog", "token"), ("nauvis", "callback_secret")}
FINDS_SECRETS = {"catalog.find_token"}
"""What gives the hash of a secret away: one function, to whoever is shown keys."""

API_WRITES = {
    "aquilo.lease_requests",
    "gleba.add_resolutions",
    "nauvis.ask_callback",
    "nauvis.decide_correction",
    "nauvis.hold_correction",
    "nauvis.hold_deposited",
    "nauvis.propose_correction",
    "nauvis.replay_callback",
    "nauvis.set_callback_secret",
    "nauvis.withdraw_correction",
    "croid.mint",
    "croid.mint_one",
    "croid.take_lease",
    "croid.renew_lease",
    "croid.release_lease",
    "croid.check_fence",
    "nauvis.take_deposit",
    "nauvis.issue_key",
    "nauvis.revoke_key",
    "nauvis.rotate_key",
    "nauvis.hold_dois",
    "nauvis.coin_dois",
    "nauvis.delete_doi",
    "nauvis.add_alias",
    "nauvis.remove_alias",
    "catalog.open_editgroup",
    "catalog.add_edits",
    "catalog.describe_editgroup",
    "catalog.apply_edits",
    "catalog.delete_edit",
    "catalog.submit",
    "catalog.unsubmit",
    "catalog.withdraw",
    "catalog.accept",
    "catalog.annotate",
    "catalog.require_check",
    "catalog.waive_check",
    "catalog.revert_editgroup",
    "catalog.redact_revision",
    "catalog.create_editor",
    "catalog.rename_editor",
    "catalog.set_editor_role",
    "catalog.set_editor_active",
    "catalog.issue_token",
    "catalog.revoke_token",
    "catalog.revoke_tokens",
    "catalog.note_token",
    "vulcanus.decide_merge",
}
"""Every function that writes and that somebody at the other end of HTTP can set off."""

INTERNAL = {
    "aquilo.combine_terms",
    "aquilo.count_citations",
    "aquilo.index_listed",
    "aquilo.index_notices",
    "aquilo.join_texts",
    "aquilo.list_amounts",
    "aquilo.list_terms",
    "aquilo.list_words",
    "aquilo.prepare_body",
    "aquilo.read_first_day",
    "aquilo.read_index_body",
    "aquilo.read_published",
    "aquilo.read_text_config",
    "aquilo.write_search",
    "catalog.announce_live",
    "catalog.follow_changelog",
    "catalog.follow_copied_changelog",
    "catalog.hash_as_split",
    "catalog.split_body",
    "platform.clear_unfollowed",
    "platform.clear_way",
    "platform.refresh_publication",
    "nexus.complete",
    "nexus.find_value",
    "nexus.join_pointer",
    "nexus.list_asserters",
    "nexus.list_claims",
    "nexus.list_statements",
    "nexus.list_values",
    "nexus.read_origin",
    "nexus.read_row",
    "nexus.split_pointer",
    "nexus.state",
    "platform.ensure_queue",
    "platform.subscribe",
    "nexus.subscribe",
    "catalog.append_changelog",
    "catalog.write_revisions",
    "catalog.begin_restore",
    "catalog.finish_restore",
    "catalog.restore_projections",
    "catalog.lock_idents",
    "catalog.project",
    "catalog.project_identifiers",
    "catalog.project_organisations",
    "catalog.project_releases",
    "catalog.project_release_parts",
    "catalog.project_works",
    "catalog.project_creators",
    "catalog.project_containers",
    "catalog.project_files",
    "catalog.project_filesets",
    "catalog.project_webcaptures",
    "catalog.clear_releases",
    "catalog.list_kept_parts",
    "catalog.hold_editgroup",
    "catalog.hold_own_editgroup",
    "catalog.free_unborn",
    "catalog.store_bodies",
    "catalog.loosen_identifiers",
    "catalog.return_identifiers",
    "catalog.refuse_change",
    "catalog.check_redirect_target",
    "catalog.reproject",
    "nauvis.count_settled",
    "nauvis.hold_member",
    "nauvis.list_scopes",
    "nauvis.list_foreign",
    "nauvis.refuse_foreign",
    "nauvis.name_records",
    "nauvis.settle_at_once",
    "nauvis.check_digits",
    "nauvis.check_handle",
    "nauvis.check_owner",
    "nauvis.check_settled",
    "nauvis.coin_suffix",
    "nauvis.drop_handles",
    "nauvis.hold_own",
    "nauvis.reserve_minted",
    "croid.adopt",
    "vulcanus.adopt_keys",
    "vulcanus.list_concerned",
    "catalog.hold_editor",
    "catalog.check_admin",
    "catalog.check_username",
    "vulcanus.admit_former",
    "vulcanus.index_citables",
    "vulcanus.traced_index",
    "vulcanus.end_unseen",
    "vulcanus.note_unseen",
    "catalog.point_idents",
    "platform.make_ids",
}
"""Steps of other functions, which would leave things half done if they were called alone."""


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[flow.Shared]:
    """A database with something in every table of the flow."""
    with flow.shared_database(tmp_path_factory.mktemp("home")) as database:
        with database.connect() as connection:
            take_records(connection, [record("10.5555/x", author=[flow.author("Ng", "X")])])
            drain(database)
            connection.execute("SELECT gleba.refresh('doi-counts')")
            connection.commit()
        yield database


def relations(connection: psycopg.Connection[Any], kinds: str) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT n.nspname, c.relname FROM pg_class AS c JOIN pg_namespace AS n"
        " ON n.oid = c.relnamespace WHERE n.nspname = ANY (%s) AND c.relkind = ANY (%s)"
        " ORDER BY 1, 2",
        [list(ROOMS), list(kinds)],
    ).fetchall()
    connection.commit()
    return rows


@pytest.mark.parametrize("role", ROLES)
def test_no_role_writes_a_table(shared, role: str) -> None:
    with shared.connect(None) as owner:
        tables = relations(owner, "rpm")
    assert len(tables) > 30
    with shared.connect(role) as connection:
        connection.autocommit = True
        for name in tables:
            for statement in (
                "INSERT INTO {} DEFAULT VALUES",
                "UPDATE {} SET {} = NULL",
                "DELETE FROM {}",
                "TRUNCATE {}",
                "ALTER TABLE {} DISABLE TRIGGER ALL",
                "DROP TABLE {}",
            ):
                refuse(connection, statement, name)


def refuse(connection: psycopg.Connection[Any], statement: str, name: tuple[str, str]) -> None:
    parts: list[sql.Composable] = [sql.Identifier(*name)]
    if statement.count("{}") == 2:
        column = connection.execute(
            "SELECT attname FROM pg_attribute"
            " WHERE attrelid = format('%%I.%%I', %s::text, %s::text)::regclass"
            " AND attnum > 0 AND attgenerated = '' LIMIT 1",
            name,
        ).fetchone()
        assert column is not None
        parts.append(sql.Identifier(column[0]))
    try:
        connection.execute(sql.SQL(statement).format(*parts))
    except (psycopg.errors.InsufficientPrivilege, psycopg.errors.WrongObjectType):
        return
    pytest.fail(f"{statement} went through on {name}")


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_the_rooms(shared, role: str) -> None:
    with shared.connect(None) as owner:
        names = relations(owner, "rpmv")
    with shared.connect(role) as connection:
        for name in names:
            if name not in SECRETS:
                connection.execute(
                    sql.SQL("SELECT * FROM {} LIMIT 1").format(sql.Identifier(*name))
                )


@pytest.mark.parametrize("role", ROLES)
def test_no_role_reads_the_hash_of_a_secret(shared, role: str) -> None:
    with shared.connect(role) as connection:
        connection.autocommit = True
        connection.execute(
            "SELECT token_id, editor_id, scopes, description, created_at, expires_at, revoked_at,"
            " last_used_at FROM catalog.token"
        )
        for statement in (
            "SELECT secret_sha256 FROM catalog.token",
            "SELECT * FROM catalog.token",
            "SELECT t FROM catalog.token AS t",
            "SELECT 1 FROM catalog.token WHERE secret_sha256 < '\\x80'",
            "COPY catalog.token TO STDOUT",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement.encode())
        finds = functions(connection, role).keys() & FINDS_SECRETS
        assert finds == (FINDS_SECRETS if role == "nexus_api" else set())


def functions(connection: psycopg.Connection[Any], role: str) -> dict[str, str]:
    """The functions a role may execute, with their volatility."""
    rows = connection.execute(
        "SELECT n.nspname || '.' || p.proname, p.provolatile::text FROM pg_proc AS p"
        " JOIN pg_namespace AS n ON n.oid = p.pronamespace"
        " WHERE n.nspname = ANY (%s) AND has_function_privilege(%s, p.oid, 'EXECUTE')",
        [list(ROOMS), role],
    ).fetchall()
    connection.commit()
    return dict(rows)


def test_only_workers_set_off_what_writes(shared) -> None:
    with shared.connect(None) as owner:
        api = {name for name, kind in functions(owner, "nexus_api").items() if kind == "v"}
        of_dba = set(functions(owner, "nexus_dba"))
        dba = {name for name, kind in functions(owner, "nexus_dba").items() if kind == "v"}
        worker = set(functions(owner, "nexus_worker"))
        everybody = functions(owner, "nexus")
        of_owner = set(functions(owner, "nexus_owner"))
    assert api == API_WRITES
    assert dba == set()
    assert worker & INTERNAL == set()
    assert (
        worker
        | INTERNAL
        | {"croid.compute_lease_end", "nauvis.find_deposit", "catalog.check_bases"}
        | of_dba
        | {f"catalog.check_{name}" for name in ("editor", "contents", "targets", "redirects")}
        | {"catalog.check_results"}
        | FINDS_SECRETS
        | API_WRITES
        == of_owner
    )
    assert set(everybody) == worker | api | of_dba | FINDS_SECRETS


@pytest.mark.parametrize(
    ("role", "statement"),
    [
        ("nexus_api", "SELECT catalog.store_bodies('{}', '{}', '{}')"),
        ("nexus_worker", "SELECT catalog.free_unborn('{}')"),
        (
            "nexus_api",
            "SELECT catalog.revise(uuidv7(), '', '{}', 'work', '{}', '{}', '{}', '{}', '{}', '{}')",
        ),
        ("nexus_api", "SELECT nauvis.settle('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')"),
        ("nexus_api", "SELECT platform.announce('accepted', '{}')"),
        ("nexus_api", "SELECT platform.read_messages('aquilo_accepted', 1, 1)"),
        ("nexus_api", "SELECT * FROM pgmq.q_aquilo_accepted"),
        ("nexus_api", "SELECT pgmq.send('aquilo_accepted', '{}')"),
        ("nexus_worker", "SELECT * FROM pgmq.q_aquilo_accepted"),
        ("nexus_worker", "SELECT pgmq.drop_queue('aquilo_accepted')"),
        ("nexus_worker", "SELECT catalog.project('{}')"),
        ("nexus_worker", "SELECT catalog.hold_editor(uuidv7(), NULL)"),
        ("nexus_dba", "SELECT catalog.find_token(uuidv7())"),
        ("nexus_dba", "SELECT catalog.issue_token(uuidv7(), '', '{}', NULL, NULL, NULL)"),
        ("nexus_worker", "SELECT platform.subscribe('accepted', 'a_b')"),
        ("nexus_dba", "SELECT croid.mint(1)"),
        ("nexus_dba", "SELECT gleba.refresh('doi-counts')"),
        ("nexus_dba", "SELECT catalog.accept(uuidv7(), uuidv7())"),
        ("nexus_dba", "SET ROLE nexus_owner"),
        ("nexus_api", "CREATE TABLE public.x (x integer)"),
        ("nexus_api", "CREATE SCHEMA x"),
    ],
)
def test_what_was_not_granted_is_refused(shared, role: str, statement: str) -> None:
    with (
        shared.connect(role) as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute(statement.encode())


def test_dba_reads_reports_their_age_and_statistics(shared) -> None:
    with shared.connect("nexus_dba") as connection:
        counts = connection.execute("SELECT * FROM gleba.doi_count_by_prefix_type_year").fetchall()
        assert counts == [("10.5555", "journal-article", 2021, 1)]
        connection.execute("SELECT * FROM gleba.enrichment_coverage_by_strategy")
        [(stale,)] = connection.execute(
            "SELECT is_stale FROM gleba.report_age WHERE report = 'doi-counts'"
        ).fetchall()
        assert stale is False
        connection.execute("SELECT query FROM public.pg_stat_statements LIMIT 1")
        assert connection.execute("SELECT * FROM platform.queue_depth()").fetchall()


def test_writing_functions_cannot_be_led_astray_by_the_caller_s_search_path(shared) -> None:
    with shared.connect(None) as owner:
        rows = owner.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc AS p"
            " JOIN pg_namespace AS n ON n.oid = p.pronamespace"
            " WHERE n.nspname = ANY (%s) AND p.prosecdef"
            " AND NOT coalesce(p.proconfig, '{}') @> ARRAY['search_path=pg_catalog, pg_temp']",
            [list(ROOMS)],
        ).fetchall()
        owners = owner.execute(
            "SELECT DISTINCT r.rolname FROM pg_proc AS p JOIN pg_roles AS r ON r.oid = p.proowner"
            " JOIN pg_namespace AS n ON n.oid = p.pronamespace WHERE n.nspname = ANY (%s)",
            [list(ROOMS)],
        ).fetchall()
    assert rows == []
    assert owners == [("nexus_owner",)]
    with (
        shared.connect("nexus_api") as connection,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        connection.execute("CREATE TEMP TABLE lease (croid uuid, fence bigint)")
