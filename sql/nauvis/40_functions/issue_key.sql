CREATE OR REPLACE FUNCTION nauvis.issue_key(
  _member_id integer, _role nauvis.member_role, _secret_sha256 bytea, _person text,
  _description text, _expires_at timestamptz, _with_token_id uuid
)
RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member nauvis.member;
  _token_id uuid;
BEGIN
  _member := nauvis.hold_member(_member_id, _with_token_id, 'owner');
  IF length(_person) NOT BETWEEN 1 AND 200 THEN
    PERFORM platform.raise_error('token-refused', 'a person''s name has 1 to 200 characters');
  END IF;
  _token_id := catalog.issue_token(
    _member.bot_id, _secret_sha256, nauvis.list_scopes(_role), _expires_at, _description, NULL
  );
  INSERT INTO nauvis.api_key (token_id, member_id, role, person)
  VALUES (_token_id, _member_id, _role, _person);
  RETURN _token_id;
END
$$;
COMMENT ON FUNCTION nauvis.issue_key(
  integer, nauvis.member_role, bytea, text, text, timestamptz, uuid
) IS 'Give a member a key for the secret of this hash, at the wish of the operator or of an owner, who shows a key.';
