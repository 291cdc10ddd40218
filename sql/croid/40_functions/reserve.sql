CREATE OR REPLACE FUNCTION croid.reserve(_scheme text, _values text[], _kind text)
RETURNS TABLE (n integer, value text, croid uuid, is_new boolean)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _is_unique CONSTANT boolean := croid.check_identifiers(_scheme, _values, _kind);
  _minted uuid[] := '{}';
  _added uuid[];
  _missing integer;
  _answered integer;
BEGIN
  IF NOT _is_unique THEN
    -- No index stops a second row here, so those who would add one take turns.
    PERFORM pg_advisory_xact_lock(k.key)
    FROM (
      SELECT DISTINCT hashtextextended(format('%s:%s', _scheme, v.value), 0) AS key
      FROM unnest(_values) AS v (value)
      WHERE NOT EXISTS (
        SELECT FROM croid.identifier AS i
        WHERE i.scheme = _scheme AND i.value = v.value AND i.kind = _kind
      )
      ORDER BY key
    ) AS k;
  END IF;
  LOOP
    -- In the order of the values, so that two callers never wait for each other in a circle. Who
    -- comes second waits for the first to commit; the next round finds what the first one made.
    WITH missing AS (
      SELECT v.value, row_number() OVER (ORDER BY v.value) AS n
      FROM unnest(_values) AS v (value)
      WHERE NOT EXISTS (
        SELECT FROM croid.identifier AS i
        WHERE i.scheme = _scheme AND i.value = v.value AND (i.is_unique OR i.kind = _kind)
      )
      GROUP BY v.value
    ), inserted AS (
      INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
      SELECT _scheme, m.value, d.id, _kind, _is_unique
      FROM missing AS m JOIN platform.make_ids(cardinality(_values)) AS d ON d.n = m.n
      ORDER BY m.value
      ON CONFLICT (scheme, value) WHERE is_unique DO NOTHING
      RETURNING croid
    )
    SELECT array_agg(i.croid), (SELECT count(*) FROM missing)
    INTO _added, _missing
    FROM inserted AS i;
    _minted := _minted || _added;
    EXIT WHEN _missing = coalesce(cardinality(_added), 0);
  END LOOP;
  IF cardinality(_minted) > 0 THEN
    -- Both commit or neither does.
    PERFORM platform.announce('croid-minted', _minted);
  END IF;
  RETURN QUERY
  SELECT
    v.n::integer, v.value, held.croid,
    m.croid IS NOT NULL AND v.n = min(v.n) OVER (PARTITION BY v.value)
  FROM unnest(_values) WITH ORDINALITY AS v (value, n)
  CROSS JOIN LATERAL (
    SELECT i.croid
    FROM croid.identifier AS i
    WHERE i.scheme = _scheme AND i.value = v.value AND i.kind = _kind
    ORDER BY i.croid
    LIMIT 1
  ) AS held
  LEFT JOIN unnest(_minted) AS m (croid) ON m.croid = held.croid
  ORDER BY v.n;
  GET DIAGNOSTICS _answered = ROW_COUNT;
  IF _answered <> cardinality(_values) THEN
    PERFORM platform.raise_error(
      'wrong-kind', format('one of them is held by something that is no %s', _kind)
    );
  END IF;
END
$$;
COMMENT ON FUNCTION croid.reserve(text, text[], text) IS 'The object each identifier belongs to, made for those that have none; n counts the values from 1, is_new marks the first place of each that this call made. However many ask for one identifier at once, all are given the same object. Reserve before croid.lock.';
