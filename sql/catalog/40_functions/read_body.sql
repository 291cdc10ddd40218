CREATE OR REPLACE FUNCTION catalog.read_body(_croid uuid, _revision_id uuid)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT j.body
  FROM catalog.revision AS r
  CROSS JOIN LATERAL catalog.join_body(r.croid, r.body, r.parts) AS j (body)
  WHERE r.croid = _croid AND r.revision_id = _revision_id;
$$;
COMMENT ON FUNCTION catalog.read_body(uuid, uuid) IS 'The complete content of a revision as JSON text, its parts put back in their places.';
