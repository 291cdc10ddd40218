CREATE OR REPLACE VIEW aquilo.work AS
SELECT
  r.croid, i.revision_id, r.doi, r.reference_count, c.cited_by_count,
  h.index, h.created_at, h.indexed_at,
  coalesce(d.received_at, h.created_at) AS deposited_at,
  (
    SELECT
      jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
        'DOI', n.notice_doi, 'type', n.update_type, 'label', n.label, 'source', n.source,
        'record-id', n.record_id,
        'updated', CASE WHEN n.updated_on IS NOT NULL THEN jsonb_build_object('date-parts', jsonb_build_array(
          to_jsonb(string_to_array(to_char(n.updated_on, 'FMYYYY-FMMM-FMDD'), '-')::integer[])
        )) END
      ))
      ORDER BY n.updated_on, n.notice_doi, n.position, n.source, n.record_id, n.update_type)::text
    FROM aquilo.told_update AS n
    WHERE n.original_doi = r.doi
  ) AS updated_by
FROM catalog.release AS r
JOIN catalog.ident AS i ON i.croid = r.croid
CROSS JOIN
  LATERAL (
    SELECT count(DISTINCT b.croid)::integer AS cited_by_count
    FROM catalog.reference AS b
    WHERE b.doi = r.doi
  ) AS c
CROSS JOIN
  LATERAL (
    SELECT max(l.index) AS index, min(l.accepted_at) AS created_at, max(l.accepted_at) AS indexed_at
    FROM catalog.edit AS e JOIN catalog.changelog AS l ON l.editgroup_id = e.editgroup_id
    WHERE e.croid = r.croid
  ) AS h
LEFT JOIN LATERAL (
  -- The limit keeps this a look-up of one object; joined, the view would be read whole.
  SELECT l.received_at FROM nauvis.latest_deposit AS l
  WHERE l.croid = r.croid ORDER BY l.received_at DESC LIMIT 1
) AS d ON true
WHERE r.doi IS NOT NULL;
COMMENT ON VIEW aquilo.work IS 'What is told of each live release around its body: how often it is cited, when it came in, the index it is of, and what corrects or retracts it.';
