CREATE OR REPLACE FUNCTION catalog.create_editor(
  _username text, _role catalog.editor_role, _is_bot boolean, _agent_id uuid
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _editor_id uuid;
BEGIN
  PERFORM catalog.check_admin(_agent_id);
  PERFORM catalog.check_username(_username);
  INSERT INTO catalog.editor (username, role, is_bot)
  VALUES (_username, _role, _is_bot)
  RETURNING editor_id INTO _editor_id;
  RETURN _editor_id;
EXCEPTION
  WHEN unique_violation THEN
    PERFORM platform.raise_error('username-taken', _username);
END
$$;
COMMENT ON FUNCTION catalog.create_editor(text, catalog.editor_role, boolean, uuid) IS 'Make an editor, in the name of an admin or, without an agent, of the operator; it has no key yet.';
