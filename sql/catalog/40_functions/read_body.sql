CREATE OR REPLACE FUNCTION catalog.read_body(_croid uuid, _revision_id uuid)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT CASE
    WHEN r.parts = '{}' THEN r.body::text
    ELSE (
      SELECT left(r.body::text, -1) || CASE WHEN r.body = '{}' THEN '' ELSE ', ' END
        || string_agg(
          CASE p.member
            WHEN '*' THEN left(right(p.body::text, -1), -1)
            ELSE to_json(p.member)::text || ': ' || p.body::text
          END, ', ' ORDER BY p.member
        ) || '}'
      FROM catalog.part AS p
      WHERE p.croid = r.croid AND p.sha256 = ANY (r.parts)
    )
  END
  FROM catalog.revision AS r
  WHERE r.croid = _croid AND r.revision_id = _revision_id;
$$;
COMMENT ON FUNCTION catalog.read_body(uuid, uuid) IS 'The complete content of a revision as JSON text, its parts put back in their places.';
