-- name: resolution_add :exec
-- Add what a process counted.
SELECT gleba.add_resolutions(
  @croids::uuid[], @dois::text[], @hours::timestamptz[], @outcomes::text[], @agents::text[],
  @locations::integer[], @counts::bigint[]
);

-- name: resolution_fold :one
-- Keep of the oldest month that ended before a time its counts alone; which one.
-- always one row
SELECT gleba.fold_resolutions(@before::timestamptz)::text AS month;
