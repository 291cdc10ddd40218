-- name: moment_get :one
-- What this statement sees, as a name; nothing was committed between two statements of one name.
-- always one row
SELECT platform.tell_moment() AS moment;
