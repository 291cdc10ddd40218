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

CREATE INDEX handle_alias_of_idx ON nauvis.handle (alias_of) WHERE alias_of IS NOT NULL;
COMMENT ON INDEX nauvis.handle_alias_of_idx IS 'The aliases of an object.';

CREATE INDEX handle_member_id_doi_idx ON nauvis.handle (member_id, doi);
COMMENT ON INDEX nauvis.handle_member_id_doi_idx IS 'The draft and registered DOIs of a member in order.';
