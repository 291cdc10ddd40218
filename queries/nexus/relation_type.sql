-- name: relation_type_list :many
-- Every way in which objects relate, with its inverse.
SELECT t.relation_type, t.inverse, t.is_stored, t.title
FROM nexus.relation_type AS t
ORDER BY t.relation_type;
