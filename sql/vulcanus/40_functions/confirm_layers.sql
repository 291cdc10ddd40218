CREATE OR REPLACE FUNCTION vulcanus.confirm_layers(
  _strategy text, _inputs_index bigint, _croids uuid[]
)
RETURNS void
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  UPDATE vulcanus.layer AS l
  SET inputs_index = _inputs_index
  WHERE l.croid = ANY (_croids) AND l.strategy = _strategy AND l.retired_at IS NULL
    AND l.inputs_index < _inputs_index;
$$;
COMMENT ON FUNCTION vulcanus.confirm_layers(text, bigint, uuid[]) IS 'Note that layers still hold against newer inputs.';
