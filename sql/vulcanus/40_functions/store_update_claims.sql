CREATE OR REPLACE FUNCTION vulcanus.store_update_claims(
  _source text, _asked uuid[], _croids uuid[], _keys text[], _originals text[], _notices text[],
  _types text[], _dates date[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
BEGIN
  DELETE FROM vulcanus.update_claim AS c WHERE c.croid = ANY (_asked) AND c.source = _source;
  INSERT INTO vulcanus.update_claim (
    croid, source, key, original_doi, notice_doi, update_type, updated_on
  )
  SELECT DISTINCT ON (u.croid, u.key, o.value, t.update_type)
    u.croid, _source, u.key, o.value, n.value, t.update_type, u.updated_on
  FROM unnest(_croids, _keys, _originals, _notices, _types, _dates)
    AS u (croid, key, original, notice, type, updated_on)
  CROSS JOIN LATERAL nexus.read_identifier('doi', u.original) AS o
  LEFT JOIN LATERAL nexus.read_identifier('doi', u.notice) AS n ON n.value LIKE '10.%/%'
  CROSS JOIN LATERAL (SELECT nexus.read_update(u.type) AS update_type) AS t
  WHERE o.value LIKE '10.%/%' AND t.update_type IS NOT NULL AND u.croid = ANY (_asked)
  ORDER BY u.croid, u.key, o.value, t.update_type, u.updated_on;
  PERFORM platform.announce('updates-wanted', _asked) WHERE _asked <> '{}';
  RETURN cardinality(_asked);
END
$$;
COMMENT ON FUNCTION vulcanus.store_update_claims(
  text, uuid[], uuid[], text[], text[], text[], text[], date[]
) IS 'Keep what a source said of updates when it was asked about these objects, in place of what it said before, and have them looked at.';
