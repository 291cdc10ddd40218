CREATE OR REPLACE FUNCTION catalog.verify_content(_after uuid, _until uuid)
RETURNS TABLE (croid uuid, revision_id uuid, problem text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT r.croid, r.revision_id, 'the body is not what its hash says'
  FROM catalog.revision AS r
  WHERE r.croid > _after AND r.croid <= _until
    AND r.content_hash <> catalog.content_hash(r.kind, r.body, r.parts)
    -- A tombstone stands for content whose hash alone is kept.
    AND NOT EXISTS (
      SELECT FROM catalog.redaction AS d WHERE d.croid = r.croid AND d.revision_id = r.revision_id
    )
  UNION ALL
  SELECT r.croid, r.revision_id, format('a part is missing: %s', encode(h.sha256, 'hex'))
  FROM catalog.revision AS r
  CROSS JOIN LATERAL unnest(r.parts) AS h (sha256)
  WHERE r.croid > _after AND r.croid <= _until AND NOT EXISTS (
    SELECT FROM catalog.part AS p WHERE p.croid = r.croid AND p.sha256 = h.sha256
  )
  UNION ALL
  SELECT p.croid, NULL, format('part %s is not what its hash says: %s', p.member, encode(p.sha256, 'hex'))
  FROM catalog.part AS p
  WHERE p.croid > _after AND p.croid <= _until AND p.sha256 <> catalog.hash_part(p.member, p.body);
$$;
COMMENT ON FUNCTION catalog.verify_content(uuid, uuid) IS 'Revisions and parts of a range of objects whose content is not what their hashes say, each with what is wrong.';
