GRANT USAGE ON SCHEMA nauvis TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA nauvis TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
nauvis.take_deposit(
  uuid, nauvis.media, text, bytea, bigint, boolean, boolean, text, bytea[],
  integer[], text[], bigint[], integer[], bytea[], text[], boolean[], text[],
  nauvis.doi_state[], boolean[]
)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
nauvis.settle(uuid[], uuid[], integer[], nauvis.verdict[], uuid[], bigint[], text[], text[])
TO nexus_worker;
GRANT EXECUTE ON FUNCTION
nauvis.create_member(text, text[]),
nauvis.assign_prefix(integer, text, date, boolean),
nauvis.set_member_active(integer, boolean)
TO nexus_worker;
GRANT EXECUTE ON FUNCTION
nauvis.find_key(uuid),
nauvis.issue_key(integer, nauvis.member_role, bytea, text, text, timestamptz, uuid),
nauvis.revoke_key(integer, uuid, uuid),
nauvis.rotate_key(integer, uuid, bytea, interval, uuid)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
nauvis.hold_handles(uuid[], uuid[], integer[], text[], text[]), nauvis.hide(uuid[], uuid, text),
nauvis.may_become(nauvis.doi_state, nauvis.doi_state), nauvis.state_of(uuid)
TO nexus_worker;
GRANT EXECUTE ON FUNCTION
nauvis.coin_dois(uuid, text[]), nauvis.hold_dois(text[]), nauvis.delete_doi(uuid, text, uuid),
nauvis.add_alias(uuid, text, text), nauvis.remove_alias(uuid, text, text), nauvis.state_of(uuid),
nauvis.find_state(uuid, integer, integer, integer)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION nauvis.locate(uuid), nauvis.resolve(text)
TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION nauvis.hold_deposited(uuid, text, uuid) TO nexus_api;
GRANT EXECUTE ON FUNCTION
nauvis.ask_callback(uuid, text),
nauvis.set_callback_secret(integer, text, interval, uuid),
nauvis.replay_callback(uuid, integer, uuid)
TO nexus_api, nexus_worker;
GRANT EXECUTE ON FUNCTION
nauvis.propose_correction(uuid, uuid, text, text, text, text),
nauvis.hold_correction(uuid, uuid),
nauvis.decide_correction(uuid, uuid, nauvis.correction_state, text, uuid, uuid),
nauvis.withdraw_correction(uuid, uuid)
TO nexus_api;
GRANT EXECUTE ON FUNCTION
nauvis.claim_callbacks(integer, integer, interval),
nauvis.note_callback(uuid, uuid, integer, text, integer, integer),
nauvis.replay_dead_callbacks(integer)
TO nexus_worker;
REVOKE SELECT ON nauvis.callback_secret FROM nexus_worker, nexus_api, nexus_dba;
