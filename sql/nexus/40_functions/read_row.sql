CREATE OR REPLACE FUNCTION nexus.read_row(_evidence jsonb, _value jsonb)
RETURNS TABLE (source text, key text)
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT _evidence ->> 'source', _evidence ->> 'key' WHERE _evidence ? 'key'
  UNION ALL
  -- An organisation that a name was matched with, by its id or as an object here.
  SELECT 'ror', coalesce(
    substring(coalesce(_value ->> 'id', _evidence ->> 'ror') FROM '0[a-z0-9]{8}$'),
    (
      SELECT i.value FROM croid.identifier AS i
      WHERE i.scheme = 'ror' AND i.croid = CASE
        WHEN _value #>> '{}' ~ '^[0-7][0-9a-hjkmnp-tv-z]{25}$' THEN croid.decode(_value #>> '{}')
      END
      LIMIT 1
    )
  )
  WHERE NOT _evidence ? 'key'
  LIMIT 1;
$$;
COMMENT ON FUNCTION nexus.read_row(jsonb, jsonb) IS 'The row of a source that a value of a strategy rests on, as its evidence or itself names it.';
