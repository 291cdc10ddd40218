CREATE OR REPLACE FUNCTION fulgora.end_missing(_source text, _release_no integer, _keys text[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _removed integer;
BEGIN
  UPDATE fulgora.record AS r SET valid_to_release = _release_no
  WHERE r.source = _source AND r.valid_to_release IS NULL AND r.valid_from_release < _release_no
    AND NOT EXISTS (SELECT FROM unnest(_keys) AS k (key) WHERE k.key = r.key);
  GET DIAGNOSTICS _removed = ROW_COUNT;
  UPDATE fulgora.release AS l SET removed_count = _removed
  WHERE l.source = _source AND l.release_no = _release_no;
  RETURN _removed;
END
$$;
COMMENT ON FUNCTION fulgora.end_missing(text, integer, text[]) IS 'End the rows that are not among the keys of a release that holds every row; how many.';
