CREATE OR REPLACE FUNCTION nexus.find_value(_body jsonb, _path text[], _value jsonb)
RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT CASE WHEN _body #> _path = _value THEN _path ELSE (
    -- Of a list, or beside others in one: an item may have moved.
    SELECT l.at || (i.n - 1)::text
    FROM (VALUES (_path), (_path[:cardinality(_path) - 1])) AS l (at)
    CROSS JOIN LATERAL jsonb_array_elements(
      CASE jsonb_typeof(_body #> l.at) WHEN 'array' THEN _body #> l.at ELSE '[]' END
    ) WITH ORDINALITY AS i (item, n)
    WHERE cardinality(l.at) > 0 AND i.item = _value
    ORDER BY cardinality(l.at) DESC, i.n DESC LIMIT 1
  ) END;
$$;
COMMENT ON FUNCTION nexus.find_value(jsonb, text[], jsonb) IS 'Where a value stands that was written at a path, or into the list there; NULL where it no longer does.';
