CREATE OR REPLACE FUNCTION catalog.set_editor_role(
  _editor_id uuid, _role catalog.editor_role, _agent_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_editor(_editor_id, _agent_id);
  PERFORM catalog.check_admin(_agent_id);
  UPDATE catalog.editor AS e SET role = _role WHERE e.editor_id = _editor_id;
END
$$;
COMMENT ON FUNCTION catalog.set_editor_role(uuid, catalog.editor_role, uuid) IS 'Give an editor a role, in the name of an admin or the operator; its keys are good for what the role allows from then on.';
