CREATE OR REPLACE FUNCTION catalog.waive_check(_editor_id uuid, _check_name text)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  DELETE FROM catalog.required_check AS c WHERE c.check_name = _check_name;
  RETURN FOUND;
END
$$;
COMMENT ON FUNCTION catalog.waive_check(uuid, text) IS 'Require a check no longer; whether it was required.';
