-- Without settings of its own, so that it becomes a part of the query that reads from it.
CREATE OR REPLACE FUNCTION catalog.join_body(_croid uuid, _body jsonb, _parts bytea[])
RETURNS TABLE (body text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
  SELECT CASE
    WHEN m.members IS NULL THEN _body::text
    WHEN _body = '{}' THEN '{' || m.members || '}'
    ELSE (
      -- As bytes: to count the characters of a text takes longer than to print it.
      SELECT convert_from(substr(b.text, 1, octet_length(b.text) - 1), 'UTF8')
      FROM (SELECT convert_to(_body::text, 'UTF8') AS text OFFSET 0) AS b
    ) || ', ' || m.members || '}'
  END
  FROM (
    SELECT string_agg(
      CASE p.member
        WHEN '*' THEN (
          SELECT convert_from(substr(b.text, 2, octet_length(b.text) - 2), 'UTF8')
          FROM (SELECT convert_to(p.body::text, 'UTF8') AS text OFFSET 0) AS b
        )
        ELSE to_json(p.member)::text || ': ' || p.body::text
      END, ', '
    ) AS members
    FROM catalog.part AS p
    WHERE p.croid = _croid AND p.sha256 = ANY (_parts)
  ) AS m;
$$;
COMMENT ON FUNCTION catalog.join_body(uuid, jsonb, bytea[]) IS 'The complete content of a revision as JSON text, from its body and its parts.';
