CREATE OR REPLACE FUNCTION catalog.split_body(_kind catalog.kind, _body jsonb)
RETURNS TABLE (part text, body jsonb)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 3
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT m.part,
         CASE m.part
           WHEN '*' THEN jsonb_object_agg(m.member, _body -> m.member)
           ELSE _body -> min(m.member)
         END
  FROM catalog.part_member AS m
  WHERE m.kind = _kind AND _body ? m.member
  GROUP BY m.part;
$$;
COMMENT ON FUNCTION catalog.split_body(catalog.kind, jsonb) IS 'What of a body is stored as parts, each with its name.';
