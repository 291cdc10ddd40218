-- Which organisations the funders of releases are, and the strategy that finds them.
ALTER TABLE catalog.funding
ADD COLUMN organisation_croid uuid,
ADD COLUMN is_found boolean NOT NULL DEFAULT false;

-- On a database with records the strategy looks at all that name a funder.
INSERT INTO vulcanus.strategy (
  strategy, version, kind, matches_against, rank, inputs_index, traced_index, description
)
SELECT 'funder-ror', '1', 'release', 'organisation', 10, s.inputs_index, s.inputs_index, ''
FROM vulcanus.strategy AS s WHERE s.strategy = 'affiliation-ror'
ON CONFLICT (strategy) DO UPDATE SET
  inputs_index = greatest(strategy.inputs_index, excluded.inputs_index);

WITH opened AS (
  INSERT INTO vulcanus.run (reason, object_count)
  SELECT 'stale', count(DISTINCT f.croid) FROM catalog.funding AS f
  HAVING count(*) > 0 AND EXISTS (SELECT FROM vulcanus.strategy AS s WHERE s.strategy = 'funder-ror')
  RETURNING run_id
)
INSERT INTO vulcanus.layer (
  croid, run_id, source, source_version, strategy, inputs_index, input_hash, patch, evidence,
  confidence
)
SELECT DISTINCT f.croid, o.run_id, 'strategy:funder-ror', '0', 'funder-ror', -1, ''::bytea,
  '[]'::jsonb, '{}'::jsonb, 1
FROM catalog.funding AS f CROSS JOIN opened AS o;
