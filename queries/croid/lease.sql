-- name: lease_take :one
-- Take the lease of an object; its fence is higher than any before it.
-- not null: *
-- always one row
SELECT l.fence, l.expires_at
FROM croid.take_lease(@croid::uuid, @holder::text, @ttl_s::integer) AS l (fence, expires_at);

-- name: lease_renew :one
-- Hold a lease for so many seconds from now.
-- not null: *
-- always one row
SELECT l.fence, l.expires_at
FROM croid.renew_lease(@croid::uuid, @fence::bigint, @ttl_s::integer) AS l (fence, expires_at);

-- name: lease_release :exec
-- Let go of a lease.
SELECT croid.release_lease(@croid::uuid, @fence::bigint);

-- name: lease_check_fence :exec
-- Refuse a fence that is not the current one of the object's lease.
SELECT croid.check_fence(@croid::uuid, @fence::bigint);

-- name: lease_get :one
-- Who holds the lease of an object and until when.
SELECT l.croid, l.holder, l.fence, l.expires_at, l.taken_at
FROM croid.lease AS l
WHERE l.croid = @croid;
