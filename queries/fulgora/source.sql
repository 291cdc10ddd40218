-- name: source_list :many
-- The sources with the number of their current rows.
SELECT s.source, s.title, s.kind::text AS kind, s.scheme, s.rank, s.licence, s.homepage
FROM fulgora.source AS s ORDER BY s.source;

-- name: source_row_count :many
-- How many rows of each source are current.
SELECT r.source, count(*) AS row_count FROM fulgora.record AS r WHERE r.valid_to_release IS NULL
GROUP BY r.source ORDER BY r.source;
