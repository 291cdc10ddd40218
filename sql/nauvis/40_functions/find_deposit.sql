DROP FUNCTION IF EXISTS nauvis.find_deposit(uuid, text, bytea);
CREATE OR REPLACE FUNCTION nauvis.find_deposit(
  _editor_id uuid, _idempotency_key text, _sha256 bytea, _is_test boolean, _is_atomic boolean
)
RETURNS uuid
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
  _deposit nauvis.deposit;
BEGIN
  SELECT d.* INTO _deposit FROM nauvis.deposit AS d
  WHERE d.editor_id = _editor_id AND d.idempotency_key = _idempotency_key;
  IF (_deposit.sha256, _deposit.is_test, _deposit.is_atomic) <> (_sha256, _is_test, _is_atomic) THEN
    PERFORM platform.raise_error('key-reused', format('%s was used for deposit %s', _idempotency_key, _deposit.deposit_id));
  END IF;
  RETURN _deposit.deposit_id;
END
$$;
COMMENT ON FUNCTION nauvis.find_deposit(uuid, text, bytea, boolean, boolean) IS 'The deposit that was sent under this key; refuses the key for other bytes, and for the same as a test or atomic where it was not.';
