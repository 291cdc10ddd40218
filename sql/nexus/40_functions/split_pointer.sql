CREATE OR REPLACE FUNCTION nexus.split_pointer(_pointer text)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(array_agg(replace(replace(p.part, '~1', '/'), '~0', '~') ORDER BY p.n), '{}')
  FROM unnest(string_to_array(substr(_pointer, 2), '/')) WITH ORDINALITY AS p (part, n);
$$;
COMMENT ON FUNCTION nexus.split_pointer(text) IS 'The parts of a JSON pointer.';
