CREATE OR REPLACE FUNCTION vulcanus.admit_former()
RETURNS integer
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _messages jsonb[];
BEGIN
  IF platform.is_replica() OR EXISTS (SELECT FROM vulcanus.citable) THEN
    RETURN 0;
  END IF;
  SELECT array_agg(
    jsonb_build_object(
      'v', 1, 'event', 'accepted', 'croids', m.croids, 'index', NULL, 'task', NULL, 'at', now()
    ) ORDER BY m.batch
  )
  INTO _messages
  FROM (
    SELECT l.batch, jsonb_agg(l.croid ORDER BY l.croid) AS croids
    FROM (
      SELECT r.croid, (row_number() OVER (ORDER BY r.croid) - 1) / 1000 AS batch
      FROM catalog.release AS r
    ) AS l
    GROUP BY l.batch
  ) AS m;
  IF _messages IS NOT NULL THEN
    PERFORM pgmq.send_batch('vulcanus_accepted', _messages);
  END IF;
  RETURN coalesce(cardinality(_messages), 0);
END
$$;
COMMENT ON FUNCTION vulcanus.admit_former() IS 'Have releases that were accepted before there was an index of citable ones admitted to it; returns how many messages that were.';
