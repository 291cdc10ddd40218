-- name: label_copy_in :exec
COPY yard.label (parcel_id, n, note) FROM STDIN (FORMAT binary);

-- name: label_copy_out :exec
COPY (SELECT note FROM yard.label WHERE note LIKE 'out %' ORDER BY n) TO STDOUT;

-- name: stream_listen :exec
LISTEN yard_parcel;

-- name: stream_notify :exec
SELECT pg_notify('yard_parcel', @payload);
