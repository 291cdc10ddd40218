CREATE OR REPLACE FUNCTION catalog.project_containers(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.container AS d WHERE d.croid = ANY (_croids);
  DELETE FROM catalog.container_issn AS d WHERE d.croid = ANY (_croids);
  WITH current AS MATERIALIZED (
    SELECT r.croid, r.body
    FROM catalog.ident AS i
    JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
    WHERE i.croid = ANY (_croids)
  ),
  numbered AS (
    INSERT INTO catalog.container_issn (croid, medium, issn)
    SELECT c.croid, m.medium, croid.normalise('issn', c.body ->> m.member)
    FROM current AS c
    CROSS JOIN (
      VALUES ('issnl', 'linking'), ('issne', 'electronic'), ('issnp', 'print')
    ) AS m (member, medium)
    WHERE croid.normalise('issn', c.body ->> m.member) IS NOT NULL
  )
  INSERT INTO catalog.container (
    croid, name, container_type, publication_status, publisher, issnl, wikidata_qid
  )
  SELECT c.croid, coalesce(c.body ->> 'name', '?'), c.body ->> 'container_type',
         c.body ->> 'publication_status', c.body ->> 'publisher',
         croid.normalise('issn', c.body ->> 'issnl'),
         croid.normalise('wikidata', c.body ->> 'wikidata_qid')
  FROM current AS c;
END
$$;
COMMENT ON FUNCTION catalog.project_containers(uuid[]) IS 'Rebuild the rows of these containers from their current revisions.';
