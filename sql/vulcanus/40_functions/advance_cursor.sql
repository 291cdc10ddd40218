CREATE OR REPLACE FUNCTION vulcanus.advance_cursor(_source text, _limit integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _cursor vulcanus.source_cursor;
  _about fulgora.source;
  _keys text[];
  _gone text[];
BEGIN
  INSERT INTO vulcanus.source_cursor (source) VALUES (_source) ON CONFLICT DO NOTHING;
  SELECT c.* INTO _cursor FROM vulcanus.source_cursor AS c WHERE c.source = _source FOR UPDATE;
  IF _cursor.key IS NULL THEN
    SELECT min(r.release_no), '' INTO _cursor.release_no, _cursor.key
    FROM fulgora.release AS r
    WHERE r.source = _source AND r.state = 'complete' AND r.release_no > _cursor.release_no;
  END IF;
  IF _cursor.release_no IS NULL THEN
    RETURN 0;
  END IF;
  SELECT array_agg(k.key ORDER BY k.key), array_agg(k.key) FILTER (WHERE k.is_removed)
  INTO _keys, _gone
  FROM (
    SELECT c.key, c.is_removed FROM fulgora.changed_key AS c
    WHERE c.source = _source AND c.release_no = _cursor.release_no AND c.key > _cursor.key
    ORDER BY c.key LIMIT _limit
  ) AS k;
  UPDATE vulcanus.source_cursor AS c
  SET release_no = _cursor.release_no,
      key = CASE WHEN cardinality(_keys) = _limit THEN _keys[_limit] END
  WHERE c.source = _source;
  SELECT s.* INTO _about FROM fulgora.source AS s WHERE s.source = _source;
  IF _keys IS NOT NULL THEN
    PERFORM fulgora.ask(ARRAY[_source], c.croids)
    FROM (
      SELECT array_agg(DISTINCT o.croid ORDER BY o.croid) AS croids
      FROM vulcanus.list_concerned(
        _about, _cursor.release_no, _keys, coalesce(_gone, '{}')
      ) AS o (croid)
    ) AS c
    WHERE c.croids IS NOT NULL;
  END IF;
  RETURN greatest(cardinality(_keys), 1);
END
$$;
COMMENT ON FUNCTION vulcanus.advance_cursor(text, integer) IS 'Ask about the next changed keys of a source, naming objects for keys of whole records that have none; 0 when all releases are asked for.';
