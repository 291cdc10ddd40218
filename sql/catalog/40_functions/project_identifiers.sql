CREATE OR REPLACE FUNCTION catalog.project_identifiers(_kind catalog.kind, _croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  -- What was merged or deleted keeps its own: they lead to the survivor, or tell that it is gone.
  _live CONSTANT uuid[] := ARRAY(
    SELECT i.croid FROM catalog.ident AS i
    WHERE i.croid = ANY (_croids) AND i.revision_id IS NOT NULL
  );
  _schemes text[];
  _values text[];
  _holders uuid[];
  _uniques boolean[];
  _claims boolean[];
  _missing integer[];
  _taken text;
BEGIN
  SELECT array_agg(l.scheme), array_agg(l.value), array_agg(i.croid),
         array_agg(s.is_unique), array_agg(l.is_claim)
  INTO _schemes, _values, _holders, _uniques, _claims
  FROM catalog.ident AS i
  JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  CROSS JOIN LATERAL catalog.list_identifiers(_kind, r.body) AS l
  JOIN croid.scheme AS s ON s.scheme = l.scheme
  WHERE i.croid = ANY (_live);
  IF EXISTS (SELECT FROM catalog.ident AS m WHERE m.redirect_to = ANY (_live)) THEN
    PERFORM catalog.return_identifiers(_live, _schemes, _values, _holders);
  END IF;
  WITH freed AS (
    DELETE FROM croid.identifier AS d
    WHERE d.croid = ANY (_live) AND d.kind = _kind::text AND (d.scheme, d.value, d.croid) NOT IN (
      SELECT w.scheme, w.value, w.croid
      FROM unnest(_schemes, _values, _holders) AS w (scheme, value, croid)
    )
    RETURNING d.scheme, d.value, d.croid
  )
  INSERT INTO croid.former_identifier (scheme, value, croid)
  SELECT f.scheme, f.value, f.croid FROM freed AS f ON CONFLICT DO NOTHING;
  FOR _round IN 1..2 LOOP
    INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
    SELECT DISTINCT w.scheme, w.value, w.croid, _kind::text, w.is_unique
    FROM unnest(_schemes, _values, _holders, _uniques) AS w (scheme, value, croid, is_unique)
    -- Most were reserved when the deposit came: to look is cheaper than to try.
    WHERE NOT EXISTS (
      SELECT FROM croid.identifier AS d
      WHERE d.scheme = w.scheme AND d.value = w.value AND d.croid = w.croid
    )
    ORDER BY w.scheme, w.value, w.croid
    ON CONFLICT DO NOTHING;
    SELECT array_agg(w.n),
           string_agg(format('%s:%s', w.scheme, w.value), ' ') FILTER (WHERE NOT w.is_claim)
    INTO _missing, _taken
    FROM unnest(_schemes, _values, _holders, _uniques, _claims) WITH ORDINALITY
      AS w (scheme, value, croid, is_unique, is_claim, n)
    WHERE w.is_unique AND NOT EXISTS (
      SELECT FROM croid.identifier AS d
      WHERE d.scheme = w.scheme AND d.value = w.value AND d.croid = w.croid
    );
    EXIT WHEN _missing IS NULL OR _round = 2;
    PERFORM catalog.loosen_identifiers(
      array_agg(_schemes[m.n]), array_agg(_values[m.n]), array_agg(_holders[m.n])
    )
    FROM unnest(_missing) AS m (n);
  END LOOP;
  IF _taken IS NOT NULL THEN
    PERFORM platform.raise_error('identifier-taken', _taken);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.project_identifiers(catalog.kind, uuid[]) IS 'Give objects the identifiers of their current content and free the others; refuses one that another live object holds, takes those of deleted ones.';
