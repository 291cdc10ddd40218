-- name: document_index :one
-- Bring the search documents of these objects up to date.
SELECT aquilo.index_documents(@croids::uuid[])::integer AS changed;

-- name: document_freshness :one
-- The newest index, the index up to which documents are up to date, and how many messages wait.
-- not null: *
SELECT f.index, f.indexed_until, f.waiting
FROM aquilo.read_freshness() AS f (index, indexed_until, waiting);
