GRANT USAGE ON SCHEMA croid TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA croid TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
croid.encode(uuid), croid.decode(text), croid.pattern(text), croid.checksum(text, text),
croid.normalise(text, text), croid.resolve(text, text)
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
croid.mint(integer), croid.mint_one(), croid.take_lease(uuid, text, integer),
croid.renew_lease(uuid, bigint, integer), croid.release_lease(uuid, bigint),
croid.check_fence(uuid, bigint)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
croid.reserve(text, text[], text), croid.check_identifiers(text, text[], text), croid.lock(uuid[]),
croid.free(uuid[])
TO nexus_worker;
