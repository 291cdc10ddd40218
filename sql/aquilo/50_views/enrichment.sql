CREATE OR REPLACE VIEW aquilo.enrichment AS
SELECT
  l.croid, l.strategy, s.names, l.patch <> '[]' AS has_added,
  EXISTS(
    SELECT FROM vulcanus.stale_layer AS o
    WHERE o.croid = l.croid AND o.layer_id = l.layer_id
  ) AS is_stale
FROM vulcanus.layer AS l
JOIN (
  SELECT y.strategy, ARRAY[y.strategy] || string_to_array(y.strategy, '-') AS names
  FROM vulcanus.strategy AS y
) AS s ON s.strategy = l.strategy
WHERE l.retired_at IS NULL;
COMMENT ON VIEW aquilo.enrichment IS 'What strategies say about each object now; a strategy is also called by the parts of its name, so that ror means all that look for ROR ids.';
