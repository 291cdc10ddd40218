CREATE OR REPLACE FUNCTION catalog.check_results(_editgroup_id uuid)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _is_bot boolean;
  _content bytea;
  _missing text;
BEGIN
  IF NOT EXISTS (SELECT FROM catalog.required_check) THEN
    RETURN;
  END IF;
  SELECT w.is_bot, catalog.hash_editgroup(_editgroup_id) INTO _is_bot, _content
  FROM catalog.editgroup AS g JOIN catalog.editor AS w ON w.editor_id = g.editor_id
  WHERE g.editgroup_id = _editgroup_id;
  SELECT string_agg(
    c.check_name || CASE
      WHEN a.is_passed IS NULL THEN ' is missing'
      WHEN a.edits_sha256 <> _content THEN ' is older than the edits'
      ELSE ' failed'
    END, ', ' ORDER BY c.check_name
  ) INTO _missing
  FROM catalog.required_check AS c
  LEFT JOIN LATERAL (
    SELECT t.is_passed, t.edits_sha256 FROM catalog.annotation AS t
    WHERE t.editgroup_id = _editgroup_id AND t.check_name = c.check_name
    ORDER BY t.annotation_id DESC LIMIT 1
  ) AS a ON true
  WHERE (c.is_for_bots OR NOT _is_bot)
    AND (a.is_passed AND a.edits_sha256 = _content) IS NOT TRUE;
  IF _missing IS NOT NULL THEN
    PERFORM platform.raise_error('checks-missing', _missing);
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_results(uuid) IS 'Refuse an editgroup that has not passed every required check as it is now; the detail names the checks.';
