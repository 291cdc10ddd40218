CREATE OR REPLACE FUNCTION catalog.announce_live(_queue text)
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _messages jsonb[];
BEGIN
  SELECT array_agg(
    jsonb_build_object(
      'v', 1, 'event', 'accepted', 'croids', m.croids, 'index', NULL, 'task', NULL, 'at', now()
    ) ORDER BY m.batch
  )
  INTO _messages
  FROM (
    SELECT l.batch, jsonb_agg(l.croid ORDER BY l.croid) AS croids
    FROM (
      SELECT i.croid, (row_number() OVER (ORDER BY i.croid) - 1) / 1000 AS batch
      FROM catalog.ident AS i WHERE i.is_live
    ) AS l
    GROUP BY l.batch
  ) AS m;
  IF _messages IS NOT NULL THEN
    PERFORM pgmq.send_batch(_queue, _messages);
  END IF;
  RETURN coalesce(cardinality(_messages), 0);
END
$$;
COMMENT ON FUNCTION catalog.announce_live(text) IS 'Tell one queue of all live objects, as accepted some time before; returns how many messages that were.';
