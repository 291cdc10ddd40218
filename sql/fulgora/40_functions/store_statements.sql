CREATE OR REPLACE FUNCTION fulgora.store_statements(
  _source text, _release_no integer, _keys text[], _hashes bytea[],
  _schemes text[], _values text[], _roles text[], _facts text[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _stored integer;
BEGIN
  DELETE FROM fulgora.statement AS s
  WHERE s.source = _source AND s.valid_from_release = _release_no AND s.key = ANY (_keys);
  WITH given AS (
    SELECT u.* FROM unnest(_keys, _hashes, _schemes, _values, _roles, _facts)
      WITH ORDINALITY AS u (key, row_hash, scheme, value, role, facts, place)
  )
  INSERT INTO fulgora.statement (source, key, valid_from_release, n, scheme, value, role, facts)
  SELECT _source, g.key, _release_no, row_number() OVER (PARTITION BY g.key ORDER BY min(g.place)),
         g.scheme, g.value, g.role, g.facts::jsonb
  FROM given AS g
  -- What this release brought, and no row that was the same or newer already.
  JOIN fulgora.record AS r
    ON r.source = _source AND r.key = g.key AND r.valid_from_release = _release_no
    AND r.row_hash = g.row_hash
  GROUP BY g.key, g.scheme, g.value, g.role, g.facts;
  GET DIAGNOSTICS _stored = ROW_COUNT;
  RETURN _stored;
END
$$;
COMMENT ON FUNCTION fulgora.store_statements(
  text, integer, text[], bytea[], text[], text[], text[], text[]
) IS 'Keep what the rows that a release brought say about identifiers; statements of rows that it did not bring are left out.';
