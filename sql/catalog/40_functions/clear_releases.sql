DROP FUNCTION IF EXISTS catalog.clear_releases(uuid[]);
CREATE OR REPLACE FUNCTION catalog.clear_releases(_croids uuid[], _kept uuid[] DEFAULT '{}')
RETURNS void
LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _known uuid[] := ARRAY(SELECT r.croid FROM catalog.release AS r WHERE r.croid = ANY (_croids));
BEGIN
  IF _known = '{}' THEN
    RETURN;
  END IF;
  DELETE FROM catalog.release AS d WHERE d.croid = ANY (_known);
  _known := ARRAY(SELECT u.croid FROM unnest(_known) AS u (croid) WHERE u.croid <> ALL (_kept));
  DELETE FROM catalog.contributor AS d WHERE d.croid = ANY (_known);
  DELETE FROM catalog.affiliation AS d WHERE d.croid = ANY (_known);
  DELETE FROM catalog.reference AS d WHERE d.croid = ANY (_known);
  DELETE FROM catalog.abstract AS d WHERE d.croid = ANY (_known);
  DELETE FROM catalog.funding AS d WHERE d.croid = ANY (_known);
  DELETE FROM catalog.licence AS d WHERE d.croid = ANY (_known);
END
$$;
COMMENT ON FUNCTION catalog.clear_releases(uuid[], uuid[]) IS 'Take the projected rows of these releases away, but for the rows from parts of those that keep them; costs one look-up for releases that have none.';
