CREATE OR REPLACE FUNCTION nexus.subscribe()
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _queue CONSTANT text := 'nexus_accepted';
  _is_heard CONSTANT boolean := EXISTS (
    SELECT FROM platform.subscription AS s WHERE s.event = 'accepted' AND s.queue = _queue
  );
  _messages jsonb[];
BEGIN
  PERFORM platform.subscribe('accepted', _queue);
  IF _is_heard THEN
    RETURN 0;
  END IF;
  SELECT array_agg(
    jsonb_build_object(
      'v', 1, 'event', 'accepted', 'croids', m.croids, 'index', k.index, 'task', NULL, 'at', now()
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
  ) AS m
  CROSS JOIN catalog.clock AS k;
  IF _messages IS NOT NULL THEN
    PERFORM pgmq.send_batch(_queue, _messages);
  END IF;
  RETURN coalesce(cardinality(_messages), 0);
END
$$;
COMMENT ON FUNCTION nexus.subscribe() IS 'Hear from now on what is accepted, and the first time of all that was accepted before; returns how many messages that were.';
