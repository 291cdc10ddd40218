CREATE OR REPLACE FUNCTION nauvis.set_member_active(_member_id integer, _is_active boolean)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member CONSTANT nauvis.member := nauvis.hold_member(_member_id, NULL, NULL);
BEGIN
  UPDATE nauvis.member AS m SET is_active = _is_active WHERE m.member_id = _member_id;
  -- Its keys are those of its bot, and refused with it.
  PERFORM catalog.set_editor_active(_member.bot_id, _is_active, NULL);
END
$$;
COMMENT ON FUNCTION nauvis.set_member_active(integer, boolean) IS 'Keep a member out, or let it in again with the keys and prefixes it had.';
