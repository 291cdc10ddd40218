-- name: release_affiliation_list :many
-- The affiliations of these releases as strategies read them.
SELECT a.croid, a.member, a.contributor_position, a.position, a.name, a.ror, a.asserted_by
FROM catalog.affiliation AS a WHERE a.croid = ANY(@croids::uuid[])
ORDER BY a.croid, a.member, a.contributor_position, a.position;

-- name: release_citation_count_list :many
-- How often these DOIs are cited by live releases.
-- not null: doi
SELECT r.doi, count(*) AS citation_count
FROM catalog.reference AS r WHERE r.doi = ANY(@dois::text[]) GROUP BY r.doi;

-- name: release_affiliation_count :one
-- How many affiliations live releases have, and how many of them were recognised as an
-- organisation.
SELECT count(*) AS affiliation_count, count(a.organisation_croid) AS matched_count
FROM catalog.affiliation AS a;

-- name: release_count_by_year :many
-- Live releases by year of issue and type.
SELECT r.issued_year, r.type, count(*) AS release_count
FROM catalog.release AS r
WHERE r.issued_year IS NOT NULL
GROUP BY r.issued_year, r.type
ORDER BY r.issued_year, r.type;

-- name: release_get_by_doi :one
-- A live release by its DOI, with its content as JSON text.
SELECT i.croid, i.revision_id, catalog.read_body(i.croid, i.revision_id) AS body
FROM catalog.release AS r JOIN catalog.ident AS i ON i.croid = r.croid WHERE r.doi = @doi;
