CREATE OR REPLACE FUNCTION catalog.set_editor_active(
  _editor_id uuid, _is_active boolean, _agent_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_editor(_editor_id, _agent_id);
  PERFORM catalog.check_admin(_agent_id);
  UPDATE catalog.editor AS e SET is_active = _is_active WHERE e.editor_id = _editor_id;
END
$$;
COMMENT ON FUNCTION catalog.set_editor_active(uuid, boolean, uuid) IS 'Let an editor in or keep it out, in the name of an admin or the operator; while it is kept out its keys are refused.';
