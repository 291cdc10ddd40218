CREATE OR REPLACE FUNCTION nauvis.list_foreign(_editor_id uuid, _dois text[])
RETURNS text[]
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT coalesce(array_agg(w.prefix), '{}')
  FROM (
    SELECT DISTINCT split_part(u.doi, '/', 1) FROM unnest(_dois) AS u (doi)
    WHERE u.doi IS NOT NULL
  ) AS w (prefix)
  LEFT JOIN nauvis.prefix AS p
    ON p.prefix = w.prefix AND p.owned @> (clock_timestamp() AT TIME ZONE 'UTC')::date
  LEFT JOIN nauvis.member AS m ON m.bot_id = _editor_id
  WHERE p.member_id IS DISTINCT FROM m.member_id;
$$;
COMMENT ON FUNCTION nauvis.list_foreign(uuid, text[]) IS 'The prefixes of these DOIs under which an editor may not deposit: for a member those that are not its own today, for others those that are somebody''s.';
