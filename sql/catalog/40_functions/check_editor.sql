CREATE OR REPLACE FUNCTION catalog.check_editor(
  _editor_id uuid, _role catalog.editor_role DEFAULT 'editor'
)
RETURNS void
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _editor catalog.editor;
BEGIN
  SELECT w.* INTO _editor FROM catalog.editor AS w WHERE w.editor_id = _editor_id;
  IF _editor.editor_id IS NULL OR NOT _editor.is_active THEN
    PERFORM platform.raise_error('not-allowed', format('%s is no active editor', coalesce(_editor_id::text, 'nobody')));
  ELSIF _editor.role < _role THEN
    PERFORM platform.raise_error('not-allowed', format('%s is no %s', _editor.username, _role));
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.check_editor(uuid, catalog.editor_role) IS 'Refuse who is no active editor, or has too small a role.';
