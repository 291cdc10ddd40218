GRANT USAGE ON SCHEMA gleba TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA gleba TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION gleba.refresh(text), gleba.fold_resolutions(timestamptz) TO nexus_worker;
GRANT EXECUTE ON FUNCTION
gleba.add_resolutions(uuid[], text[], timestamptz[], text[], text[], integer[], bigint[])
TO nexus_api, nexus_worker;
