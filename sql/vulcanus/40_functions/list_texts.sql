CREATE OR REPLACE FUNCTION vulcanus.list_texts(_strategy text, _index bigint, _sets text[])
RETURNS SETOF vulcanus.matched_text
LANGUAGE sql STABLE
-- Each set is looked up in the index, however many there are.
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off
AS $$
  SELECT t.* FROM vulcanus.matched_text AS t
  WHERE t.strategy = _strategy AND t.inputs_index < _index AND t.text_id IN (
    SELECT m.text_id
    FROM unnest(_sets) AS s (terms)
    JOIN vulcanus.matched_text AS m ON m.terms @> s.terms::integer[]
  );
$$;
COMMENT ON FUNCTION vulcanus.list_texts(text, bigint, text[]) IS 'The texts of a strategy that have all terms of one of these sets and were read before an index.';
