CREATE OR REPLACE FUNCTION aquilo.join_texts(_body jsonb, _paths jsonpath[])
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT coalesce(string_agg(v.value #>> '{}', ' '), '')
  FROM unnest(_paths) AS p (path)
  CROSS JOIN LATERAL jsonb_path_query(_body, p.path, '{}', true) AS v (value)
  WHERE jsonb_typeof(v.value) IN ('string', 'number');
$$;
COMMENT ON FUNCTION aquilo.join_texts(jsonb, jsonpath[]) IS 'The texts that stand at these places of a body, in one.';
