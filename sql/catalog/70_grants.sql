GRANT USAGE ON SCHEMA catalog TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA catalog TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
catalog.read_body(uuid, uuid), catalog.content_hash(catalog.kind, jsonb, bytea[]),
catalog.hash_part(text, jsonb), catalog.list_identifiers(catalog.kind, jsonb),
catalog.list_elements(jsonb), catalog.read_date(jsonb), catalog.read_year(jsonb),
catalog.hash_editgroup(uuid), catalog.list_changed_members(uuid, uuid, uuid)
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
catalog.propose(uuid, text, jsonb, uuid[], catalog.kind, text[], text[]),
catalog.accept(uuid, uuid), catalog.hold_idents(uuid[]),
catalog.revise(
  uuid, text, jsonb, catalog.kind, uuid[], text[], text[], uuid[], text[], text[]
)
TO nexus_worker;

-- Hashes of secrets leave the table through catalog.find_token alone.
REVOKE ALL ON catalog.token FROM nexus_worker, nexus_api, nexus_dba;
GRANT SELECT (
  token_id, editor_id, scopes, description, created_at, expires_at, revoked_at
) ON catalog.token TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION catalog.find_token(uuid) TO nexus_api;
GRANT EXECUTE ON FUNCTION
catalog.create_editor(text, catalog.editor_role, boolean, uuid),
catalog.rename_editor(uuid, text, uuid),
catalog.set_editor_role(uuid, catalog.editor_role, uuid),
catalog.set_editor_active(uuid, boolean, uuid),
catalog.issue_token(uuid, bytea, text[], timestamptz, text, uuid),
catalog.revoke_token(uuid, uuid, uuid), catalog.revoke_tokens(uuid, uuid)
TO nexus_worker, nexus_api;
