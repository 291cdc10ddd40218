CREATE OR REPLACE FUNCTION catalog.unsubmit(_editgroup_id uuid, _editor_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  UPDATE catalog.editgroup AS g
  SET status = 'open', submitted_at = NULL WHERE g.editgroup_id = _editgroup_id;
END
$$;
COMMENT ON FUNCTION catalog.unsubmit(uuid, uuid) IS 'Take an editgroup back from review.';
