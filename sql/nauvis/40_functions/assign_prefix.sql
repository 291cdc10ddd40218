CREATE OR REPLACE FUNCTION nauvis.assign_prefix(
  _member_id integer, _prefix text, _from date, _is_transfer boolean
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _day CONSTANT date := coalesce(_from, (clock_timestamp() AT TIME ZONE 'UTC')::date);
  _held nauvis.prefix;
BEGIN
  IF (_prefix ~ '^10\.[1-9][0-9]{3,8}(\.[0-9]+)*$') IS NOT TRUE THEN
    PERFORM platform.raise_error('bad-prefix', coalesce(left(_prefix, 100), 'no prefix'));
  ELSIF NOT EXISTS (SELECT FROM nauvis.member AS m WHERE m.member_id = _member_id) THEN
    PERFORM platform.raise_error('no-such-member', coalesce(_member_id::text, ''));
  END IF;
  PERFORM pg_advisory_xact_lock(hashtextextended('prefix:' || _prefix, 0));
  SELECT p.* INTO _held FROM nauvis.prefix AS p
  WHERE p.prefix = _prefix AND upper(p.owned) IS DISTINCT FROM lower(p.owned)
    AND p.owned && daterange(_day, NULL)
  ORDER BY p.owned DESC LIMIT 1;
  IF _held.member_id = _member_id AND _held.owned @> _day THEN
    RETURN;
  ELSIF _held.prefix IS NOT NULL AND NOT (_is_transfer AND _held.owned @> _day) THEN
    PERFORM platform.raise_error(
      'prefix-owned', format('%s is owned by member %s, %s', _prefix, _held.member_id, _held.owned)
    );
  ELSIF lower(_held.owned) = _day THEN
    -- It was given away on the day it was received: nothing is left of that ownership.
    DELETE FROM nauvis.prefix AS p WHERE p.prefix = _prefix AND p.owned = _held.owned;
  ELSIF _held.prefix IS NOT NULL THEN
    UPDATE nauvis.prefix AS p SET owned = daterange(lower(p.owned), _day)
    WHERE p.prefix = _prefix AND p.owned = _held.owned;
  END IF;
  INSERT INTO nauvis.prefix (prefix, owned, member_id)
  VALUES (_prefix, daterange(_day, upper(_held.owned)), _member_id);
END
$$;
COMMENT ON FUNCTION nauvis.assign_prefix(integer, text, date, boolean) IS 'Give a prefix to a member from a day on (today, without one); one that is owned then has to be transferred, and what was before stays told.';
