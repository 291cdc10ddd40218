CREATE OR REPLACE FUNCTION catalog.project_identifiers(_kind catalog.kind, _croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _schemes text[];
  _values text[];
  _holders uuid[];
  _uniques boolean[];
  _claims boolean[];
  _taken text;
BEGIN
  SELECT array_agg(l.scheme), array_agg(l.value), array_agg(i.croid),
         array_agg(s.is_unique), array_agg(l.is_claim)
  INTO _schemes, _values, _holders, _uniques, _claims
  FROM catalog.ident AS i
  JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  CROSS JOIN LATERAL catalog.list_identifiers(i.kind, r.body) AS l
  JOIN croid.scheme AS s ON s.scheme = l.scheme
  WHERE i.croid = ANY (_croids);
  DELETE FROM croid.identifier AS d
  WHERE d.croid = ANY (_croids) AND d.kind = _kind::text AND (d.scheme, d.value, d.croid) NOT IN (
    SELECT w.scheme, w.value, w.croid
    FROM unnest(_schemes, _values, _holders) AS w (scheme, value, croid)
  );
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
  SELECT DISTINCT w.scheme, w.value, w.croid, _kind::text, w.is_unique
  FROM unnest(_schemes, _values, _holders, _uniques) AS w (scheme, value, croid, is_unique)
  ORDER BY w.scheme, w.value, w.croid
  ON CONFLICT DO NOTHING;
  SELECT string_agg(format('%s:%s', w.scheme, w.value), ' ') INTO _taken
  FROM unnest(_schemes, _values, _holders, _uniques, _claims)
    AS w (scheme, value, croid, is_unique, is_claim)
  WHERE w.is_unique AND NOT w.is_claim AND NOT EXISTS (
    SELECT FROM croid.identifier AS d
    WHERE d.scheme = w.scheme AND d.value = w.value AND d.croid = w.croid
  );
  IF _taken IS NOT NULL THEN
    PERFORM platform.raise_error('identifier-taken', _taken);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.project_identifiers(catalog.kind, uuid[]) IS 'Give objects the identifiers of their current content and free the others; refuses one that another live object holds.';
