CREATE OR REPLACE FUNCTION catalog.hold_own_editgroup(_editgroup_id uuid, _editor_id uuid)
RETURNS catalog.editgroup
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _group catalog.editgroup := catalog.hold_editgroup(_editgroup_id);
BEGIN
  PERFORM catalog.check_editor(
    _editor_id,
    CASE WHEN _group.editor_id = _editor_id THEN 'editor' ELSE 'admin' END::catalog.editor_role
  );
  RETURN _group;
END
$$;
COMMENT ON FUNCTION catalog.hold_own_editgroup(uuid, uuid) IS 'Lock an editgroup for a change by its editor or by an admin; refuses others.';
