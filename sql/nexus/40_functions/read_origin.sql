CREATE OR REPLACE FUNCTION nexus.read_origin(
  _croid uuid, _layer text, _element jsonb, _value jsonb,
  OUT source text, OUT source_version text, OUT strategy text, OUT confidence double precision,
  OUT evidence jsonb, OUT asserted_at timestamptz, OUT deposit_id uuid, OUT deposit_n integer,
  OUT row_source text, OUT release_no integer, OUT row_key text
)
RETURNS record
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
  source := split_part(_layer, ':', 1);
  source_version := substr(_layer, length(source) + 2);
  IF _element IS NOT NULL THEN
    SELECT l.source, l.source_version, l.strategy, coalesce((_element -> 'confidence')::real, l.confidence),
      coalesce(nullif(_element -> 'evidence', 'null'), l.evidence), l.asserted_at
    INTO source, source_version, strategy, confidence, evidence, asserted_at
    FROM vulcanus.layer AS l WHERE l.croid = _croid AND l.layer_id = _layer::uuid;
    SELECT f.source, f.key INTO row_source, row_key
    FROM nexus.read_row(evidence, _value) AS f (source, key);
    release_no := (
      SELECT max(r.valid_from_release) FROM fulgora.record AS r
      JOIN fulgora.release AS c ON c.source = r.source AND c.release_no = r.valid_from_release
      WHERE r.source = row_source AND r.key = row_key AND c.completed_at <= asserted_at
    );
  ELSIF source = 'deposit' THEN
    deposit_id := split_part(source_version, '/', 1);
    deposit_n := split_part(source_version, '/', 2);
    asserted_at := (
      SELECT p.received_at FROM nauvis.deposit AS p WHERE p.deposit_id = read_origin.deposit_id
    );
  ELSIF source = 'revision' THEN
    SELECT 'editor:' || g.editor_id, h.accepted_at INTO source, asserted_at
    FROM catalog.accepted_edit AS h JOIN catalog.editgroup AS g ON g.editgroup_id = h.editgroup_id
    WHERE h.croid = _croid AND h.revision_id = source_version::uuid ORDER BY h.index LIMIT 1;
  ELSE
    row_source := source;
    release_no := source_version;
    SELECT r.key, c.completed_at INTO row_key, asserted_at
    FROM fulgora.source AS s
    JOIN croid.identifier AS i ON i.scheme = s.scheme AND i.croid = _croid
    JOIN fulgora.record AS r
      ON r.source = s.source AND r.key = i.value AND r.valid_from_release = read_origin.release_no
    JOIN fulgora.release AS c ON c.source = r.source AND c.release_no = r.valid_from_release
    WHERE s.source = row_source ORDER BY r.key LIMIT 1;
  END IF;
  IF release_no IS NULL OR row_key IS NULL THEN
    row_source := NULL;
    row_key := NULL;
    release_no := NULL;
  END IF;
END
$$;
COMMENT ON FUNCTION nexus.read_origin(uuid, text, jsonb, jsonb) IS 'What is known of a layer of an object, and of the deposit or the row of a release that it, or one element of it, rests on.';
