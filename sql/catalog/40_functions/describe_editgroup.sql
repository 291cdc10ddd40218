CREATE OR REPLACE FUNCTION catalog.describe_editgroup(
  _editgroup_id uuid, _editor_id uuid, _description text, _extra jsonb
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.hold_own_editgroup(_editgroup_id, _editor_id);
  IF jsonb_typeof(_extra) <> 'object' THEN
    PERFORM platform.raise_error('bad-edit', 'extra is no object');
  END IF;
  UPDATE catalog.editgroup AS g
  SET description = _description, extra = _extra
  WHERE g.editgroup_id = _editgroup_id;
END
$$;
COMMENT ON FUNCTION catalog.describe_editgroup(uuid, uuid, text, jsonb) IS 'Say anew what an editgroup that is not accepted yet is about.';
