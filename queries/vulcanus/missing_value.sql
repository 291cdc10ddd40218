-- name: missing_value_count :one
-- Places that lack a strategy's value, and releases with such places.
-- always one row
-- not null: *
SELECT count(*)::bigint AS place_count, count(DISTINCT m.croid)::bigint AS object_count
FROM vulcanus.missing_value AS m WHERE m.strategy = @strategy;

-- name: missing_value_text_list :many
-- The texts that most often stay without a value of a strategy.
-- not null: *
SELECT m.text::text AS text, count(*)::bigint AS place_count
FROM vulcanus.missing_value AS m
WHERE m.strategy = @strategy
GROUP BY m.text ORDER BY place_count DESC, m.text LIMIT @limit_count;

-- name: missing_value_list :many
-- Places that lack a strategy's value, release by release.
-- not null: *
-- nullable: doi
SELECT m.croid, r.doi, m.pointer::text AS pointer, m.text::text AS text
FROM vulcanus.missing_value AS m
JOIN catalog.release AS r ON r.croid = m.croid
WHERE m.strategy = @strategy
ORDER BY m.croid, m.pointer LIMIT @limit_count;

-- name: missing_value_stale_list :many
-- Releases with a stale layer of a strategy.
-- not null: *
-- nullable: doi
SELECT l.croid, r.doi
FROM vulcanus.stale_layer AS l
JOIN catalog.release AS r ON r.croid = l.croid
WHERE l.strategy = @strategy
ORDER BY l.croid LIMIT @limit_count;
