CREATE OR REPLACE FUNCTION catalog.issue_token(
  _editor_id uuid, _secret_sha256 bytea, _scopes text[], _expires_at timestamptz,
  _description text, _with_token_id uuid
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  -- The lock makes a revocation that began before be seen, and keys to be issued wait for it.
  _editor CONSTANT catalog.editor := catalog.hold_editor(_editor_id, _editor_id);
  _allowed text[];
  _wanted text[];
  _token_id uuid;
  _most CONSTANT integer := 100;
BEGIN
  IF _with_token_id IS NULL THEN
    _allowed := ARRAY(
      SELECT s.scope FROM catalog.scope AS s WHERE s.role <= _editor.role ORDER BY s.scope
    );
  ELSE
    SELECT t.scopes INTO _allowed FROM catalog.find_token(_with_token_id) AS t
    WHERE t.editor_id = _editor_id AND t.refusal IS NULL;
  END IF;
  _wanted := ARRAY(
    SELECT DISTINCT u.scope FROM unnest(coalesce(_scopes, _allowed)) AS u (scope) ORDER BY u.scope
  );
  IF NOT _editor.is_active THEN
    PERFORM platform.raise_error('not-allowed', format('%s is not active', _editor.username));
  ELSIF _allowed IS NULL THEN
    PERFORM platform.raise_error('forbidden', 'the key it is asked with is refused itself');
  ELSIF _wanted = '{}' OR array_position(_wanted, NULL) IS NOT NULL THEN
    PERFORM platform.raise_error('token-refused', 'a token needs a scope');
  ELSIF NOT _wanted <@ ARRAY(SELECT s.scope FROM catalog.scope AS s) THEN
    PERFORM platform.raise_error('token-refused', format('not all of these are scopes: %s', _wanted));
  ELSIF NOT _wanted <@ _allowed THEN
    PERFORM platform.raise_error('forbidden', format('at most these scopes can be given: %s', _allowed));
  ELSIF _expires_at <= clock_timestamp() THEN
    PERFORM platform.raise_error('token-refused', 'it would have expired already');
  ELSIF _most <= (
    SELECT count(*) FROM catalog.token AS t
    WHERE t.editor_id = _editor_id AND t.revoked_at IS NULL
      AND (t.expires_at <= clock_timestamp()) IS NOT TRUE
      AND (t.created_at <= _editor.tokens_revoked_at) IS NOT TRUE
  ) THEN
    PERFORM platform.raise_error('token-refused', format('an editor has %s keys at most: revoke one', _most));
  END IF;
  INSERT INTO catalog.token (editor_id, secret_sha256, scopes, expires_at, description)
  VALUES (_editor_id, _secret_sha256, _wanted, _expires_at, _description)
  RETURNING token_id INTO _token_id;
  RETURN _token_id;
END
$$;
COMMENT ON FUNCTION catalog.issue_token(uuid, bytea, text[], timestamptz, text, uuid) IS 'Give an editor a token for the secret of this hash; without scopes it is good for all it can be. One issued with another token is good for no more than that is. An editor has 100 in force at most.';
