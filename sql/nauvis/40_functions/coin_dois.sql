CREATE OR REPLACE FUNCTION nauvis.coin_dois(_editor_id uuid, _prefixes text[])
RETURNS TABLE (n integer, doi text)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
#variable_conflict use_column
DECLARE
  _first text;
  _row record;
  _doi text;
BEGIN
  SELECT min(p.prefix) INTO _first
  FROM nauvis.prefix AS p
  JOIN nauvis.member AS m ON m.member_id = p.member_id AND m.bot_id = _editor_id
  WHERE p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date;
  FOR _row IN SELECT u.n, coalesce(u.prefix, _first) AS prefix
    FROM unnest(_prefixes) WITH ORDINALITY AS u (prefix, n)
  LOOP
    _doi := NULL;
    WHILE _first IS NOT NULL AND _row.prefix ~ '^10\.[1-9][0-9]{3,8}(\.[0-9]+)*$' LOOP
      _doi := format('%s/%s', _row.prefix, nauvis.coin_suffix());
      EXIT WHEN NOT EXISTS (
        SELECT FROM croid.identifier AS i WHERE i.scheme = 'doi' AND i.value = _doi
      );
    END LOOP;
    RETURN QUERY SELECT _row.n::integer, _doi;
  END LOOP;
END
$$;
COMMENT ON FUNCTION nauvis.coin_dois(uuid, text[]) IS 'A DOI that nobody has for each of these prefixes of a member, without one under its first; null where the editor is no member with a prefix, or that is none. Nothing is reserved yet.';
