CREATE UNIQUE INDEX deposit_record_deposit_id_n_idx ON nauvis.deposit_record (deposit_id, n);
COMMENT ON INDEX nauvis.deposit_record_deposit_id_n_idx IS 'The records of a deposit in order.';

CREATE UNIQUE INDEX deposit_editor_id_idempotency_key_idx
ON nauvis.deposit (editor_id, idempotency_key)
WHERE idempotency_key IS NOT NULL;
COMMENT ON INDEX nauvis.deposit_editor_id_idempotency_key_idx IS 'A deposit sent again under its key is found, not taken twice.';
