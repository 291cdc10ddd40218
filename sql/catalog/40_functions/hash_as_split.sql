CREATE OR REPLACE FUNCTION catalog.hash_as_split(_croid uuid, _revision_id uuid)
RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT catalog.content_hash(
    r.kind,
    r.body - ARRAY(SELECT m.member FROM catalog.part_member AS m WHERE m.kind = r.kind),
    ARRAY(
      SELECT catalog.hash_part(s.part, s.body)
      FROM catalog.split_body(
        r.kind, catalog.read_body(_croid, _revision_id)::jsonb
      ) AS s (part, body)
      ORDER BY s.part
    )
  )
  FROM catalog.revision AS r
  WHERE r.croid = _croid AND r.revision_id = _revision_id;
$$;
COMMENT ON FUNCTION catalog.hash_as_split(uuid, uuid) IS 'The content hash that a revision would have if it were stored now: it differs from its own where other members were parts when it was made.';
