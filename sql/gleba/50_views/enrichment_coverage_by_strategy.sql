DROP MATERIALIZED VIEW IF EXISTS gleba.enrichment_coverage_by_strategy;
CREATE MATERIALIZED VIEW gleba.enrichment_coverage_by_strategy AS
SELECT
  'affiliation-ror' AS strategy,
  count(*) AS value_count,
  count(a.ror) AS enriched_count,
  count(a.ror) FILTER (WHERE a.asserted_by = 'nexus') AS added_count,
  count(DISTINCT a.croid) AS release_count,
  count(DISTINCT a.organisation_croid) AS organisation_count
FROM catalog.affiliation AS a
UNION ALL
SELECT
  'funder-ror',
  count(*),
  count(f.organisation_croid),
  count(*) FILTER (WHERE f.is_found),
  count(DISTINCT f.croid),
  count(DISTINCT f.organisation_croid)
FROM catalog.funding AS f;
CREATE UNIQUE INDEX enrichment_coverage_by_strategy_strategy_idx
ON gleba.enrichment_coverage_by_strategy (strategy);
COMMENT ON MATERIALIZED VIEW gleba.enrichment_coverage_by_strategy IS 'How many values a strategy could enrich, how many are, and how many of these it added itself.';
COMMENT ON INDEX gleba.enrichment_coverage_by_strategy_strategy_idx IS 'The refresh of the report while it is read.';
UPDATE gleba.shelf_life SET refreshed_at = NULL, as_of_index = NULL WHERE report = 'enrichment-coverage';
