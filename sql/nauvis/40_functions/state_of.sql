CREATE OR REPLACE FUNCTION nauvis.state_of(_croid uuid)
RETURNS nauvis.doi_state
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT CASE
    WHEN i.state = 'active' THEN 'findable'
    WHEN i.is_live THEN 'registered'
    ELSE h.state
  END::nauvis.doi_state
  FROM (VALUES (_croid)) AS u (croid)
  LEFT JOIN catalog.ident AS i ON i.croid = u.croid
  LEFT JOIN nauvis.handle AS h ON h.croid = u.croid;
$$;
COMMENT ON FUNCTION nauvis.state_of(uuid) IS 'The state of the DOI of an object; what was in the catalogue once is registered for ever, and null is what there is not yet.';
