-- name: croid_mint :one
-- Make new CROIDs, 1 to 1,000, and announce them.
-- not null: *
SELECT croid.mint(@n::integer)::uuid[] AS croids;

-- name: croid_lock :exec
-- Serialise writers of these objects until commit.
SELECT croid.lock(@croids::uuid[]);
