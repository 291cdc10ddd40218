GRANT USAGE ON SCHEMA nauvis TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA nauvis TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
nauvis.take_deposit(
  uuid, nauvis.media, text, bytea, bigint, boolean, boolean, text, bytea[],
  integer[], text[], bigint[], integer[], bytea[], text[], boolean[], text[]
)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
nauvis.settle(uuid[], uuid[], integer[], nauvis.verdict[], uuid[], bigint[], text[], text[])
TO nexus_worker;
