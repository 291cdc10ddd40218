CREATE OR REPLACE FUNCTION catalog.project_creators(_croids uuid[])
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM catalog.creator AS d WHERE d.croid = ANY (_croids);
  INSERT INTO catalog.creator (croid, display_name, given_name, surname, orcid, wikidata_qid)
  SELECT r.croid, coalesce(r.body ->> 'display_name', '?'), r.body ->> 'given_name',
         r.body ->> 'surname', croid.normalise('orcid', r.body ->> 'orcid'),
         croid.normalise('wikidata', r.body ->> 'wikidata_qid')
  FROM catalog.ident AS i
  JOIN catalog.revision AS r ON r.croid = i.croid AND r.revision_id = i.revision_id
  WHERE i.croid = ANY (_croids);
END
$$;
COMMENT ON FUNCTION catalog.project_creators(uuid[]) IS 'Rebuild the rows of these creators from their current revisions.';
