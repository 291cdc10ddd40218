CREATE OR REPLACE FUNCTION catalog.store_bodies(
  _croids uuid[], _kinds catalog.kind[], _bodies text[]
)
RETURNS TABLE (croid uuid, revision_id uuid)
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  WITH given AS MATERIALIZED (
    SELECT u.croid, u.kind, u.body AS whole
    FROM (
      SELECT v.croid, v.kind, v.body::jsonb AS body
      FROM unnest(_croids, _kinds, _bodies) AS v (croid, kind, body)
      WHERE v.body IS NOT NULL OFFSET 0
    ) AS u
  ),
  split AS MATERIALIZED (
    SELECT g.croid, m.member, g.whole -> m.member AS body,
           catalog.hash_part(m.member, g.whole -> m.member) AS sha256
    FROM given AS g JOIN catalog.part_member AS m ON m.kind = g.kind
    WHERE g.whole ? m.member
  ),
  gathered AS MATERIALIZED (
    SELECT g.croid, g.kind, g.whole - coalesce(p.members, '{}') AS body,
           coalesce(p.parts, '{}') AS parts
    FROM given AS g
    LEFT JOIN (
      SELECT s.croid, array_agg(s.sha256 ORDER BY s.member) AS parts, array_agg(s.member) AS members
      FROM split AS s GROUP BY s.croid
    ) AS p ON p.croid = g.croid
  ),
  hashed AS MATERIALIZED (
    SELECT g.*, catalog.content_hash(g.kind, g.body, g.parts) AS content_hash FROM gathered AS g
  ),
  compared AS MATERIALIZED (
    SELECT h.*, (r.content_hash = h.content_hash) IS TRUE AS is_same,
           CASE WHEN r.content_hash = h.content_hash THEN r.revision_id ELSE uuidv7() END AS after
    FROM hashed AS h
    LEFT JOIN catalog.ident AS i ON i.croid = h.croid
    LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  ),
  revised AS (
    INSERT INTO catalog.revision (croid, revision_id, kind, body, parts, content_hash)
    SELECT c.croid, c.after, c.kind, c.body, c.parts, c.content_hash
    FROM compared AS c WHERE NOT c.is_same
  ),
  parted AS (
    INSERT INTO catalog.part (croid, sha256, member, body)
    SELECT s.croid, s.sha256, s.member, s.body
    FROM split AS s JOIN compared AS c ON c.croid = s.croid AND NOT c.is_same
    ON CONFLICT DO NOTHING
  )
  SELECT c.croid, c.after FROM compared AS c;
END
$$;
COMMENT ON FUNCTION catalog.store_bodies(uuid[], catalog.kind[], text[]) IS 'Keep these bodies as revisions, their large members as parts; where the content is the current one, that revision is meant.';
