CREATE OR REPLACE FUNCTION catalog.project_release_parts(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.parts,
           CASE WHEN r.body -> 'nexus' ?| '{contributor,abstract,abstracts}' THEN r.body -> 'nexus' END AS nexus,
           -- Once these were no parts.
           CASE WHEN r.body ?| '{funder,license}' THEN r.body END AS details
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  added AS (SELECT c.croid, c.nexus FROM current AS c WHERE c.nexus IS NOT NULL),
  parted AS MATERIALIZED (
    SELECT c.croid, p.member, p.body, p.sha256 FROM current AS c
    -- By key, not by a join with all parts: a planner without statistics makes that quadratic.
    CROSS JOIN LATERAL (
      SELECT * FROM catalog.part AS p WHERE p.croid = c.croid AND p.sha256 = ANY (c.parts) OFFSET 0
    ) AS p
  ),
  detailed AS MATERIALIZED (
    -- Not flattened, or every part would be looked into.
    SELECT d.croid, d.body -> 'funder' AS funder, d.body -> 'license' AS license
    FROM (SELECT p.croid, p.body FROM parted AS p WHERE p.member = '*' OFFSET 0) AS d
    UNION ALL
    SELECT c.croid, c.details -> 'funder', c.details -> 'license'
    FROM current AS c WHERE c.details IS NOT NULL
  ),
  funded AS (
    INSERT INTO catalog.funding (
      croid, position, funder_name, funder_doi, awards, organisation_croid, is_found
    )
    SELECT d.croid, f.place, f.element ->> 'name', lower(f.element ->> 'DOI'),
           ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(f.element -> 'award') AS e),
           CASE WHEN f.element ? 'croid' THEN croid.decode(f.element ->> 'croid') END,
           f.element ? 'croid'
             AND coalesce(f.element ->> 'doi-asserted-by' = 'nexus', NOT f.element ? 'DOI')
    FROM detailed AS d CROSS JOIN LATERAL catalog.list_elements(d.funder) AS f
    WHERE d.funder IS NOT NULL
  ),
  licensed AS (
    INSERT INTO catalog.licence (croid, position, url, content_version, starts_on)
    SELECT d.croid, l.place, l.element ->> 'URL', l.element ->> 'content-version',
           catalog.read_date(l.element -> 'start')
    FROM detailed AS d CROSS JOIN LATERAL catalog.list_elements(d.license) AS l
    WHERE d.license IS NOT NULL
  ),
  contributing AS MATERIALIZED (
    SELECT p.croid, p.member, e.place AS position, e.element
    FROM parted AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member IN ('author', 'editor', 'chair', 'translator')
    UNION ALL
    SELECT a.croid, 'contributor', e.place, e.element
    FROM added AS a CROSS JOIN LATERAL catalog.list_elements(a.nexus -> 'contributor') AS e
  ),
  contributed AS (
    INSERT INTO catalog.contributor (
      croid, member, position, given_name, family_name, display_name, orcid, sequence,
      creator_croid, given_role
    )
    SELECT g.croid, g.member, g.position, g.element ->> 'given', g.element ->> 'family', g.element ->> 'name',
           substring(g.element ->> 'ORCID' FROM '\d{4}-\d{4}-\d{4}-\d{3}[\dX]$'), g.element ->> 'sequence',
           CASE WHEN g.element ? 'croid' THEN croid.decode(g.element ->> 'croid') END,
           CASE WHEN g.element ? 'nexus' THEN g.element #>> '{nexus,role}' END
    FROM contributing AS g
  ),
  affiliated AS (
    INSERT INTO catalog.affiliation (
      croid, member, contributor_position, position, name, ror, asserted_by, organisation_croid
    )
    SELECT g.croid, g.member, g.position, a.place, a.element ->> 'name',
           substr(r.element ->> 'id', 17), r.element ->> 'asserted-by',
           CASE WHEN a.element ? 'croid' THEN croid.decode(a.element ->> 'croid') END
    FROM contributing AS g
    CROSS JOIN LATERAL catalog.list_elements(g.element -> 'affiliation') AS a
    LEFT JOIN LATERAL (
      SELECT e.element FROM catalog.list_elements(a.element -> 'id') AS e
      WHERE e.element ->> 'id' LIKE 'https://ror.org/%' ORDER BY e.place LIMIT 1
    ) AS r ON a.element ? 'id'
    WHERE g.element ? 'affiliation'
  ),
  summarised AS (
    INSERT INTO catalog.abstract (croid, position, sha256, mimetype, language)
    SELECT s.croid, s.position,
           coalesce(s.sha256, catalog.hash_part('abstract', to_jsonb(s.content))),
           coalesce(s.mimetype, CASE WHEN s.content LIKE '<jats:%' THEN 'application/xml+jats' ELSE 'text/plain' END),
           s.language
    FROM (
      SELECT p.croid, 0 AS position, p.body #>> '{}' AS content, p.sha256,
             a.nexus #>> '{abstract,mimetype}' AS mimetype, a.nexus #>> '{abstract,lang}' AS language
      FROM (SELECT p.* FROM parted AS p WHERE p.member = 'abstract' OFFSET 0) AS p
      LEFT JOIN added AS a ON a.croid = p.croid
      UNION ALL
      SELECT a.croid, e.place + 1, e.element ->> 'content', NULL, e.element ->> 'mimetype', e.element ->> 'lang'
      FROM added AS a CROSS JOIN LATERAL catalog.list_elements(a.nexus -> 'abstracts') AS e
    ) AS s
    WHERE s.content IS NOT NULL
  ),
  cited AS (
    SELECT p.croid, e.place,
           -- What is too long for a DOI is none, and does not fit the index.
           CASE WHEN octet_length(e.doi) <= 2000 THEN lower(e.doi) END AS doi,
           croid.decode(e.target) AS target_croid,
           coalesce(e.asserted_by = 'nexus', false) AS is_found
    FROM parted AS p
    CROSS JOIN LATERAL (
      SELECT e.place, e.element ->> 'DOI' AS doi, e.element ->> 'croid' AS target,
             e.element ->> 'doi-asserted-by' AS asserted_by
      FROM catalog.list_elements(p.body) AS e OFFSET 0
    ) AS e
    WHERE p.member = 'reference' OFFSET 0
  )
  INSERT INTO catalog.reference (croid, position, doi, target_croid, is_found)
  SELECT n.croid, n.place, n.doi, n.target_croid, n.is_found FROM cited AS n
  WHERE n.doi IS NOT NULL OR n.target_croid IS NOT NULL;
END
$$;
COMMENT ON FUNCTION catalog.project_release_parts(uuid[]) IS 'Write who contributed to these releases, what they cite, their abstracts, funding and licences; what was written of them must be gone.';
