-- name: claim_note :one
-- Note what the records of these objects say of updates.
-- always one row
SELECT vulcanus.note_updates(@croids::uuid[])::integer AS concerned;

-- name: claim_ask :one
-- Ask sources about updates of these objects that they told of before.
-- always one row
SELECT vulcanus.ask_updates(@croids::uuid[])::integer AS asked;

-- name: claim_store :one
-- Keep what a source said of updates when it was asked about these objects.
-- always one row
SELECT vulcanus.store_update_claims(
  @source::text, @asked::uuid[], @croids::uuid[], @keys::text[], @originals::text[],
  @notices::text[], @types::text[], @dates::date[]
)::integer AS asked;

-- name: claim_list :many
-- What is said of updates of these live releases, and of updates that they are the notices of.
-- not null: *
-- nullable: notice_doi, updated_on
SELECT DISTINCT
  r.croid, c.source, c.key, c.original_doi, c.notice_doi, c.update_type, c.updated_on,
  c.original_doi = r.doi AS is_about
FROM catalog.release AS r
CROSS JOIN
  LATERAL (
    SELECT a.source, a.key, a.original_doi, a.notice_doi, a.update_type, a.updated_on
    FROM vulcanus.update_claim AS a
    WHERE a.original_doi = r.doi
    UNION
    SELECT n.source, n.key, n.original_doi, n.notice_doi, n.update_type, n.updated_on
    FROM vulcanus.update_claim AS n
    WHERE n.notice_doi = r.doi AND n.source <> 'record' AND n.original_doi <> r.doi
  ) AS c
WHERE r.croid = ANY(@croids::uuid[])
ORDER BY r.croid, c.updated_on, c.source, c.key, c.original_doi, c.update_type;
