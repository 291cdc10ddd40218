CREATE OR REPLACE FUNCTION vulcanus.list_concerned(
  _about fulgora.source, _release_no integer, _keys text[], _gone text[]
)
RETURNS SETOF uuid
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  IF _about.kind IS NOT NULL THEN
    PERFORM vulcanus.adopt_keys(_about, _keys);
    RETURN QUERY
    SELECT r.croid FROM croid.reserve(
      _about.scheme, ARRAY(SELECT k FROM unnest(_keys) AS k WHERE k <> ALL (_gone)),
      _about.kind::text
    ) AS r
    UNION
    SELECT i.croid FROM croid.identifier AS i
    WHERE i.scheme = _about.scheme AND i.value = ANY (_gone) AND i.kind = _about.kind::text;
    RETURN;
  END IF;
  -- No object is made of what is only said about it; both what is said now and what was said count.
  RETURN QUERY
  SELECT DISTINCT i.croid
  FROM fulgora.record AS r
  JOIN fulgora.statement AS t
    ON t.source = r.source AND t.key = r.key AND t.valid_from_release = r.valid_from_release
  JOIN croid.identifier AS i ON i.scheme = t.scheme AND i.value = t.value
  WHERE r.source = _about.source AND r.key = ANY (_keys)
    AND _release_no IN (r.valid_from_release, r.valid_to_release);
END
$$;
COMMENT ON FUNCTION vulcanus.list_concerned(fulgora.source, integer, text[], text[]) IS 'The objects that changed keys of a release are about, made for keys of whole records that have none.';
