CREATE OR REPLACE VIEW vulcanus.stale_layer AS
SELECT l.croid, l.layer_id, l.strategy
FROM vulcanus.layer AS l
JOIN vulcanus.strategy AS s ON s.strategy = l.strategy
WHERE l.retired_at IS NULL AND CASE
  WHEN s.is_enabled THEN l.inputs_index < s.inputs_index OR l.source_version <> s.version
  ELSE l.inputs_index >= 0
END;
COMMENT ON VIEW vulcanus.stale_layer IS 'Layers made by an older version of their strategy, or before what it matches against changed, or before it was switched off or on.';
