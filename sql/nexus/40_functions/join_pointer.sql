CREATE OR REPLACE FUNCTION nexus.join_pointer(_parts text[])
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT string_agg('/' || replace(replace(p.part, '~', '~0'), '/', '~1'), '' ORDER BY p.n)
  FROM unnest(_parts) WITH ORDINALITY AS p (part, n);
$$;
COMMENT ON FUNCTION nexus.join_pointer(text[]) IS 'The JSON pointer of these parts.';
