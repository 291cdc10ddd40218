CREATE OR REPLACE FUNCTION nauvis.hold_handles(
  _croids uuid[], _deposit_ids uuid[], _ns integer[], _urls text[], _locations text[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  INSERT INTO nauvis.handle AS h (
    croid, doi, state, member_id, deposit_id, n, url, locations, registered_at
  )
  SELECT r.croid, r.doi, r.state, m.member_id, r.deposit_id, r.n, u.url, u.locations::jsonb,
         CASE WHEN r.state = 'registered' THEN clock_timestamp() END
  FROM unnest(_croids, _deposit_ids, _ns, _urls, _locations)
    AS u (croid, deposit_id, n, url, locations)
  JOIN nauvis.deposit_record AS r
    ON r.croid = u.croid AND r.deposit_id = u.deposit_id AND r.n = u.n AND r.state <> 'findable'
  JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id
  LEFT JOIN nauvis.member AS m ON m.bot_id = d.editor_id
  ORDER BY r.croid
  ON CONFLICT (croid) DO UPDATE SET
    state = excluded.state, member_id = excluded.member_id, deposit_id = excluded.deposit_id,
    n = excluded.n, url = excluded.url, locations = excluded.locations,
    registered_at = CASE
      WHEN excluded.state = 'registered' THEN coalesce(h.registered_at, excluded.registered_at)
    END,
    deleted_at = NULL, updated_at = clock_timestamp();
END
$$;
COMMENT ON FUNCTION nauvis.hold_handles(uuid[], uuid[], integer[], text[], text[]) IS 'Note that these deposited records are those of draft or registered DOIs now, and where they lead.';
