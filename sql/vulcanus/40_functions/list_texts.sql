CREATE OR REPLACE FUNCTION vulcanus.list_texts(_strategy text, _index bigint, _sets text[])
RETURNS SETOF vulcanus.matched_text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
SET enable_seqscan = off
AS $$
BEGIN
  -- Every look-up reads what was not sorted into the index yet, and there are thousands of them.
  PERFORM gin_clean_pending_list('vulcanus.matched_text_terms_idx'::regclass);
  RETURN QUERY
  WITH found AS MATERIALIZED (
    SELECT DISTINCT m.text_id
    FROM unnest(_sets) AS s (terms)
    -- Fenced, so that each set is looked up by itself and not held against each text.
    CROSS JOIN LATERAL (
      SELECT t.text_id FROM vulcanus.matched_text AS t WHERE t.terms @> s.terms::integer[] OFFSET 0
    ) AS m
  )
  SELECT t.* FROM found AS f JOIN vulcanus.matched_text AS t ON t.text_id = f.text_id
  WHERE t.strategy = _strategy AND t.inputs_index < _index;
END
$$;
COMMENT ON FUNCTION vulcanus.list_texts(text, bigint, text[]) IS 'The texts of a strategy that have all terms of one of these sets and were read before an index.';
