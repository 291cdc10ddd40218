CREATE OR REPLACE FUNCTION vulcanus.switch_strategy(_strategy text, _is_enabled boolean)
RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _was boolean;
BEGIN
  UPDATE vulcanus.strategy AS s
  SET is_enabled = _is_enabled
  WHERE s.strategy = _strategy
  RETURNING old.is_enabled INTO _was;
  IF _was IS NULL THEN
    PERFORM platform.raise_error('no-such-strategy', _strategy);
  END IF;
  RETURN _was <> _is_enabled;
END
$$;
COMMENT ON FUNCTION vulcanus.switch_strategy(text, boolean) IS 'Switch a strategy on or off; true where it was not so before. What it made is derived again by the workers.';
