CREATE OR REPLACE FUNCTION catalog.revoke_tokens(_editor_id uuid, _agent_id uuid)
RETURNS timestamptz
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _until timestamptz;
BEGIN
  PERFORM catalog.hold_editor(_editor_id, _agent_id);
  UPDATE catalog.editor AS e SET tokens_revoked_at = clock_timestamp()
  WHERE e.editor_id = _editor_id
  RETURNING e.tokens_revoked_at INTO _until;
  RETURN _until;
END
$$;
COMMENT ON FUNCTION catalog.revoke_tokens(uuid, uuid) IS 'Refuse from now on every token an editor has; returns until when they were issued.';
