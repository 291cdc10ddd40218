CREATE OR REPLACE FUNCTION nauvis.ask_callback(_deposit_id uuid, _url text)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member_id integer;
  _is_settled boolean;
  _known text;
BEGIN
  SELECT m.member_id, d.settled_at IS NOT NULL INTO _member_id, _is_settled
  FROM nauvis.deposit AS d LEFT JOIN nauvis.member AS m ON m.bot_id = d.editor_id
  WHERE d.deposit_id = _deposit_id;
  IF _member_id IS NULL THEN
    PERFORM platform.raise_error('callback-needs-member', 'the deposit is no member''s');
  ELSIF NOT EXISTS (
    SELECT FROM nauvis.callback_secret AS s WHERE s.member_id = _member_id
  ) THEN
    PERFORM platform.raise_error('no-callback-secret', format('member %s', _member_id));
  END IF;
  INSERT INTO nauvis.callback (deposit_id, member_id, url, state, next_at)
  VALUES (
    _deposit_id, _member_id, _url,
    CASE WHEN _is_settled THEN 'due' ELSE 'waiting' END::nauvis.callback_state,
    CASE WHEN _is_settled THEN clock_timestamp() END
  )
  ON CONFLICT (deposit_id, n) DO NOTHING;
  SELECT c.url INTO _known FROM nauvis.callback AS c WHERE c.deposit_id = _deposit_id AND c.n = 1;
  IF _known <> _url THEN
    PERFORM platform.raise_error('key-reused', format('deposit %s has another callback', _deposit_id));
  END IF;
END
$$;
COMMENT ON FUNCTION nauvis.ask_callback(uuid, text) IS 'Note whom to tell once a deposit is settled, in the transaction that takes it in; members alone are called back, with a secret that signs it.';
