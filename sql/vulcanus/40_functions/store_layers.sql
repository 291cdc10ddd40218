DROP FUNCTION IF EXISTS vulcanus.store_layers(
  uuid, text, text, bigint, uuid[], uuid[], bytea[], text[], text[], real[]
);
CREATE OR REPLACE FUNCTION vulcanus.store_layers(
  _run_id uuid, _strategy text, _source_version text, _inputs_index bigint,
  _croids uuid[], _layer_ids uuid[], _input_hashes bytea[],
  _patches text[], _evidences text[], _confidences real[], _terms text[]
)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _traced_index CONSTANT bigint := vulcanus.traced_index(_strategy);
BEGIN
  UPDATE vulcanus.layer AS l
  SET retired_at = now()
  WHERE l.croid = ANY (_croids) AND l.strategy = _strategy AND l.retired_at IS NULL;
  INSERT INTO vulcanus.layer (
    croid, layer_id, run_id, source, source_version, strategy, inputs_index,
    input_hash, patch, evidence, confidence, terms, is_due
  )
  SELECT u.croid, u.layer_id, _run_id, 'strategy:' || _strategy, _source_version, _strategy, _inputs_index,
         u.input_hash, u.patch::jsonb, u.evidence::jsonb, u.confidence, u.terms::integer[],
         _inputs_index BETWEEN 0 AND _traced_index - 1
  FROM unnest(_croids, _layer_ids, _input_hashes, _patches, _evidences, _confidences, _terms)
    AS u (croid, layer_id, input_hash, patch, evidence, confidence, terms);
END
$$;
COMMENT ON FUNCTION vulcanus.store_layers(
  uuid, text, text, bigint, uuid[], uuid[], bytea[], text[], text[], real[], text[]
) IS 'Put a strategy''s layers in force on these objects and retire those before them; what was matched against outdated inputs is due again.';
