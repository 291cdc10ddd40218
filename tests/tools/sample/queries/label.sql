-- name: label_insert :exec
INSERT INTO yard.label (parcel_id, n, note) VALUES (@parcel_id, @n, @note);

-- name: label_list :many
SELECT sqlc.embed(p), sqlc.embed(l), p.doi AS the_doi
FROM yard.parcel AS p
INNER JOIN yard.label AS l ON l.parcel_id = p.parcel_id
WHERE p.doi = @doi
ORDER BY l.n;

-- name: label_list_left :many
-- nullable: label
SELECT p.doi, sqlc.embed(l)
FROM yard.parcel AS p
LEFT JOIN yard.label AS l ON l.parcel_id = p.parcel_id
WHERE p.doi = @doi
ORDER BY l.n;

-- name: label_merge :execrows
-- parameters: parcel_id, n, note
MERGE INTO yard.label AS l
USING (SELECT $1::uuid AS parcel_id, $2::integer AS n, $3::text AS note) AS s
ON l.parcel_id = s.parcel_id AND l.n = s.n
WHEN MATCHED THEN UPDATE SET note = s.note
WHEN NOT MATCHED THEN INSERT (parcel_id, n, note) VALUES (s.parcel_id, s.n, s.note);

-- name: label_outer :many
-- The columns come from the database here, which knows nothing of the outer join.
SELECT p.doi, l.n, e.number
FROM yard.parcel AS p
LEFT JOIN yard.label AS l ON l.parcel_id = p.parcel_id
CROSS JOIN yard.echo(@ids, '{}', '{}', '{}', '{}', '{}', '{}', '{}') AS e
WHERE p.doi = @doi;

-- name: label_reserved :one
SELECT @conn::text || @cur::text || @row::text || @class::text AS joined;
