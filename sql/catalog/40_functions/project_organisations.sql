CREATE OR REPLACE FUNCTION catalog.project_organisations(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.organisation AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.organisation_name AS d WHERE d.croid = ANY (_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  named AS MATERIALIZED (
    SELECT c.croid, n.place AS position, n.element ->> 'value' AS name, n.element ->> 'lang' AS language,
           ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(n.element -> 'types') AS e) AS types
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'names') AS n
  ),
  listed AS (
    INSERT INTO catalog.organisation_name (croid, position, name, types, language)
    SELECT n.croid, n.position, n.name, n.types, n.language FROM named AS n WHERE n.name IS NOT NULL
  ),
  displayed AS (
    SELECT DISTINCT ON (n.croid) n.croid, n.name FROM named AS n
    ORDER BY n.croid, 'ror_display' = ANY (n.types) DESC, 'label' = ANY (n.types) DESC, n.position
  ),
  succeeded AS (
    SELECT DISTINCT ON (c.croid) c.croid, substr(s.element ->> 'id', 17) AS ror
    FROM current AS c CROSS JOIN LATERAL catalog.list_elements(c.body -> 'relationships') AS s
    WHERE s.element ->> 'type' = 'successor' AND s.element ->> 'id' LIKE 'https://ror.org/%'
    ORDER BY c.croid, s.place
  )
  INSERT INTO catalog.organisation (
    croid, ror, status, name, country_code, country_name, city, types, established,
    successor_ror, parent_rors
  )
  SELECT c.croid, CASE WHEN c.body ->> 'id' LIKE 'https://ror.org/%' THEN substr(c.body ->> 'id', 17) END,
         coalesce(c.body ->> 'status', 'active'), coalesce(d.name, '?'),
         c.body #>> '{locations,0,geonames_details,country_code}',
         c.body #>> '{locations,0,geonames_details,country_name}',
         c.body #>> '{locations,0,geonames_details,name}',
         ARRAY(SELECT e.element #>> '{}' FROM catalog.list_elements(c.body -> 'types') AS e),
         CASE WHEN jsonb_typeof(c.body -> 'established') = 'number' THEN (c.body ->> 'established')::integer END,
         s.ror,
         ARRAY(
           SELECT substr(e.element ->> 'id', 17) FROM catalog.list_elements(c.body -> 'relationships') AS e
           WHERE e.element ->> 'type' = 'parent' AND e.element ->> 'id' LIKE 'https://ror.org/%'
           ORDER BY e.place
         )
  FROM current AS c
  LEFT JOIN displayed AS d ON d.croid = c.croid
  LEFT JOIN succeeded AS s ON s.croid = c.croid;
END
$$;
COMMENT ON FUNCTION catalog.project_organisations(uuid[]) IS 'Rebuild the rows of these organisations from their current revisions.';
