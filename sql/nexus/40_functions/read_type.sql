CREATE OR REPLACE FUNCTION nexus.read_type(_name text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN lower(replace(regexp_replace(_name, '([a-z])([A-Z])', '\1-\2', 'g'), '_', '-'));
COMMENT ON FUNCTION nexus.read_type(text) IS 'The name of a relation type as it is written here: IsPartOf is is-part-of.';
