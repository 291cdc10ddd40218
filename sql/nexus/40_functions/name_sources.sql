CREATE OR REPLACE FUNCTION nexus.name_sources(_bits integer)
RETURNS text[]
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
  SELECT ARRAY(SELECT s.source FROM nexus.source AS s WHERE (s.bit & _bits) <> 0 ORDER BY s.source);
$$;
COMMENT ON FUNCTION nexus.name_sources(integer) IS 'The members of a body that these bits of nexus.relation stand for.';
