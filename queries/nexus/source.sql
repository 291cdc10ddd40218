-- name: source_list :many
-- The members of a body that assert relations, with their bits.
SELECT s.source, s.bit FROM nexus.source AS s ORDER BY s.source;
