CREATE OR REPLACE FUNCTION catalog.withdraw(_editgroup_id uuid, _editor_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  UPDATE catalog.editgroup AS g SET status = 'withdrawn' WHERE g.editgroup_id = _editgroup_id;
  PERFORM catalog.free_unborn(
    ARRAY(SELECT e.croid FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id)
  );
END
$$;
COMMENT ON FUNCTION catalog.withdraw(uuid, uuid) IS 'Give an editgroup up for good: its edits stay to be read, its unborn objects and what was reserved for them are free.';
