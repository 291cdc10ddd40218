GRANT USAGE ON SCHEMA nexus TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA nexus TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION nexus.relate(uuid[], bigint[]) TO nexus_worker;
GRANT EXECUTE ON FUNCTION
nexus.key_of(text, text), nexus.editor(), nexus.name_sources(integer),
nexus.read_type(text), nexus.read_identifier(text, text), nexus.read_update(text)
TO nexus_worker, nexus_api, nexus_dba;

GRANT EXECUTE ON FUNCTION nexus.list_provenance(uuid) TO nexus_worker, nexus_api, nexus_dba;
