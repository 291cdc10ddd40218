CREATE OR REPLACE FUNCTION vulcanus.adopt_keys(_about fulgora.source, _keys text[])
RETURNS void
LANGUAGE sql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  WITH told AS (
    SELECT DISTINCT ON (i.croid) i.croid, s.key
    FROM fulgora.current_statement AS s
    JOIN croid.identifier AS i
      ON i.scheme = s.scheme AND i.value = s.value AND i.kind = _about.kind::text
    WHERE s.source = _about.source AND s.key = ANY (_keys) AND s.role = 'same'
    ORDER BY i.croid, s.key
  ),
  chosen AS (
    SELECT DISTINCT ON (t.key) t.key, t.croid FROM told AS t ORDER BY t.key, t.croid
  )
  SELECT croid.adopt(_about.scheme, array_agg(c.key), array_agg(c.croid), _about.kind::text)
  FROM chosen AS c
  HAVING count(*) > 0;
$$;
COMMENT ON FUNCTION vulcanus.adopt_keys(fulgora.source, text[]) IS 'Give keys that have no object the one that their rows say is the same.';
