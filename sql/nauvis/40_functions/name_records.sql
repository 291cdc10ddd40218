CREATE OR REPLACE FUNCTION nauvis.name_records(_is_test boolean, _dois text[], _refused boolean[])
RETURNS uuid[]
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _croids uuid[];
BEGIN
  IF _is_test THEN
    SELECT array_agg(coalesce(i.croid, uuidv7()) ORDER BY u.n) INTO _croids
    FROM unnest(_dois, _refused) WITH ORDINALITY AS u (doi, is_refused, n)
    LEFT JOIN croid.identifier AS i ON i.scheme = 'doi' AND i.value = u.doi AND NOT u.is_refused;
    RETURN _croids;
  END IF;
  SELECT array_agg(coalesce(r.croid, uuidv7()) ORDER BY u.n) INTO _croids
  FROM unnest(_dois, _refused) WITH ORDINALITY AS u (doi, is_refused, n)
  LEFT JOIN croid.reserve(
    'doi',
    ARRAY(
      SELECT DISTINCT d.doi FROM unnest(_dois, _refused) AS d (doi, is_refused)
      WHERE NOT d.is_refused
    ),
    'release'
  ) AS r ON r.value = u.doi AND NOT u.is_refused;
  RETURN _croids;
END
$$;
COMMENT ON FUNCTION nauvis.name_records(boolean, text[], boolean[]) IS 'A CROID for each record: by its DOI, reserved for it if new; refused and test records get one that names nothing else.';
