-- name: matched_text_list_missing :many
-- Which of these texts, by their hashes, are not kept yet; the others are until the commit.
-- not null: *
SELECT m.text_hash
FROM vulcanus.list_missing_texts(@strategy::text, @hashes::uuid[]) AS m (text_hash);

-- name: matched_text_forget :one
-- Forget those of the next texts that no layer in force was made of.
-- always one row
-- nullable: last_id
SELECT f._last::uuid AS last_id, f._count::integer AS forgotten
FROM vulcanus.forget_texts(@after_id::uuid, @limit_count::integer) AS f;

-- name: matched_text_note :exec
-- Keep texts with what a strategy found them to mean.
SELECT vulcanus.note_texts(
  @strategy::text, @inputs_index::bigint, @hashes::uuid[], @texts::text[], @terms::text[],
  @answers::uuid[]
);

-- name: matched_text_list_with :many
-- The texts that have all terms of one of these sets and were read before an index.
-- not null: *
SELECT t.text_id, t.text_hash, t.text, t.terms, t.answer
FROM vulcanus.list_texts(@strategy::text, @index::bigint, @sets::text[]) AS t
ORDER BY t.text_id;

-- name: matched_text_list :many
-- The texts of a strategy that were read before an index, page by page.
-- not null: *
SELECT t.text_id, t.text_hash, t.text, t.terms, t.answer
FROM vulcanus.matched_text AS t
WHERE
  t.strategy = @strategy AND t.inputs_index < @index::bigint AND t.text_id > @after_id
ORDER BY t.text_id LIMIT @limit_count;
