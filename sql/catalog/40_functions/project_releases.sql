CREATE OR REPLACE FUNCTION catalog.project_releases(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM catalog.clear_releases(_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body, r.parts
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  parted AS MATERIALIZED (
    SELECT p.croid, p.member, p.body FROM current AS c
    CROSS JOIN LATERAL unnest(c.parts) AS h (sha256)
    JOIN catalog.part AS p ON p.croid = c.croid AND p.sha256 = h.sha256
  ),
  titled AS (
    INSERT INTO catalog.release (
      croid, doi, type, title, issued_year, issued_on, publisher, container_title, issn,
      volume, issue, page, language, reference_count
    )
    SELECT c.croid, lower(c.body ->> 'DOI'), c.body ->> 'type', c.body #>> '{title,0}',
           catalog.read_year(c.body -> 'issued'), catalog.read_date(c.body -> 'issued'),
           c.body ->> 'publisher', c.body #>> '{container-title,0}',
           ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(c.body -> 'ISSN') AS e),
           c.body ->> 'volume', c.body ->> 'issue', c.body ->> 'page', c.body ->> 'language',
           -- By key, not by a join with parted: a planner without statistics makes that quadratic.
           coalesce((
             SELECT jsonb_array_length(p.body)
             FROM unnest(c.parts) AS h (sha256)
             JOIN catalog.part AS p ON p.croid = c.croid AND p.sha256 = h.sha256
             WHERE p.member = 'reference' AND jsonb_typeof(p.body) = 'array'
           ), 0)
    FROM current AS c
  ),
  contributing AS MATERIALIZED (
    SELECT p.croid, p.member, e.place AS position, e.element
    FROM parted AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
    WHERE p.member IN ('author', 'editor', 'chair', 'translator')
  ),
  contributed AS (
    INSERT INTO catalog.contributor (
      croid, member, position, given_name, family_name, display_name, orcid, sequence
    )
    SELECT g.croid, g.member, g.position, g.element ->> 'given', g.element ->> 'family', g.element ->> 'name',
           substring(g.element ->> 'ORCID' FROM '\d{4}-\d{4}-\d{4}-\d{3}[\dX]$'), g.element ->> 'sequence'
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
    ) AS r ON true
    WHERE g.element ? 'affiliation'
  ),
  funded AS (
    INSERT INTO catalog.funding (croid, position, funder_name, funder_doi, awards)
    SELECT c.croid, f.place, f.element ->> 'name', lower(f.element ->> 'DOI'),
           ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(f.element -> 'award') AS e)
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'funder') AS f
    WHERE c.body ? 'funder'
  ),
  licensed AS (
    INSERT INTO catalog.licence (croid, position, url, content_version, starts_on)
    SELECT c.croid, l.place, l.element ->> 'URL', l.element ->> 'content-version',
           catalog.read_date(l.element -> 'start')
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'license') AS l
    WHERE c.body ? 'license'
  )
  INSERT INTO catalog.reference (croid, position, doi)
  SELECT p.croid, e.place, lower(e.element ->> 'DOI')
  FROM parted AS p CROSS JOIN LATERAL catalog.list_elements(p.body) AS e
  -- What is too long for a DOI is none, and does not fit the index.
  WHERE p.member = 'reference' AND octet_length(e.element ->> 'DOI') <= 2000;
END
$$;
COMMENT ON FUNCTION catalog.project_releases(uuid[]) IS 'Rebuild the rows of these releases from their current revisions.';
