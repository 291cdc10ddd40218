-- name: evaluation_store :one
-- Keep what was measured on one part of a truth file.
SELECT vulcanus.store_evaluation(
  @task::text, @method::text, @version::text, @part::text, @truth_name::text, @truth_sha256::bytea,
  @candidate_count::integer, @case_count::integer, @answered_count::integer, @right_count::integer,
  @strange_count::integer, @strange_answered_count::integer, @per_second::real, @intervals::text
)::uuid AS evaluation_id;
