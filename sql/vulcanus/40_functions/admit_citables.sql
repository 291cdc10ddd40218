CREATE OR REPLACE FUNCTION vulcanus.admit_citables(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _changed integer;
  _waiting uuid[] := '{}';
  _citing uuid[];
BEGIN
  -- Who looks for a work and who brings it must not pass each other unseen.
  PERFORM pg_advisory_xact_lock(hashtextextended('vulcanus.citable', 0));
  _changed := vulcanus.index_citables(_croids);
  IF _changed > 0 THEN
    _waiting := ARRAY(
      -- Release by release: one look-up with the keys of all would hold each row against all.
      SELECT DISTINCT a.croid
      FROM vulcanus.citable AS c
      CROSS JOIN LATERAL (
        SELECT array_agg(hashtext(k.lexeme)) AS keys FROM unnest(c.keys) AS k
        WHERE k.weights <> '{B}'
      ) AS h
      JOIN vulcanus.awaited_citation AS a ON a.keys && h.keys
      WHERE c.croid = ANY (_croids)
    );
    UPDATE vulcanus.layer AS l SET inputs_index = 0
    WHERE l.croid = ANY (_waiting) AND l.strategy = 'reference-doi' AND l.retired_at IS NULL
      AND l.inputs_index > 0;
  END IF;
  _citing := ARRAY(
    SELECT r.croid FROM catalog.release AS r
    WHERE r.croid = ANY (_croids) AND (
      EXISTS (SELECT FROM vulcanus.awaited_citation AS a WHERE a.croid = r.croid)
      OR r.reference_count > (
        SELECT count(*) FROM catalog.reference AS f WHERE f.croid = r.croid AND f.doi IS NOT NULL
      )
    )
    UNION
    SELECT w.croid FROM unnest(_waiting) AS w (croid)
    ORDER BY 1
  );
  PERFORM vulcanus.want_references(_citing);
  RETURN cardinality(_citing);
END
$$;
COMMENT ON FUNCTION vulcanus.admit_citables(uuid[]) IS 'Let references find these releases from now on, and have looked up what they cite and what has waited for them; returns how many releases that are.';
