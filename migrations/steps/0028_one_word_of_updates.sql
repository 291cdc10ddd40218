-- One vocabulary of updates instead of two, and who tells of each update.
-- squawk-ignore-file adding-foreign-key-constraint, constraint-missing-not-valid
-- A few rows: nobody waits for the checks.
ALTER TABLE fulgora.update_type ADD COLUMN relation_type text;
UPDATE fulgora.update_type AS t SET relation_type = coalesce(
  (SELECT n.relation_type FROM nexus.update_type AS n WHERE n.update_type = t.update_type),
  'updates'
);
-- squawk-ignore adding-not-nullable-field
ALTER TABLE fulgora.update_type ALTER COLUMN relation_type SET NOT NULL;
ALTER TABLE fulgora.update_type
ADD CONSTRAINT update_type_relation_type_fkey
FOREIGN KEY (relation_type) REFERENCES nexus.relation_type (relation_type)
DEFERRABLE INITIALLY DEFERRED;
-- Its rows are those of fulgora.update_word.
-- squawk-ignore ban-drop-table
DROP TABLE nexus.update_type;

ALTER TABLE aquilo.notice ADD COLUMN source text NOT NULL DEFAULT 'publisher';

-- Notices are read again, by who reads them: some say whose word they pass on.
SELECT
  pgmq.send('aquilo_accepted', jsonb_build_object(
    'v', 1, 'event', 'accepted', 'croids', jsonb_agg(d.croid), 'at', now(),
    'index', (SELECT c.index FROM catalog.clock AS c)
  ))
FROM (
  SELECT n.croid, (row_number() OVER (ORDER BY n.croid) - 1) / 1000 AS batch
  FROM (SELECT DISTINCT a.croid FROM aquilo.notice AS a) AS n
) AS d
-- A replica gets them from the database that it follows.
WHERE
  NOT EXISTS (
    SELECT FROM pg_subscription AS s JOIN pg_database AS b ON b.oid = s.subdbid
    WHERE b.datname = current_database() AND 'nexus_changelog' = ANY(s.subpublications)
  )
  AND to_regclass('pgmq.q_aquilo_accepted') IS NOT NULL
GROUP BY d.batch;
