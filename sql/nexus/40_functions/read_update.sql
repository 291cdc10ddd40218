CREATE OR REPLACE FUNCTION nexus.read_update(_type text)
RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT w.update_type FROM fulgora.update_word AS w WHERE w.word = fulgora.fold_word(_type);
$$;
COMMENT ON FUNCTION nexus.read_update(text) IS 'The type of an update as Crossref writes it, whatever was written; NULL where it is not known.';
