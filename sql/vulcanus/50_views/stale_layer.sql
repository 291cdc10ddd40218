CREATE OR REPLACE VIEW vulcanus.stale_layer AS
SELECT l.croid, l.layer_id, l.strategy
FROM vulcanus.layer AS l
JOIN vulcanus.strategy AS s ON s.strategy = l.strategy
WHERE l.retired_at IS NULL AND CASE
  WHEN NOT s.is_enabled THEN l.inputs_index >= 0
  WHEN l.source_version <> s.version OR l.is_due THEN true
  WHEN l.terms IS NULL OR l.inputs_index < 0 THEN l.inputs_index < s.inputs_index
  ELSE false
END;
COMMENT ON VIEW vulcanus.stale_layer IS 'Layers made by an older version of their strategy, or before what they were matched against changed, or before it was switched off or on.';
