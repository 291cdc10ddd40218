CREATE OR REPLACE FUNCTION catalog.rename_editor(_editor_id uuid, _username text, _agent_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_editor(_editor_id, _agent_id);
  PERFORM catalog.check_username(_username);
  UPDATE catalog.editor AS e SET username = _username WHERE e.editor_id = _editor_id;
EXCEPTION
  WHEN unique_violation THEN
    PERFORM platform.raise_error('username-taken', _username);
END
$$;
COMMENT ON FUNCTION catalog.rename_editor(uuid, text, uuid) IS 'Give an editor another name, at its own wish, an admin''s or the operator''s; what it did is told under the new one.';
