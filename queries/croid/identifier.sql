-- name: identifier_resolve :one
-- The live object that an identifier in normal form names, the survivor if it was merged.
SELECT croid.resolve(@scheme::text, @value::text) AS croid;

-- name: identifier_reserve :many
-- The object each identifier belongs to, made for those that have none.
-- not null: *
SELECT r.n, r.value, r.croid, r.is_new
FROM croid.reserve(@scheme::text, @values::text[], @kind::text) AS r (n, value, croid, is_new);

-- name: identifier_list :many
-- The identifiers of an object.
SELECT i.scheme, i.value, i.is_unique
FROM croid.identifier AS i
WHERE i.croid = @croid
ORDER BY i.scheme, i.value;

-- name: identifier_find :many
-- Which objects these values of one scheme name, reserved ones among them.
SELECT i.value, i.croid, i.kind
FROM croid.identifier AS i
WHERE i.scheme = @scheme AND i.value = any(@values::text[])
ORDER BY i.value, i.croid;
