CREATE OR REPLACE FUNCTION nauvis.find_deposit(
  _editor_id uuid, _idempotency_key text, _sha256 bytea
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
  IF _deposit.sha256 <> _sha256 THEN
    PERFORM platform.raise_error('key-reused', format('%s was used for deposit %s', _idempotency_key, _deposit.deposit_id));
  END IF;
  RETURN _deposit.deposit_id;
END
$$;
COMMENT ON FUNCTION nauvis.find_deposit(uuid, text, bytea) IS 'The deposit that was sent under this key; refuses the key for other bytes.';
