CREATE OR REPLACE FUNCTION catalog.list_parts(_croids uuid[])
RETURNS TABLE (croid uuid, member text, body jsonb, sha256 bytea)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
AS $$
  SELECT p.croid, p.member, p.body, p.sha256
  FROM catalog.ident AS i
  JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  CROSS JOIN LATERAL unnest(r.parts) AS h (sha256)
  JOIN catalog.part AS p ON p.croid = r.croid AND p.sha256 = h.sha256
  WHERE i.croid = ANY (_croids);
$$;
COMMENT ON FUNCTION catalog.list_parts(uuid[]) IS 'The parts of the current revisions of these objects.';
