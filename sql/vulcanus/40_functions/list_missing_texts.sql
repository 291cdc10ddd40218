CREATE OR REPLACE FUNCTION vulcanus.list_missing_texts(_strategy text, _hashes uuid[])
RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  -- What is there must not be forgotten before the layer that names it is stored.
  PERFORM vulcanus.traced_index(_strategy);
  RETURN QUERY
  SELECT u.text_hash FROM unnest(_hashes) AS u (text_hash)
  WHERE NOT EXISTS (
    SELECT FROM vulcanus.matched_text AS t
    WHERE t.text_hash = u.text_hash AND t.strategy = _strategy
  );
END
$$;
COMMENT ON FUNCTION vulcanus.list_missing_texts(text, uuid[]) IS 'Which of these texts a strategy has not kept yet, by their hashes; none of the others is forgotten until the transaction ends.';
