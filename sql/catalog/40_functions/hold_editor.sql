CREATE OR REPLACE FUNCTION catalog.hold_editor(_editor_id uuid, _agent_id uuid)
RETURNS catalog.editor
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  -- No time is as early as that of the editors the system brings along.
  _first_id CONSTANT uuid := '00000000-0001-7000-8000-000000000000';
  _editor catalog.editor;
BEGIN
  SELECT e.* INTO _editor
  FROM catalog.editor AS e WHERE e.editor_id = _editor_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-editor', coalesce(_editor_id::text, ''));
  ELSIF _editor_id < _first_id THEN
    PERFORM platform.raise_error('not-allowed', format('%s belongs to the system', _editor.username));
  ELSIF _agent_id IS DISTINCT FROM _editor_id THEN
    PERFORM catalog.check_admin(_agent_id);
  END IF;
  RETURN _editor;
END
$$;
COMMENT ON FUNCTION catalog.hold_editor(uuid, uuid) IS 'Lock an editor for a change by itself, an admin or the operator; the editors of the system are changed by nobody and have no keys.';
