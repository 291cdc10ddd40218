CREATE OR REPLACE FUNCTION nauvis.revoke_key(
  _member_id integer, _token_id uuid, _with_token_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  -- Whoever holds a key may give it up.
  _role CONSTANT nauvis.member_role :=
    CASE WHEN _token_id = _with_token_id THEN 'reader' ELSE 'owner' END;
BEGIN
  PERFORM nauvis.hold_member(_member_id, _with_token_id, _role);
  IF NOT EXISTS (
    SELECT FROM nauvis.api_key AS k WHERE k.token_id = _token_id AND k.member_id = _member_id
  ) THEN
    PERFORM platform.raise_error('no-such-key', coalesce(croid.encode(_token_id), ''));
  END IF;
  PERFORM catalog.revoke_token(m.bot_id, _token_id, NULL)
  FROM nauvis.member AS m WHERE m.member_id = _member_id;
END
$$;
COMMENT ON FUNCTION nauvis.revoke_key(integer, uuid, uuid) IS 'Refuse a key of a member from now on, at the wish of the operator, of an owner, or of its holder.';
