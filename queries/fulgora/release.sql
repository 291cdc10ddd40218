-- name: release_begin :one
-- Open the next release of a source and keep others from loading it.
SELECT fulgora.begin_release(@source::text, @label::text)::integer AS release_no;

-- name: release_store :one
-- Take rows of a release in.
-- not null: *
-- always one row
SELECT s.changed, s.older
FROM fulgora.store_records(
  @source::text, @release_no::integer,
  @keys::text[], @versions::text[], @hashes::bytea[], @records::bytea[]
) AS s (changed, older);

-- name: release_store_statements :one
-- Keep what rows of a release say about identifiers.
SELECT
  fulgora.store_statements(
    @source::text, @release_no::integer, @keys::text[], @hashes::bytea[],
    @schemes::text[], @identifiers::text[], @roles::text[], @facts::text[]
  )::integer AS stored;

-- name: release_end_missing :one
-- End the rows that a release which holds every row does not have.
SELECT
  fulgora.end_missing(@source::text, @release_no::integer, @keys::text[])::integer AS removed;

-- name: release_complete :one
-- Close a release and announce it; false when it changed nothing.
SELECT
  fulgora.complete_release(
    @source::text, @release_no::integer, @problem_count::integer
  )::boolean AS changed;

-- name: release_list :many
-- The releases of every source, newest first.
SELECT
  r.source, r.release_no, r.label, r.state::text AS state,
  r.row_count, r.changed_count, r.removed_count, r.older_count, r.problem_count, r.completed_at
FROM fulgora.release AS r ORDER BY r.source, r.release_no DESC;

-- name: release_is_known :one
-- Whether a release of this label was taken in.
SELECT EXISTS(
  SELECT FROM fulgora.release AS r
  WHERE r.source = @source::text AND r.label = @label::text AND r.state = 'complete'
)::boolean AS is_known;
