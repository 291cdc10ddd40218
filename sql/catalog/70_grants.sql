GRANT USAGE ON SCHEMA catalog TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA catalog TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
catalog.read_body(uuid, uuid), catalog.read_details(uuid, jsonb, bytea[]),
catalog.content_hash(catalog.kind, jsonb, bytea[]),
catalog.hash_part(text, jsonb), catalog.list_identifiers(catalog.kind, jsonb),
catalog.list_elements(jsonb), catalog.read_date(jsonb), catalog.read_year(jsonb),
catalog.list_dump(bigint),
catalog.list_flat_dump(catalog.kind[], integer, boolean), platform.public_columns(text),
catalog.hash_editgroup(uuid), catalog.vulcanus(), catalog.list_changed_members(uuid, uuid, uuid),
catalog.list_members(uuid, uuid), catalog.join_body(uuid, jsonb, bytea[])
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
catalog.hold_idents(uuid[]),
catalog.revise(
  uuid, text, jsonb, catalog.kind, uuid[], text[], text[], uuid[], text[], text[]
)
TO nexus_worker;
GRANT EXECUTE ON FUNCTION
catalog.open_editgroup(uuid, text, jsonb, text), catalog.submit(uuid, uuid),
catalog.unsubmit(uuid, uuid), catalog.withdraw(uuid, uuid), catalog.accept(uuid, uuid),
catalog.add_edits(
  uuid, uuid, catalog.edit_action[], uuid[], catalog.kind[], text[], uuid[], uuid[], uuid[], text[]
),
catalog.delete_edit(uuid, uuid, uuid), catalog.revert_editgroup(uuid, uuid, text, text),
catalog.apply_edits(
  uuid, text, jsonb, text, catalog.edit_action[], uuid[], catalog.kind[], text[], uuid[], uuid[],
  uuid[], text[]
),
catalog.annotate(uuid, uuid, text, jsonb, text, boolean),
catalog.require_check(uuid, text, text, boolean), catalog.waive_check(uuid, text),
catalog.redact_revision(uuid, uuid, uuid, text)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
catalog.read_hash(text), catalog.read_whole(jsonb), catalog.read_integer(jsonb),
catalog.read_moment(text), catalog.read_day(text),
catalog.list_parts(uuid[])
TO nexus_worker, nexus_api, nexus_dba;

-- Hashes of secrets leave the table through catalog.find_token alone.
REVOKE ALL ON catalog.token FROM nexus_worker, nexus_api, nexus_dba;
GRANT SELECT (
  token_id, editor_id, scopes, description, created_at, expires_at, revoked_at, last_used_at
) ON catalog.token TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION catalog.find_token(uuid) TO nexus_api;
GRANT EXECUTE ON FUNCTION
catalog.create_editor(text, catalog.editor_role, boolean, uuid),
catalog.rename_editor(uuid, text, uuid),
catalog.set_editor_role(uuid, catalog.editor_role, uuid),
catalog.set_editor_active(uuid, boolean, uuid),
catalog.issue_token(uuid, bytea, text[], timestamptz, text, uuid),
catalog.revoke_token(uuid, uuid, uuid), catalog.revoke_tokens(uuid, uuid),
catalog.note_token(uuid)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
catalog.find_index(timestamptz), catalog.list_projections(),
catalog.digest_projections(uuid, uuid), catalog.verify_content(uuid, uuid),
catalog.verify_chain(bigint, bigint)
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION catalog.verify_projections(uuid, uuid, boolean) TO nexus_worker;
GRANT EXECUTE ON FUNCTION catalog.describe_editgroup(uuid, uuid, text, jsonb)
TO nexus_worker, nexus_api;
