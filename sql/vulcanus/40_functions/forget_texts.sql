CREATE OR REPLACE FUNCTION vulcanus.forget_texts(
  _after uuid, _limit integer, OUT _last uuid, OUT _count integer
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  -- Somebody may have read a text that no layer names yet.
  PERFORM pg_advisory_xact_lock(hashtextextended('vulcanus.layer', 0));
  WITH page AS MATERIALIZED (
    SELECT
      t.text_id, t.strategy,
      -- Its first 31 bits.
      (('x' || left(t.text_hash::text, 8))::bit(32)::bigint >> 1)::integer AS term
    FROM vulcanus.matched_text AS t
    WHERE t.text_id > _after ORDER BY t.text_id LIMIT _limit
  ),
  gone AS (
    DELETE FROM vulcanus.matched_text AS t USING page AS p
    WHERE t.text_id = p.text_id AND NOT EXISTS (
      SELECT FROM vulcanus.layer AS l
      WHERE l.terms @> ARRAY[p.term] AND l.retired_at IS NULL AND l.strategy = p.strategy
    )
    RETURNING 1
  )
  SELECT
    (SELECT p.text_id FROM page AS p ORDER BY p.text_id DESC LIMIT 1),
    (SELECT count(*) FROM gone)
  INTO _last, _count;
END
$$;
COMMENT ON FUNCTION vulcanus.forget_texts(uuid, integer) IS 'Forget those of the next texts that no layer in force was made of; the last one looked at, null at the end, and how many were forgotten.';
