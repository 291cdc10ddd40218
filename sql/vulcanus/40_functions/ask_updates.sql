CREATE OR REPLACE FUNCTION vulcanus.ask_updates(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _asked integer;
BEGIN
  -- Sources told of these before they were here.
  WITH mentioned AS (
    SELECT DISTINCT m.source, m.croid
    FROM fulgora.current_mention AS m
    WHERE m.croid = ANY (_croids) AND m.source IN ('retraction-watch', 'open-retractions')
      AND NOT EXISTS (
        SELECT FROM vulcanus.update_claim AS c
        WHERE c.croid = m.croid AND c.source = m.source AND c.key = m.key
      )
  ),
  asked AS MATERIALIZED (
    SELECT fulgora.ask(ARRAY[m.source], array_agg(m.croid ORDER BY m.croid)) AS task_id
    FROM mentioned AS m GROUP BY m.source
  )
  SELECT count(*) INTO _asked FROM asked;
  RETURN _asked;
END
$$;
COMMENT ON FUNCTION vulcanus.ask_updates(uuid[]) IS 'Ask the sources that tell of updates about those of these objects of which they have something to say that was not heard; returns how many sources were asked.';
