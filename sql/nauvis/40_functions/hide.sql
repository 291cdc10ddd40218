CREATE OR REPLACE FUNCTION nauvis.hide(_croids uuid[], _editor_id uuid, _description text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _active uuid[];
  _editgroup_id uuid;
BEGIN
  SELECT array_agg(h.croid ORDER BY h.croid) INTO _active
  FROM catalog.hold_idents(_croids) AS h WHERE h.state = 'active' AND h.kind = 'release';
  IF _active IS NULL THEN
    RETURN NULL;
  END IF;
  SELECT o.editgroup_id INTO _editgroup_id
  FROM catalog.open_editgroup(_editor_id, _description) AS o;
  PERFORM catalog.add_edits(
    _editgroup_id, _editor_id, array_fill('delete'::catalog.edit_action, dims.size), _active,
    array_fill('release'::catalog.kind, dims.size), array_fill(NULL::text, dims.size),
    array_fill(NULL::uuid, dims.size), array_fill(NULL::uuid, dims.size),
    array_fill(NULL::uuid, dims.size), array_fill(NULL::text, dims.size)
  ) FROM (VALUES (ARRAY[cardinality(_active)])) AS dims (size);
  RETURN catalog.accept(_editgroup_id, catalog.vulcanus());
END
$$;
COMMENT ON FUNCTION nauvis.hide(uuid[], uuid, text) IS 'Take releases out of the catalogue, which keeps their tombstones and revisions; returns the index, null where none was there.';
