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
GRANT EXECUTE ON FUNCTION
catalog.find_index(timestamptz), catalog.list_projections(),
catalog.digest_projections(uuid, uuid), catalog.verify_content(uuid, uuid),
catalog.verify_chain(bigint, bigint)
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION catalog.verify_projections(uuid, uuid, boolean) TO nexus_worker;
