CREATE OR REPLACE VIEW nexus.relationship AS
SELECT
  v.croid, v.relation_type, v.other_croid, v.other_scheme, v.other_value, v.is_current,
  array_remove(ARRAY[
    CASE WHEN v.by_this <> 0 THEN 'subject' END,
    CASE WHEN v.by_other <> 0 THEN 'object' END,
    CASE WHEN v.by_nexus <> 0 THEN 'nexus' END
  ], NULL) AS asserted_by,
  nexus.name_sources(v.by_this | v.by_other | v.by_nexus) AS sources,
  v.editgroup_id
FROM (
  SELECT
    r.subject_croid AS croid, r.relation_type,
    CASE WHEN r.object_value IS NULL THEN r.object_key END AS other_croid,
    r.object_scheme AS other_scheme, r.object_value AS other_value, r.is_current,
    r.by_subject AS by_this, r.by_object AS by_other, r.by_nexus, r.editgroup_id
  FROM nexus.relation AS r
  UNION ALL
  SELECT
    r.object_key, t.inverse, r.subject_croid, NULL, NULL, r.is_current,
    r.by_object, r.by_subject, r.by_nexus, r.editgroup_id
  FROM nexus.relation AS r
  JOIN nexus.relation_type AS t ON t.relation_type = r.relation_type
  WHERE r.object_value IS NULL
) AS v;
COMMENT ON VIEW nexus.relationship IS 'Every relation as each of its two sides sees it: give a croid to see what it relates to, and how.';
