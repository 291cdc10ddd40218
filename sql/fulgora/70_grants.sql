GRANT USAGE ON SCHEMA fulgora TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA fulgora TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
fulgora.begin_release(text, text),
fulgora.store_records(text, integer, text[], text[], bytea[], bytea[]),
fulgora.complete_release(text, integer, integer), fulgora.ask(text[], uuid[]),
fulgora.answer(uuid, uuid[], text), fulgora.add_part(uuid, text, jsonb),
fulgora.store_statements(text, integer, text[], bytea[], text[], text[], text[], text[]),
fulgora.end_missing(text, integer, text[])
TO nexus_worker;
GRANT EXECUTE ON FUNCTION fulgora.fold_word(text) TO nexus_worker, nexus_api, nexus_dba;
