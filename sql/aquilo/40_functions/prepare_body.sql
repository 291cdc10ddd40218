CREATE OR REPLACE FUNCTION aquilo.prepare_body(_body jsonb)
RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
  SELECT _body || jsonb_strip_nulls(jsonb_build_object(
    'people', (
      SELECT jsonb_agg(e.element)
      FROM unnest('{author,editor,chair,translator}'::text[]) AS m (member)
      CROSS JOIN LATERAL catalog.list_elements(_body -> m.member) AS e
      WHERE _body ? m.member
    ),
    'relations', CASE WHEN jsonb_typeof(_body -> 'relation') = 'object' THEN (
      SELECT jsonb_agg(e.element || jsonb_build_object('type', r.key))
      FROM jsonb_each(_body -> 'relation') AS r
      CROSS JOIN LATERAL catalog.list_elements(r.value) AS e
      WHERE jsonb_typeof(e.element) = 'object'
    ) END,
    'awards', CASE WHEN _body ?| '{funder,award}' THEN (
      SELECT jsonb_agg(jsonb_build_object('number', a.number, 'funder', a.funder))
      FROM (
        SELECT w.element AS number, f.element -> 'DOI' AS funder
        FROM catalog.list_elements(_body -> 'funder') AS f
        CROSS JOIN LATERAL catalog.list_elements(f.element -> 'award') AS w
        UNION ALL
        SELECT _body -> 'award', f.id
        FROM (SELECT WHERE jsonb_typeof(_body -> 'award') = 'string') AS g
        LEFT JOIN jsonb_path_query(
          _body, 'lax $.project[*].funding[*].funder.id[*].id', '{}', true
        ) AS f (id) ON true
      ) AS a
    ) END
  ));
$$;
COMMENT ON FUNCTION aquilo.prepare_body(jsonb) IS 'A body with members that are easier to look into: all its people, relations with their types, awards with their funders.';
