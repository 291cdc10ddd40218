CREATE OR REPLACE FUNCTION vulcanus.store_edit_layers(
  _run_id uuid, _croids uuid[], _edit_ids uuid[], _editor_ids uuid[], _indexes bigint[],
  _patches text[], _evidences text[], _asserted_ats timestamptz[]
)
RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _count integer;
BEGIN
  INSERT INTO vulcanus.layer (
    croid, run_id, source, source_version, input_hash, patch, evidence, confidence,
    asserted_at, edit_id
  )
  SELECT u.croid, _run_id, 'editor:' || u.editor_id, u.index::text, '', u.patch::jsonb,
         u.evidence::jsonb, 1, u.asserted_at, u.edit_id
  FROM unnest(_croids, _edit_ids, _editor_ids, _indexes, _patches, _evidences, _asserted_ats)
    AS u (croid, edit_id, editor_id, index, patch, evidence, asserted_at)
  ON CONFLICT (croid, edit_id) WHERE edit_id IS NOT NULL DO NOTHING;
  GET DIAGNOSTICS _count = ROW_COUNT;
  RETURN _count;
END
$$;
COMMENT ON FUNCTION vulcanus.store_edit_layers(
  uuid, uuid[], uuid[], uuid[], bigint[], text[], text[], timestamptz[]
) IS 'Keep what people changed as layers, one for each of their accepted edits; an edit that has its layer is passed over.';
