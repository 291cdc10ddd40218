CREATE UNIQUE INDEX deposit_record_deposit_id_n_idx ON nauvis.deposit_record (deposit_id, n);
COMMENT ON INDEX nauvis.deposit_record_deposit_id_n_idx IS 'The records of a deposit in order.';

CREATE UNIQUE INDEX deposit_editor_id_idempotency_key_idx
ON nauvis.deposit (editor_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
COMMENT ON INDEX nauvis.deposit_editor_id_idempotency_key_idx IS 'A deposit sent again under its key is found, not taken twice.';

CREATE UNIQUE INDEX member_name_idx ON nauvis.member (lower(name));
COMMENT ON INDEX nauvis.member_name_idx IS 'A member is found by its name in any case, and no other has it.';

CREATE INDEX prefix_member_id_idx ON nauvis.prefix (member_id);
COMMENT ON INDEX nauvis.prefix_member_id_idx IS 'The prefixes of a member.';

CREATE INDEX api_key_member_id_token_id_idx ON nauvis.api_key (member_id, token_id);
COMMENT ON INDEX nauvis.api_key_member_id_token_id_idx IS 'The keys of a member in the order of their issue.';

CREATE INDEX deposit_editor_id_deposit_id_idx ON nauvis.deposit (editor_id, deposit_id);
COMMENT ON INDEX nauvis.deposit_editor_id_deposit_id_idx IS 'The deposits of a member in the order they came in.';

CREATE INDEX deposit_record_refused_doi_idx ON nauvis.deposit_record (doi, deposit_id)
WHERE is_refused;
COMMENT ON INDEX nauvis.deposit_record_refused_doi_idx IS 'Refused records by the DOI they came with, which names no object.';

CREATE INDEX deposit_test_idx ON nauvis.deposit (editor_id, deposit_id) WHERE is_test;
COMMENT ON INDEX nauvis.deposit_test_idx IS 'The tests of a member, whose records are named by no DOI.';

CREATE INDEX handle_alias_of_idx ON nauvis.handle (alias_of) WHERE alias_of IS NOT NULL;
COMMENT ON INDEX nauvis.handle_alias_of_idx IS 'The aliases of an object.';

CREATE INDEX handle_member_id_doi_idx ON nauvis.handle (member_id, doi);
COMMENT ON INDEX nauvis.handle_member_id_doi_idx IS 'The draft and registered DOIs of a member in order.';

CREATE INDEX callback_next_at_idx ON nauvis.callback (next_at) WHERE state = 'due';
COMMENT ON INDEX nauvis.callback_next_at_idx IS 'The callbacks to send, the most overdue first.';

CREATE INDEX callback_dead_idx ON nauvis.callback (member_id, callback_id) WHERE state = 'dead';
COMMENT ON INDEX nauvis.callback_dead_idx IS 'The callbacks that were given up, of a member or of all.';

CREATE INDEX correction_doi_correction_id_idx ON nauvis.correction (doi, correction_id);
COMMENT ON INDEX nauvis.correction_doi_correction_id_idx IS 'What was proposed for a work, newest first.';

CREATE INDEX correction_prefix_correction_id_idx
ON nauvis.correction (split_part(doi, '/', 1), correction_id);
COMMENT ON INDEX nauvis.correction_prefix_correction_id_idx IS 'What was proposed for the works of a member, by its prefixes.';

CREATE INDEX correction_state_correction_id_idx ON nauvis.correction (state, correction_id);
COMMENT ON INDEX nauvis.correction_state_correction_id_idx IS 'What waits for a decision, newest first.';
