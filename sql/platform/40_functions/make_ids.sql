CREATE OR REPLACE FUNCTION platform.make_ids(_count integer)
RETURNS TABLE (n integer, id uuid)
LANGUAGE sql VOLATILE ROWS 1000
SET search_path = pg_catalog, pg_temp
AS $$
  -- Drawing random bytes is a call of the system, dearer than a row: a batch draws once.
  WITH drawn AS MATERIALIZED (
    SELECT uuid_send(uuidv7()) AS first, substr(uuid_send(uuidv4()), 1, 8)::bigint AS other
  ),
  begun AS MATERIALIZED (
    SELECT substr(d.first, 1, 8) AS head,
           -- Above lie the two bits of the variant; one more is left free for what is added.
           substr(d.first, 9)::bigint & ~(1::bigint << 61) AS tail,
           (d.other & ((1::bigint << 40) - 1)) + 1 AS step
    FROM drawn AS d
  )
  SELECT g.n, encode(b.head || int8send(b.tail + b.step * (g.n - 1)), 'hex')::uuid
  FROM begun AS b CROSS JOIN generate_series(1, least(_count, 1000000)) AS g (n);
$$;
COMMENT ON FUNCTION platform.make_ids(integer) IS 'So many new UUIDs of version 7, of one moment and in order, numbered from 1; at most a million.';
