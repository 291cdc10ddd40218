CREATE OR REPLACE FUNCTION vulcanus.advance_cursor(_source text, _limit integer)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _cursor vulcanus.source_cursor;
  _about fulgora.source;
  _keys text[];
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
  _keys := ARRAY(
    SELECT k.key FROM fulgora.changed_key AS k
    WHERE k.source = _source AND k.release_no = _cursor.release_no AND k.key > _cursor.key
    ORDER BY k.key LIMIT _limit
  );
  UPDATE vulcanus.source_cursor AS c
  SET release_no = _cursor.release_no,
      key = CASE WHEN cardinality(_keys) = _limit THEN _keys[_limit] END
  WHERE c.source = _source;
  SELECT s.* INTO _about FROM fulgora.source AS s WHERE s.source = _source;
  PERFORM fulgora.ask(ARRAY[_source], ARRAY(
    SELECT r.croid FROM croid.reserve(_about.scheme, _keys, _about.kind::text) AS r ORDER BY r.croid
  )) WHERE _keys <> '{}';
  RETURN greatest(cardinality(_keys), 1);
END
$$;
COMMENT ON FUNCTION vulcanus.advance_cursor(text, integer) IS 'Ask about the next changed keys of a source, naming objects for keys that have none; 0 when all releases are asked for.';
