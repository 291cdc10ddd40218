DROP FUNCTION IF EXISTS vulcanus.trace_changes(text, bigint, integer[]);
CREATE OR REPLACE FUNCTION vulcanus.trace_changes(
  _strategy text, _index bigint, _terms integer[],
  _text_ids uuid[], _text_terms text[], _answers uuid[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  UPDATE vulcanus.matched_text AS t
  SET terms = u.terms::integer[], answer = u.answer, inputs_index = _index
  FROM unnest(_text_ids, _text_terms, _answers) AS u (text_id, terms, answer)
  WHERE t.text_id = u.text_id;
  UPDATE vulcanus.layer AS l
  SET is_due = true
  WHERE l.terms && _terms AND l.strategy = _strategy AND l.retired_at IS NULL AND NOT l.is_due
    AND l.inputs_index BETWEEN 0 AND _index - 1;
  GET DIAGNOSTICS _count = ROW_COUNT;
  UPDATE vulcanus.strategy AS s
  SET traced_index = _index
  WHERE s.strategy = _strategy AND s.traced_index < _index;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.trace_changes(text, bigint, integer[], uuid[], text[], uuid[]) IS 'Keep what texts mean since what changed up to an index, and have the layers looked at again that share a term with it; how many they are.';
