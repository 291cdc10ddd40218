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
catalog.accept(uuid, uuid), catalog.hold_idents(uuid[])
TO nexus_worker;
GRANT EXECUTE ON FUNCTION
catalog.read_hash(text), catalog.read_whole(jsonb), catalog.read_integer(jsonb),
catalog.read_moment(text), catalog.read_day(text),
catalog.list_parts(uuid[])
TO nexus_worker, nexus_api, nexus_dba;
