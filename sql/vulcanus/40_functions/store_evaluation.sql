CREATE OR REPLACE FUNCTION vulcanus.store_evaluation(
  _task text, _method text, _version text, _part text, _truth_name text, _truth_sha256 bytea,
  _candidate_count integer, _case_count integer, _answered_count integer, _right_count integer,
  _strange_count integer, _strange_answered_count integer, _per_second real, _intervals text
)
RETURNS uuid
LANGUAGE sql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
  INSERT INTO vulcanus.evaluation (
    task, method, version, part, truth_name, truth_sha256, candidate_count, case_count,
    answered_count, right_count, strange_count, strange_answered_count, per_second, intervals
  )
  VALUES (
    _task, _method, _version, _part, _truth_name, _truth_sha256, _candidate_count, _case_count,
    _answered_count, _right_count, _strange_count, _strange_answered_count, _per_second,
    _intervals::jsonb
  )
  RETURNING evaluation_id;
$$;
COMMENT ON FUNCTION vulcanus.store_evaluation(
  text, text, text, text, text, bytea,
  integer, integer, integer, integer, integer, integer, real, text
) IS 'Keep what a strategy, or a method beside it, was measured to do on one part of a truth file.';
