CREATE OR REPLACE VIEW vulcanus.stale_layer AS
SELECT l.croid, l.layer_id, l.strategy
FROM vulcanus.layer AS l
JOIN vulcanus.strategy AS s ON s.strategy = l.strategy
WHERE l.retired_at IS NULL AND s.is_enabled AND (l.inputs_index < s.inputs_index OR l.source_version <> s.version);
COMMENT ON VIEW vulcanus.stale_layer IS 'Layers that were made by an older version of their strategy, or before what it matches against changed.';
