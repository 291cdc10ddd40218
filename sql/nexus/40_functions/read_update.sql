CREATE OR REPLACE FUNCTION nexus.read_update(_type text)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT t.means FROM nexus.update_type AS t
  WHERE t.update_type = btrim(regexp_replace(lower(_type), '[^a-z]+', '_', 'g'), '_');
$$;
COMMENT ON FUNCTION nexus.read_update(text) IS 'The type of an update as Crossref writes it, whatever was written; NULL where it is not known.';
