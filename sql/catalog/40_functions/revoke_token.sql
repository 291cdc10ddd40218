CREATE OR REPLACE FUNCTION catalog.revoke_token(_editor_id uuid, _token_id uuid, _agent_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_editor(_editor_id, _agent_id);
  UPDATE catalog.token AS t SET revoked_at = coalesce(t.revoked_at, clock_timestamp())
  WHERE t.token_id = _token_id AND t.editor_id = _editor_id;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-token', coalesce(croid.encode(_token_id), ''));
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.revoke_token(uuid, uuid, uuid) IS 'Refuse a token of an editor from now on, at the wish of the editor, an admin or the operator.';
