CREATE OR REPLACE FUNCTION catalog.open_editgroup(
  _editor_id uuid, _description text DEFAULT NULL, _extra jsonb DEFAULT NULL,
  _idempotency_key text DEFAULT NULL
)
RETURNS TABLE (editgroup_id uuid, status catalog.editgroup_status, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
  PERFORM catalog.check_editor(_editor_id);
  IF jsonb_typeof(_extra) <> 'object' THEN
    PERFORM platform.raise_error('bad-edit', 'extra is no object');
  END IF;
  -- Who comes second under one key waits for the first to commit, and finds what it made.
  RETURN QUERY
  INSERT INTO catalog.editgroup (editor_id, description, extra, idempotency_key)
  VALUES (_editor_id, _description, _extra, _idempotency_key)
  ON CONFLICT (editor_id, idempotency_key) WHERE idempotency_key IS NOT NULL DO NOTHING
  RETURNING editgroup_id, status, true;
  IF NOT FOUND THEN
    RETURN QUERY
    SELECT g.editgroup_id, g.status, false FROM catalog.editgroup AS g
    WHERE g.editor_id = _editor_id AND g.idempotency_key = _idempotency_key;
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.open_editgroup(uuid, text, jsonb, text) IS 'Open an editgroup; the same key of the same editor gives the same one.';
