CREATE TABLE croid.former_identifier (
  scheme text NOT NULL,
  value text NOT NULL,
  croid uuid NOT NULL,
  CONSTRAINT former_identifier_pkey PRIMARY KEY (scheme, value, croid)
);
INSERT INTO croid.former_identifier (scheme, value, croid)
SELECT DISTINCT b.scheme, b.value, b.croid
FROM (
  SELECT 'doi' AS scheme, lower(r.body ->> 'DOI') AS value, r.croid
  FROM catalog.revision AS r WHERE r.kind = 'release' AND r.body ? 'DOI'
  UNION ALL
  SELECT 'ror', substr(r.body ->> 'id', 17), r.croid
  FROM catalog.revision AS r
  WHERE r.kind = 'organisation' AND r.body ->> 'id' LIKE 'https://ror.org/%'
) AS b
WHERE NOT EXISTS (
  SELECT FROM croid.identifier AS d
  WHERE d.scheme = b.scheme AND d.value = b.value AND d.croid = b.croid
);

-- Writers wait while these are made: a step is one transaction, all of it or nothing.
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX editgroup_open_idx ON catalog.editgroup (editgroup_id) WHERE status = 'open';
-- squawk-ignore require-concurrent-index-creation
CREATE INDEX editgroup_withdrawn_idx ON catalog.editgroup (editgroup_id)
WHERE status = 'withdrawn';

ALTER TABLE catalog.token ADD COLUMN last_used_at timestamptz;
-- It answers one column more from now on; made anew with all functions.
-- squawk-ignore ban-drop-function
DROP FUNCTION IF EXISTS catalog.find_token(uuid);
