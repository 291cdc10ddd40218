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
    SELECT g.croid, s.part AS member, s.body, catalog.hash_part(s.part, s.body) AS sha256
    FROM given AS g CROSS JOIN LATERAL catalog.split_body(g.kind, g.whole) AS s (part, body)
  ),
  gathered AS MATERIALIZED (
    SELECT g.croid, g.kind, g.whole - k.members AS body, k.members,
           coalesce(p.parts, '{}') AS parts
    FROM given AS g
    JOIN (
      SELECT k.kind,
             ARRAY(SELECT m.member FROM catalog.part_member AS m WHERE m.kind = k.kind) AS members
      FROM (SELECT DISTINCT g.kind FROM given AS g) AS k
    ) AS k ON k.kind = g.kind
    LEFT JOIN (
      SELECT s.croid, array_agg(s.sha256 ORDER BY s.member) AS parts
      FROM split AS s GROUP BY s.croid
    ) AS p ON p.croid = g.croid
  ),
  hashed AS MATERIALIZED (
    SELECT g.*, catalog.content_hash(g.kind, g.body, g.parts) AS content_hash FROM gathered AS g
  ),
  compared AS MATERIALIZED (
    SELECT c.*, CASE WHEN c.is_same THEN c.before ELSE uuidv7() END AS after
    FROM (
      SELECT h.*, r.revision_id AS before,
             CASE
               WHEN r.revision_id IS NULL THEN false
               WHEN r.content_hash = h.content_hash THEN true
               -- Made when other members were parts: the same content has another hash.
               WHEN r.body ?| h.members
                 THEN catalog.hash_as_split(h.croid, r.revision_id) = h.content_hash
               ELSE false
             END AS is_same
      FROM hashed AS h
      LEFT JOIN catalog.ident AS i ON i.croid = h.croid
      LEFT JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    ) AS c
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
