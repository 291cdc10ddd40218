GRANT USAGE ON SCHEMA aquilo TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA aquilo TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION aquilo.index_documents(uuid[]) TO nexus_worker;
GRANT EXECUTE ON FUNCTION aquilo.read_freshness() TO nexus_worker, nexus_api;
