-- name: resolution_add :exec
-- Add what a process counted.
SELECT gleba.add_resolutions(
  @croids::uuid[], @dois::text[], @hours::timestamptz[], @outcomes::text[], @agents::text[],
  @locations::integer[], @counts::bigint[]
);
