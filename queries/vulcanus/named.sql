-- name: named_creator_list :many
-- The live creators of these ORCID iDs.
-- not null: croid, orcid, display_name
SELECT c.croid, c.orcid, c.display_name, c.given_name, c.surname
FROM catalog.creator AS c WHERE c.orcid = ANY(@orcids::text[]);

-- name: named_claim_list :many
-- Live creators who claim these DOIs in their public ORCID records now.
-- not null: croid, orcid, display_name, doi
SELECT
  s.value AS doi, c.croid, c.orcid, c.display_name, c.given_name, c.surname,
  (s.facts ->> 'claimed_by')::text AS claimed_by
FROM fulgora.current_statement AS s
JOIN catalog.creator AS c ON c.orcid = s.key
WHERE
  s.scheme = 'doi' AND s.value = ANY(@dois::text[]) AND s.source = 'orcid' AND s.role = 'claimed'
ORDER BY s.value, c.orcid;

-- name: named_container_list :many
-- The live containers with one of these ISSNs, or a title that is one of these in lower case.
-- not null: croid, name, issns
SELECT
  c.croid, c.name, c.issnl,
  ARRAY(
    SELECT DISTINCT n.issn FROM catalog.container_issn AS n WHERE n.croid = c.croid ORDER BY n.issn
  )::text[] AS issns
FROM catalog.container AS c
WHERE
  c.croid IN (
    SELECT n.croid FROM catalog.container_issn AS n WHERE n.issn = ANY(@issns::text[])
    UNION
    SELECT t.croid FROM catalog.container AS t WHERE lower(t.name) = ANY(@titles::text[])
  )
ORDER BY c.croid;

-- name: named_note :one
-- Have releases derived again that name these creators and containers, or that they claim.
-- always one row
SELECT vulcanus.note_named(@croids::uuid[])::integer AS concerned;
