CREATE OR REPLACE FUNCTION gleba.add_resolutions(
  _croids uuid[], _dois text[], _hours timestamptz[], _outcomes text[], _agents text[],
  _locations integer[], _counts bigint[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _nothing CONSTANT uuid := '00000000-0000-0000-0000-000000000000';
  _unknown_kept CONSTANT integer := 1000;
BEGIN
  IF _nothing = ANY (_croids) THEN
    -- Who counts the room left for unknown names counts alone.
    PERFORM pg_advisory_xact_lock(hashtextextended('gleba.resolution', 0));
  END IF;
  WITH given AS (
    SELECT g.croid, g.doi, date_bin('1 hour', g.hour, 'epoch') AS hour,
      g.outcome::gleba.resolution_outcome AS outcome, g.agent::gleba.agent_class AS agent,
      g.location, g.count
    FROM unnest(_croids, _dois, _hours, _outcomes, _agents, _locations, _counts)
      AS g (croid, doi, hour, outcome, agent, location, count)
  ),
  strangers AS (
    SELECT s.hour, s.doi, dense_rank() OVER (PARTITION BY s.hour ORDER BY s.doi) AS place
    FROM (
      SELECT DISTINCT g.hour, g.doi FROM given AS g
      WHERE g.croid = _nothing AND NOT EXISTS (
        SELECT FROM gleba.resolution AS r
        WHERE r.croid = _nothing AND r.doi = g.doi AND r.begun_at = g.hour
      )
    ) AS s
  ),
  room AS (
    SELECT h.hour, _unknown_kept - (
      SELECT count(DISTINCT r.doi) FROM gleba.resolution AS r
      WHERE r.croid = _nothing AND r.begun_at = h.hour
    ) AS place
    FROM (SELECT DISTINCT s.hour FROM strangers AS s) AS h
  ),
  named AS (
    SELECT g.croid, CASE WHEN m.hour IS NULL OR s.place <= m.place THEN g.doi ELSE '10.' END AS doi,
      g.hour, g.outcome, g.agent, g.location, g.count
    FROM given AS g
    LEFT JOIN strangers AS s ON g.croid = _nothing AND s.hour = g.hour AND s.doi = g.doi
    LEFT JOIN room AS m ON m.hour = s.hour
  )
  INSERT INTO gleba.resolution AS r (croid, doi, begun_at, outcome, agent, location, count)
  SELECT n.croid, n.doi, n.hour, n.outcome, n.agent, n.location, sum(n.count)
  FROM named AS n
  GROUP BY n.croid, n.doi, n.hour, n.outcome, n.agent, n.location
  -- One order for all processes: their rows overlap.
  ORDER BY n.croid, n.doi, n.hour, n.outcome, n.agent, n.location
  ON CONFLICT (croid, doi, begun_at, outcome, agent, location)
  DO UPDATE SET count = r.count + excluded.count;
END
$$;
COMMENT ON FUNCTION gleba.add_resolutions(
  uuid[], text[], timestamptz[], text[], text[], integer[], bigint[]
) IS 'Add what a process counted to what all of them did; of names that are not registered, at most 1,000 an hour keep their own rows.';
