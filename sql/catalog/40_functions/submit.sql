CREATE OR REPLACE FUNCTION catalog.submit(_editgroup_id uuid, _editor_id uuid)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  UPDATE catalog.editgroup AS g
  SET status = 'submitted', submitted_at = coalesce(g.submitted_at, now())
  WHERE g.editgroup_id = _editgroup_id;
END
$$;
COMMENT ON FUNCTION catalog.submit(uuid, uuid) IS 'Offer an editgroup for review; submitting it again changes nothing.';
