CREATE OR REPLACE FUNCTION catalog.require_check(
  _editor_id uuid, _check_name text, _description text, _is_for_bots boolean DEFAULT false
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  IF (_check_name ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' AND _description <> '') IS NOT TRUE THEN
    PERFORM platform.raise_error('bad-edit', 'a check has a name, of lower-case words, and a description');
  END IF;
  INSERT INTO catalog.required_check (check_name, description, is_for_bots)
  VALUES (_check_name, _description, _is_for_bots)
  ON CONFLICT (check_name) DO UPDATE
  SET description = excluded.description, is_for_bots = excluded.is_for_bots;
END
$$;
COMMENT ON FUNCTION catalog.require_check(uuid, text, text, boolean) IS 'Let no editgroup be accepted without passing this check, of bots only where it is said.';
