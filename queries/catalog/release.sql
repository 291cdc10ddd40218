-- name: release_affiliation_list :many
-- The affiliations of these releases as strategies read them.
SELECT a.croid, a.member, a.contributor_position, a.position, a.name, a.ror, a.asserted_by
FROM catalog.affiliation AS a WHERE a.croid = ANY (@croids::uuid [])
ORDER BY a.croid, a.member, a.contributor_position, a.position;

-- name: release_citation_count_list :many
-- How often these DOIs are cited by live releases.
SELECT r.doi, count(*) AS citation_count
FROM catalog.reference AS r WHERE r.doi = ANY (@dois::text []) GROUP BY r.doi;
