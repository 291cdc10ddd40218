CREATE OR REPLACE FUNCTION nauvis.hold_member(
  _member_id integer, _with_token_id uuid, _role nauvis.member_role
)
RETURNS nauvis.member
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member nauvis.member;
BEGIN
  SELECT m.* INTO _member
  FROM nauvis.member AS m WHERE m.member_id = _member_id FOR NO KEY UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-member', coalesce(_member_id::text, ''));
  ELSIF _with_token_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM nauvis.find_key(_with_token_id) AS k
    WHERE k.member_id = _member_id AND k.role >= _role
  ) THEN
    PERFORM platform.raise_error(
      'not-your-member', format('this needs a key of member %s with the role %s', _member_id, _role)
    );
  END IF;
  RETURN _member;
END
$$;
COMMENT ON FUNCTION nauvis.hold_member(integer, uuid, nauvis.member_role) IS 'Lock a member for a change by the operator, or by whoever shows a key of it that is good and of this role.';
