GRANT USAGE ON SCHEMA vulcanus TO nexus_worker, nexus_api, nexus_dba;
GRANT SELECT ON ALL TABLES IN SCHEMA vulcanus TO nexus_worker, nexus_api, nexus_dba;
GRANT EXECUTE ON FUNCTION
vulcanus.store_layers(
  uuid, text, text, bigint, uuid[], uuid[], bytea[], text[], text[], real[], text[]
),
vulcanus.confirm_layers(text, bigint, uuid[], text[]), vulcanus.note_inputs(uuid[], bigint),
vulcanus.open_run(text, integer), vulcanus.advance_cursor(text, integer),
vulcanus.store_edit_layers(uuid, uuid[], uuid[], uuid[], bigint[], text[], text[], timestamptz[])
TO nexus_worker;

GRANT EXECUTE ON FUNCTION
vulcanus.find_citables(text, integer)
TO nexus_worker, nexus_api;
GRANT EXECUTE ON FUNCTION
vulcanus.admit_citables(uuid[]), vulcanus.hold_citables(), vulcanus.await_citations(uuid[], text),
vulcanus.want_references(uuid[]), vulcanus.note_updates(uuid[]), vulcanus.ask_updates(uuid[]),
vulcanus.note_kin(uuid[]), vulcanus.list_kin(uuid[]),
vulcanus.propose_merges(uuid[], uuid[], uuid[], text[], real[], text[]),
vulcanus.store_update_claims(
  text, uuid[], uuid[], text[], text[], text[], text[], date[]
)
TO nexus_worker;

GRANT EXECUTE ON FUNCTION
vulcanus.trace_changes(text, bigint, integer[], uuid[], text[], uuid[]),
vulcanus.hold_layers(), vulcanus.list_texts(text, bigint, text[]),
vulcanus.note_texts(text, bigint, uuid[], text[], text[], uuid[]),
vulcanus.list_missing_texts(text, uuid[]), vulcanus.forget_texts(uuid, integer),
vulcanus.switch_strategy(text, boolean), vulcanus.take_unseen(text[], integer),
vulcanus.hold_strategies(),
vulcanus.store_evaluation(
  text, text, text, text, text, bytea,
  integer, integer, integer, integer, integer, integer, real, text
)
TO nexus_worker;
GRANT EXECUTE ON FUNCTION vulcanus.decide_merge(uuid, uuid, boolean, uuid) TO nexus_api;
GRANT EXECUTE ON FUNCTION
vulcanus.citation_words(text), vulcanus.citation_number(text),
vulcanus.citation_keys(text, text[], integer[], text[], text[])
TO nexus_worker, nexus_api, nexus_dba;

GRANT EXECUTE ON FUNCTION vulcanus.note_named(uuid[]) TO nexus_worker;
GRANT EXECUTE ON FUNCTION vulcanus.propose_organisations(uuid[]) TO nexus_worker;
