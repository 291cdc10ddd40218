CREATE OR REPLACE FUNCTION catalog.check_contents(
  _actions catalog.edit_action[], _kinds catalog.kind[], _bodies text[], _extras text[]
)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _slug text;
  _detail text;
BEGIN
  SELECT f.slug, format('edit %s: %s', u.n, f.detail) INTO _slug, _detail
  FROM unnest(_actions, _kinds, _bodies, _extras) WITH ORDINALITY
    AS u (action, kind, body, extra, n)
  CROSS JOIN LATERAL (
    SELECT CASE
      WHEN u.action IS NULL THEN 'it says nothing of what to do'
      WHEN u.action = 'create' AND u.kind IS NULL THEN 'a new object has a kind'
      WHEN u.action IN ('create', 'update') AND u.body IS NULL THEN 'it has no content'
      WHEN u.extra IS NULL THEN NULL
      WHEN NOT pg_input_is_valid(u.extra, 'jsonb') THEN 'extra is no JSON'
      WHEN jsonb_typeof(u.extra::jsonb) <> 'object' THEN 'extra is no object'
      WHEN u.extra::jsonb ? 'layers' THEN 'extra.layers is for records that are made of layers'
    END AS edit, CASE
      WHEN u.action NOT IN ('create', 'update') OR u.body IS NULL THEN NULL
      WHEN NOT pg_input_is_valid(u.body, 'jsonb') THEN 'the content is no JSON that can be kept'
      WHEN left(ltrim(u.body, E' \t\r\n'), 1) <> '{' THEN 'the content is no object'
    END AS record
  ) AS c
  CROSS JOIN LATERAL (
    VALUES ('bad-edit', c.edit), ('bad-record', c.record)
  ) AS f (slug, detail)
  WHERE f.detail IS NOT NULL
  ORDER BY u.n LIMIT 1;
  IF _slug IS NOT NULL THEN
    PERFORM platform.raise_error(_slug, _detail);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_contents(
  catalog.edit_action[], catalog.kind[], text[], text[]
) IS 'Refuse edits that lack what their action needs, or whose content cannot be kept; the detail counts them from 1.';
