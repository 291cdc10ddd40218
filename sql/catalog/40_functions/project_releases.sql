CREATE OR REPLACE FUNCTION catalog.project_releases(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _kept CONSTANT uuid[] := catalog.list_kept_parts(_croids);
BEGIN
  PERFORM catalog.clear_releases(_croids, _kept);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.revision_id, r.body, r.parts, d.body AS details,
           CASE WHEN r.body ? 'nexus' THEN r.body -> 'nexus' END AS nexus
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    -- By key, not by a join with all parts: a planner without statistics makes that quadratic.
    CROSS JOIN LATERAL (
      SELECT coalesce((
        SELECT p.body
        FROM unnest(r.parts) AS h (sha256)
        JOIN catalog.part AS p ON p.croid = r.croid AND p.sha256 = h.sha256
        WHERE p.member = '*'
        -- Before there were details, the body itself held them.
      ), r.body) AS body OFFSET 0
    ) AS d
    WHERE i.croid = ANY (_croids)
  )
  INSERT INTO catalog.release (
    croid, doi, type, title, issued_year, issued_on, publisher, container_title, issn,
    volume, issue, page, language, reference_count, work_croid, container_croid,
    release_type, release_stage, withdrawn_status, withdrawn_on, withdrawn_year,
    projected_from
  )
  SELECT c.croid, lower(c.body ->> 'DOI'), c.body ->> 'type', c.body #>> '{title,0}',
         coalesce(catalog.read_integer(c.nexus -> 'release_year'), catalog.read_year(c.details -> 'issued')),
         catalog.read_date(c.details -> 'issued'), c.details ->> 'publisher', c.details #>> '{container-title,0}',
         ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(c.details -> 'ISSN') AS e),
         c.body ->> 'volume', c.body ->> 'issue', c.body ->> 'page', c.body ->> 'language',
         coalesce((
           SELECT jsonb_array_length(p.body)
           FROM unnest(c.parts) AS h (sha256)
           JOIN catalog.part AS p ON p.croid = c.croid AND p.sha256 = h.sha256
           WHERE p.member = 'reference' AND jsonb_typeof(p.body) = 'array'
         ), 0),
         CASE WHEN c.body ? 'work' THEN croid.decode(c.body #>> '{work,croid}') END,
         CASE WHEN c.body ? 'container' THEN croid.decode(c.body #>> '{container,croid}') END,
         c.nexus ->> 'release_type', c.nexus ->> 'release_stage', c.nexus ->> 'withdrawn_status',
         catalog.read_day(c.nexus ->> 'withdrawn_date'), catalog.read_integer(c.nexus -> 'withdrawn_year'),
         c.revision_id
  FROM current AS c;
  PERFORM catalog.project_release_parts(CASE
    WHEN _kept = '{}' THEN _croids
    ELSE ARRAY(SELECT u.croid FROM unnest(_croids) AS u (croid) WHERE u.croid <> ALL (_kept))
  END);
END
$$;
COMMENT ON FUNCTION catalog.project_releases(uuid[]) IS 'Rebuild the rows of these releases from their current revisions.';
