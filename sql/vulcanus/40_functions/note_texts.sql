CREATE OR REPLACE FUNCTION vulcanus.note_texts(
  _strategy text, _inputs_index bigint, _hashes uuid[], _texts text[], _terms text[],
  _answers uuid[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  -- What was matched against older inputs is matched again, and noted then.
  IF _inputs_index < vulcanus.traced_index(_strategy) THEN
    RETURN;
  END IF;
  INSERT INTO vulcanus.matched_text (strategy, inputs_index, text_hash, text, terms, answer)
  SELECT _strategy, _inputs_index, u.text_hash, u.text, u.terms::integer[], u.answer
  FROM unnest(_hashes, _texts, _terms, _answers) AS u (text_hash, text, terms, answer);
END
$$;
COMMENT ON FUNCTION vulcanus.note_texts(text, bigint, uuid[], text[], text[], uuid[]) IS 'Keep texts with their words and what a strategy found them to mean, unless that is outdated.';
