CREATE OR REPLACE FUNCTION nauvis.set_callback_secret(
  _member_id integer, _secret text, _overlap interval, _with_token_id uuid
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  PERFORM nauvis.hold_member(_member_id, _with_token_id, 'owner');
  INSERT INTO nauvis.callback_secret AS s (member_id, secret) VALUES (_member_id, _secret)
  ON CONFLICT (member_id) DO UPDATE SET
    secret = excluded.secret, made_at = clock_timestamp(),
    previous_secret = CASE WHEN _overlap > '0' THEN s.secret END,
    previous_ends_at = CASE WHEN _overlap > '0' THEN clock_timestamp() + _overlap END;
END
$$;
COMMENT ON FUNCTION nauvis.set_callback_secret(integer, text, interval, uuid) IS 'Give a member the secret that signs its callbacks, at the wish of the operator or of an owner; the one before signs beside it for a while.';
