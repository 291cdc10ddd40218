-- name: document_index :one
-- Bring the search documents of these objects up to date.
SELECT aquilo.index_documents(@croids::uuid [])::integer AS changed;
