CREATE OR REPLACE FUNCTION nauvis.rotate_key(
  _member_id integer, _token_id uuid, _secret_sha256 bytea, _overlap interval, _with_token_id uuid
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _needed CONSTANT nauvis.member_role :=
    CASE WHEN _token_id = _with_token_id THEN 'reader' ELSE 'owner' END;
  _end CONSTANT timestamptz := clock_timestamp() + _overlap;
  _member nauvis.member;
  _key nauvis.api_key;
  _new_id uuid;
BEGIN
  _member := nauvis.hold_member(_member_id, _with_token_id, _needed);
  SELECT k.* INTO _key
  FROM nauvis.api_key AS k WHERE k.token_id = _token_id AND k.member_id = _member_id;
  IF NOT FOUND OR NOT EXISTS (SELECT FROM nauvis.find_key(_token_id)) THEN
    PERFORM platform.raise_error('no-such-key', coalesce(croid.encode(_token_id), ''));
  END IF;
  SELECT catalog.issue_token(
    _member.bot_id, _secret_sha256, t.scopes, t.expires_at, t.description, NULL
  ) INTO _new_id
  FROM catalog.token AS t WHERE t.token_id = _token_id;
  INSERT INTO nauvis.api_key (token_id, member_id, role, person, rotated_from)
  VALUES (_new_id, _member_id, _key.role, _key.person, _token_id);
  IF _overlap > '0' THEN
    UPDATE catalog.token AS t SET expires_at = least(t.expires_at, _end)
    WHERE t.token_id = _token_id;
  ELSE
    PERFORM catalog.revoke_token(_member.bot_id, _token_id, NULL);
  END IF;
  RETURN _new_id;
END
$$;
COMMENT ON FUNCTION nauvis.rotate_key(integer, uuid, bytea, interval, uuid) IS 'Put a new key in the place of one, with its role and end; the old one is refused at once, or once both were good for a while. Its holder may ask for it, and owners.';
