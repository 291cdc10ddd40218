GRANT USAGE ON SCHEMA aquilo TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA aquilo TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION aquilo.index_documents(uuid[]) TO nexus_worker;
GRANT EXECUTE ON FUNCTION aquilo.read_freshness() TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
aquilo.find_works(text[], boolean), aquilo.find_work_then(uuid, bigint),
aquilo.count_works_then(bigint, text, text, text, integer)
TO nexus_worker, nexus_api, nexus_dba;

GRANT EXECUTE ON FUNCTION aquilo.lease_requests(text[], bytea[]) TO nexus_api;

GRANT EXECUTE ON FUNCTION
aquilo.fold_value(text, text), aquilo.fold_text(text), aquilo.hash_title(text),
aquilo.make_terms(text, text, text[]), aquilo.join_terms(text[], text[]),
aquilo.write_query(text), aquilo.write_field_query(text[], text), aquilo.relax_query(text),
aquilo.count_term(text[], date)
TO nexus_worker, nexus_api, nexus_dba;
