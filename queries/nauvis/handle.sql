-- name: handle_coin :many
-- A DOI that nobody has for each of these prefixes of a member; without a prefix its first.
-- not null: n
SELECT c.n, c.doi FROM nauvis.coin_dois(@editor_id::uuid, @prefixes::text[]) AS c (n, doi);

-- name: handle_hold :exec
-- Serialise those who change the states of these DOIs.
SELECT nauvis.hold_dois(@dois::text[]);

-- name: handle_record_list :many
-- The newest record deposited of each of these DOIs that was not refused, and where its bytes lie.
-- not null: *
SELECT DISTINCT ON (r.croid)
  r.doi, r.deposit_id, r.n, r.byte_offset, r.size_bytes, d.media::text AS media, d.received_at
FROM croid.identifier AS i
JOIN nauvis.deposit_record AS r ON r.croid = i.croid AND NOT r.is_refused
JOIN nauvis.deposit AS d ON d.deposit_id = r.deposit_id AND NOT d.is_test
WHERE i.scheme = 'doi' AND i.value = ANY(@dois::text[])
ORDER BY r.croid, r.deposit_id DESC, r.n DESC;

-- name: handle_find :one
-- What a DOI is: its object and state, where it leads as an alias, whose it is, and its last record.
-- not null: croid, doi
-- nullable: state
SELECT
  i.croid, i.value AS doi,
  nauvis.state_of(i.croid)::text AS state, h.member_id, h.url, h.alias_of, t.value AS alias_doi,
  h.registered_at, h.deleted_at, h.updated_at, c.revision_id
FROM croid.identifier AS i
LEFT JOIN nauvis.handle AS h ON h.croid = i.croid
LEFT JOIN croid.identifier AS t ON t.croid = h.alias_of AND t.scheme = 'doi'
LEFT JOIN catalog.ident AS c ON c.croid = i.croid
WHERE i.scheme = 'doi' AND i.value = @doi;

-- name: handle_delete :one
-- Delete a DOI: a draft is gone, what was registered leaves a tombstone.
-- not null: was
-- nullable: index
SELECT d.was::text AS was, d.index
FROM nauvis.delete_doi(@editor_id::uuid, @doi::text, sqlc.narg('expected_id')::uuid)
  AS d (was, index);

-- name: handle_alias_add :one
-- Let another DOI lead to this one; false where it does already.
SELECT nauvis.add_alias(@editor_id::uuid, @doi::text, @alias::text)::boolean AS is_new;

-- name: handle_alias_remove :exec
-- Let an alias lead here no longer.
SELECT nauvis.remove_alias(@editor_id::uuid, @doi::text, @alias::text);

-- name: handle_alias_list :many
-- The aliases of an object in order, a page at a time.
SELECT h.doi, h.updated_at
FROM nauvis.handle AS h
WHERE h.alias_of = @croid AND h.doi > @after_doi::text
ORDER BY h.doi
LIMIT @limit_count;
