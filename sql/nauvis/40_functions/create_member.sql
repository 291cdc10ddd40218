CREATE OR REPLACE FUNCTION nauvis.create_member(_name text, _prefixes text[])
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member_id integer;
  _prefix text;
BEGIN
  IF _name <> btrim(_name) OR length(_name) NOT BETWEEN 1 AND 200 THEN
    PERFORM platform.raise_error('bad-member-name', left(_name, 100));
  ELSIF EXISTS (SELECT FROM nauvis.member AS m WHERE lower(m.name) = lower(_name)) THEN
    PERFORM platform.raise_error('member-exists', _name);
  END IF;
  _member_id := nextval(pg_get_serial_sequence('nauvis.member', 'member_id'));
  INSERT INTO nauvis.member (member_id, name, bot_id)
  VALUES (
    _member_id, _name,
    catalog.create_editor(format('member-%s', _member_id), 'editor', true, NULL)
  );
  FOREACH _prefix IN ARRAY _prefixes LOOP
    PERFORM nauvis.assign_prefix(_member_id, _prefix, NULL, false);
  END LOOP;
  RETURN _member_id;
EXCEPTION
  WHEN unique_violation THEN
    PERFORM platform.raise_error('member-exists', _name);
END
$$;
COMMENT ON FUNCTION nauvis.create_member(text, text[]) IS 'Make a member with its bot and its prefixes; it has no key yet.';
