CREATE OR REPLACE FUNCTION catalog.annotate(
  _editgroup_id uuid, _editor_id uuid, _markdown text, _extra jsonb DEFAULT NULL,
  _check_name text DEFAULT NULL, _is_passed boolean DEFAULT NULL
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _annotation_id uuid := uuidv7();
  _editor catalog.editor;
BEGIN
  PERFORM catalog.check_editor(_editor_id);
  SELECT w.* INTO _editor FROM catalog.editor AS w WHERE w.editor_id = _editor_id;
  IF _check_name IS NOT NULL THEN
    IF NOT _editor.is_bot AND _editor.role < 'admin' THEN
      PERFORM platform.raise_error('not-allowed', 'results of checks come from bots and admins');
    END IF;
    -- Nobody adds an edit between what is hashed here and this result.
    PERFORM catalog.hold_editgroup(_editgroup_id);
  ELSIF NOT EXISTS (SELECT FROM catalog.editgroup AS g WHERE g.editgroup_id = _editgroup_id) THEN
    PERFORM platform.raise_error('no-such-editgroup', _editgroup_id::text);
  END IF;
  IF jsonb_typeof(_extra) <> 'object' THEN
    PERFORM platform.raise_error('bad-edit', 'extra is no object');
  ELSIF (_check_name IS NULL) <> (_is_passed IS NULL)
    OR _check_name !~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$' THEN
    PERFORM platform.raise_error('bad-edit', 'a check has a name, of lower-case words, and a result');
  END IF;
  INSERT INTO catalog.annotation (
    editgroup_id, annotation_id, editor_id, markdown, extra, check_name, is_passed, edits_sha256
  ) VALUES (
    _editgroup_id, _annotation_id, _editor_id, _markdown, _extra, _check_name, _is_passed,
    CASE WHEN _check_name IS NOT NULL THEN catalog.hash_editgroup(_editgroup_id) END
  );
  RETURN _annotation_id;
END
$$;
COMMENT ON FUNCTION catalog.annotate(uuid, uuid, text, jsonb, text, boolean) IS 'Say something about an editgroup, or, as a bot or an admin, give the result of a check on what it holds now.';
