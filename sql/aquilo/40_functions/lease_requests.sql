CREATE OR REPLACE FUNCTION aquilo.lease_requests(_pools text[], _clients bytea[])
RETURNS TABLE (
  pool text, client bytea, granted integer, requests integer, interval_s integer, left_ms integer
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _now CONSTANT timestamptz := clock_timestamp();
BEGIN
  IF random() < 0.0005 THEN
    DELETE FROM aquilo.allowance AS a WHERE a.begun_at < _now - INTERVAL '2 hours';
  END IF;
  RETURN QUERY
  WITH asked AS (
    SELECT p.pool, c.client, p.requests, greatest(1, p.requests / 10) AS chunk,
      date_bin(make_interval(secs => p.interval_s), _now, 'epoch') AS begun_at
    FROM (SELECT DISTINCT u.pool, u.client FROM unnest(_pools, _clients) AS u (pool, client)) AS c
    JOIN aquilo.pool AS p ON p.pool = c.pool
  ),
  taken AS (
    INSERT INTO aquilo.allowance AS a (pool, client, begun_at, used)
    SELECT k.pool, k.client, k.begun_at, k.chunk FROM asked AS k ORDER BY k.pool, k.client
    ON CONFLICT (pool, client) DO UPDATE SET
      begun_at = greatest(a.begun_at, excluded.begun_at),
      used = CASE
        WHEN a.begun_at < excluded.begun_at THEN excluded.used
        ELSE greatest(a.used, least(
          a.used + excluded.used, (SELECT p.requests FROM aquilo.pool AS p WHERE p.pool = a.pool)
        ))
      END
    RETURNING new.pool, new.client, new.begun_at,
      new.used - CASE WHEN old.begun_at = new.begun_at THEN old.used ELSE 0 END AS granted
  )
  SELECT
    t.pool, t.client, t.granted, p.requests, p.interval_s, greatest(0, e.left_s * 1000)::integer
  FROM taken AS t
  JOIN aquilo.pool AS p ON p.pool = t.pool
  CROSS JOIN LATERAL (
    SELECT extract(EPOCH FROM t.begun_at - clock_timestamp()) + p.interval_s AS left_s
  ) AS e;
END
$$;
COMMENT ON FUNCTION aquilo.lease_requests(text[], bytea[]) IS 'Let a server process answer a tenth of a pool''s limit for each of these clients, as long as the interval runs; 0 where all of it is taken.';
