DROP FUNCTION IF EXISTS vulcanus.confirm_layers(text, bigint, uuid[]);
CREATE OR REPLACE FUNCTION vulcanus.confirm_layers(
  _strategy text, _inputs_index bigint, _croids uuid[], _terms text[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _traced_index CONSTANT bigint := vulcanus.traced_index(_strategy);
BEGIN
  UPDATE vulcanus.layer AS l
  SET inputs_index = greatest(l.inputs_index, _inputs_index), terms = u.terms::integer[],
      is_due = _inputs_index BETWEEN 0 AND _traced_index - 1
  FROM unnest(_croids, _terms) AS u (croid, terms)
  WHERE l.croid = u.croid AND l.strategy = _strategy AND l.retired_at IS NULL
    AND (l.inputs_index < _inputs_index OR l.is_due);
END
$$;
COMMENT ON FUNCTION vulcanus.confirm_layers(text, bigint, uuid[], text[]) IS 'Note that layers still hold against newer inputs, and by which terms they were matched.';
