CREATE OR REPLACE FUNCTION catalog.delete_edit(_editgroup_id uuid, _edit_id uuid, _editor_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _edit catalog.edit;
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  DELETE FROM catalog.edit AS e
  WHERE e.editgroup_id = _editgroup_id AND e.edit_id = _edit_id RETURNING e.* INTO _edit;
  IF _edit.edit_id IS NULL THEN
    PERFORM platform.raise_error('no-such-edit', format('%s in editgroup %s', _edit_id, _editgroup_id));
  END IF;
  PERFORM catalog.free_unborn(ARRAY[_edit.croid]);
END
$$;
COMMENT ON FUNCTION catalog.delete_edit(uuid, uuid, uuid) IS 'Take an edit out of an editgroup that is not accepted yet, what it proposed stays stored, and nothing leads there.';
