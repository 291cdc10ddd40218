CREATE OR REPLACE FUNCTION catalog.hash_editgroup(_editgroup_id uuid)
RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  SELECT sha256(coalesce(string_agg(
    uuid_send(e.croid) || convert_to(e.action::text, 'UTF8')
    || coalesce(r.content_hash, uuid_send(e.redirect_to), ''), ''::bytea ORDER BY e.croid
  ), ''))
  FROM catalog.edit AS e
  LEFT JOIN catalog.revision AS r ON r.croid = e.croid AND r.revision_id = e.revision_id
  WHERE e.editgroup_id = _editgroup_id;
$$;
COMMENT ON FUNCTION catalog.hash_editgroup(uuid) IS 'What an editgroup changes, in 32 bytes: object, action and content of each edit, in croid order.';
