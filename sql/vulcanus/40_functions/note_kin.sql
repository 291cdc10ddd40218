CREATE OR REPLACE FUNCTION vulcanus.note_kin(_croids uuid[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _former text[];
  _concerned uuid[];
BEGIN
  WITH dropped AS (
    DELETE FROM vulcanus.version_claim AS c WHERE c.croid = ANY (_croids) RETURNING c.doi
  )
  SELECT array_agg(d.doi) INTO _former FROM dropped AS d;
  INSERT INTO vulcanus.version_claim (croid, relation_type, doi)
  SELECT DISTINCT r.croid, t.relation_type, d.value
  FROM catalog.release AS r
  JOIN catalog.ident AS i ON i.croid = r.croid
  JOIN catalog.revision AS v ON v.croid = i.croid AND v.revision_id = i.revision_id
  CROSS JOIN LATERAL (
    SELECT catalog.read_details(v.croid, v.body, v.parts) -> 'relation' AS relation OFFSET 0
  ) AS b
  CROSS JOIN LATERAL jsonb_each(
    CASE jsonb_typeof(b.relation) WHEN 'object' THEN b.relation ELSE '{}' END
  ) AS m (name, elements)
  CROSS JOIN LATERAL (SELECT nexus.read_type(m.name) AS relation_type) AS t
  CROSS JOIN LATERAL catalog.list_elements(m.elements) AS e
  CROSS JOIN LATERAL nexus.read_identifier(e.element ->> 'id-type', e.element ->> 'id') AS d
  WHERE r.croid = ANY (_croids) AND d.scheme = 'doi' AND d.value LIKE '10.%/%'
    AND d.value IS DISTINCT FROM r.doi
    AND t.relation_type = ANY (
      '{is-preprint-of,has-preprint,is-manuscript-of,has-manuscript,is-version-of,has-version}'::text[]
      || '{is-new-version-of,is-previous-version-of,is-identical-to,is-same-as}'
    );
  _concerned := ARRAY(
    SELECT c.croid FROM vulcanus.version_claim AS c WHERE c.croid = ANY (_croids)
    UNION
    SELECT r.croid FROM catalog.release AS r WHERE r.doi = ANY (_former)
    UNION
    SELECT k.croid FROM vulcanus.list_kin(_croids) AS k
    UNION
    SELECT k.other FROM vulcanus.list_kin(_croids) AS k
    UNION
    -- Who leaves a work may leave others alone in it.
    SELECT o.croid
    FROM catalog.release AS r JOIN catalog.release AS o ON o.work_croid = r.work_croid
    WHERE r.croid = ANY (_croids)
    ORDER BY 1
  );
  PERFORM platform.announce('kin-wanted', _concerned) WHERE _concerned <> '{}';
  RETURN cardinality(_concerned);
END
$$;
COMMENT ON FUNCTION vulcanus.note_kin(uuid[]) IS 'Note which versions of themselves these releases name, and have looked at those that may be one work or one and the same; returns how many that are.';
