CREATE OR REPLACE VIEW catalog.accepted_revision AS
SELECT r.*, first_of.index
FROM catalog.revision AS r
CROSS JOIN LATERAL (
  SELECT l.index
  FROM catalog.edit AS e
  JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
  WHERE e.croid = r.croid AND e.revision_id = r.revision_id
  ORDER BY l.index LIMIT 1
) AS first_of;
COMMENT ON VIEW catalog.accepted_revision IS 'The revisions that were accepted, each with the index it first became current at.';
