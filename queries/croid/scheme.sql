-- name: scheme_list :many
-- Every identifier scheme.
SELECT s.scheme, s.is_unique, s.pattern, s.url_template, s.kind, s.title
FROM croid.scheme AS s
ORDER BY s.scheme;
