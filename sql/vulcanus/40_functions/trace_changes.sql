CREATE OR REPLACE FUNCTION vulcanus.trace_changes(
  _strategy text, _index bigint, _terms integer[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  WITH concerned AS (
    SELECT DISTINCT l.croid, l.layer_id
    FROM vulcanus.layer AS l, unnest(l.terms) AS t (term)
    WHERE l.strategy = _strategy AND l.retired_at IS NULL AND NOT l.is_due
      AND l.inputs_index BETWEEN 0 AND _index - 1
      AND t.term IN (SELECT u.term FROM unnest(_terms) AS u (term))
  )
  UPDATE vulcanus.layer AS l
  SET is_due = true
  FROM concerned AS c
  WHERE l.croid = c.croid AND l.layer_id = c.layer_id;
  GET DIAGNOSTICS _count = ROW_COUNT;
  UPDATE vulcanus.strategy AS s
  SET traced_index = _index
  WHERE s.strategy = _strategy AND s.traced_index < _index;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.trace_changes(text, bigint, integer[]) IS 'Have the layers looked at again that share a term with what changed up to an index; how many they are.';
