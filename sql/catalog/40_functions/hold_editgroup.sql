CREATE OR REPLACE FUNCTION catalog.hold_editgroup(_editgroup_id uuid)
RETURNS catalog.editgroup
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _group catalog.editgroup;
BEGIN
  SELECT g.* INTO _group
  FROM catalog.editgroup AS g WHERE g.editgroup_id = _editgroup_id FOR UPDATE;
  IF _group.editgroup_id IS NULL THEN
    PERFORM platform.raise_error('no-such-editgroup', _editgroup_id::text);
  ELSIF _group.status NOT IN ('open', 'submitted') THEN
    PERFORM platform.raise_error('editgroup-closed', format('%s is %s', _editgroup_id, _group.status));
  END IF;
  RETURN _group;
END
$$;
COMMENT ON FUNCTION catalog.hold_editgroup(uuid) IS 'Lock an editgroup that is neither accepted nor withdrawn, until commit; refuses any other.';
