-- name: merge_proposal_store :one
-- Propose to merge objects, in place of what was proposed of the examined ones.
-- always one row
SELECT vulcanus.propose_merges(
  @examined::uuid[], @croids::uuid[], @into_croids::uuid[], @rules::text[], @confidences::real[],
  @evidences::text[]
)::integer AS proposed;

-- name: merge_proposal_organisation_store :one
-- Propose to merge those of these organisations that a source says are one with another.
-- always one row
SELECT vulcanus.propose_organisations(@croids::uuid[])::integer AS proposed;

-- name: merge_proposal_list :many
-- Pairs of objects that look like one, a page at a time; those with an end that is gone are left
-- out while nobody decided.
-- not null: croid, into_croid, kind, rule, confidence, evidence, proposed_at
SELECT
  p.croid, p.into_croid, i.kind::text AS kind, a.doi, b.doi AS into_doi,
  coalesce(a.title, c.name) AS title, coalesce(b.title, d.name) AS into_title, p.rule, p.confidence,
  p.evidence, p.proposed_at, p.is_accepted, e.username AS decided_by, p.decided_at, p.index
FROM vulcanus.merge_proposal AS p
JOIN catalog.ident AS i ON i.croid = p.croid
LEFT JOIN catalog.release AS a ON a.croid = p.croid
LEFT JOIN catalog.release AS b ON b.croid = p.into_croid
LEFT JOIN catalog.organisation AS c ON c.croid = p.croid
LEFT JOIN catalog.organisation AS d ON d.croid = p.into_croid
LEFT JOIN catalog.editor AS e ON e.editor_id = p.decided_by
WHERE
  (p.croid, p.into_croid) > (@after_croid::uuid, @after_into_croid::uuid)
  AND CASE @standing::text
    WHEN 'open'
      THEN
        p.is_accepted IS NULL AND coalesce(a.croid, c.croid) IS NOT NULL
        AND coalesce(b.croid, d.croid) IS NOT NULL
    WHEN 'accepted' THEN p.is_accepted
    ELSE NOT p.is_accepted
  END
ORDER BY p.croid, p.into_croid
LIMIT @limit_count;

-- name: merge_proposal_decide :one
-- Merge two releases as proposed, or keep them apart.
-- nullable: index
SELECT
  vulcanus.decide_merge(
    @croid::uuid, @into_croid::uuid, @is_accepted::boolean, @editor_id::uuid
  ) AS index;
