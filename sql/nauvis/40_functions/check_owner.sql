CREATE OR REPLACE FUNCTION nauvis.check_owner(_editor_id uuid, _dois text[])
RETURNS integer
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _member_id integer;
  _foreign text;
BEGIN
  SELECT m.member_id INTO _member_id
  FROM nauvis.member AS m WHERE m.bot_id = _editor_id AND m.is_active;
  SELECT string_agg(DISTINCT split_part(u.doi, '/', 1), ', ') INTO _foreign
  FROM unnest(_dois) AS u (doi)
  WHERE NOT EXISTS (
    SELECT FROM nauvis.prefix AS p
    WHERE p.prefix = split_part(u.doi, '/', 1) AND p.member_id = _member_id
      AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
  );
  IF _foreign IS NOT NULL THEN
    PERFORM platform.raise_error('not-your-prefix', _foreign);
  END IF;
  RETURN _member_id;
END
$$;
COMMENT ON FUNCTION nauvis.check_owner(uuid, text[]) IS 'The member whose bot an editor is, all of these DOIs being under prefixes that it owns today; refuses others.';
