-- name: report_list :many
-- How old each report is.
SELECT a.report, a.title, a.as_of_index, a.generated_at, a.spoils_at, a.is_stale
FROM gleba.report_age AS a ORDER BY a.report;

-- name: report_get :one
-- How old a report is.
SELECT a.report, a.title, a.as_of_index, a.generated_at, a.spoils_at, a.is_stale
FROM gleba.report_age AS a WHERE a.report = @report;

-- name: report_refresh :one
-- Make a report anew.
SELECT gleba.refresh(@report::text)::bigint AS as_of_index;

-- name: report_doi_count_list :many
-- DOIs by prefix, type and year, a page at a time.
SELECT d.prefix, d.type, d.issued_year, d.doi_count
FROM gleba.doi_count_by_prefix_type_year AS d
WHERE
  (d.prefix, d.type, d.issued_year) > (@after_prefix::text, @after_type::text, @after_year::integer)
  AND (sqlc.narg('prefix')::text IS NULL OR d.prefix = sqlc.narg('prefix')::text)
ORDER BY d.prefix, d.type, d.issued_year
LIMIT @limit_count;

-- name: report_enrichment_coverage_list :many
-- How much each strategy enriched.
SELECT
  c.strategy, c.value_count, c.enriched_count, c.added_count, c.release_count,
  c.organisation_count
FROM gleba.enrichment_coverage_by_strategy AS c ORDER BY c.strategy;

-- name: report_resolution_list :many
-- How often names were resolved, by prefix, month, outcome and kind of agent, a page at a time.
SELECT r.prefix, r.month, r.outcome, r.agent, r.resolution_count, r.doi_count
FROM gleba.resolution_count_by_prefix_month AS r
WHERE
  (r.prefix, r.month, r.outcome, r.agent)
  > (@after_prefix::text, @after_month::text, @after_outcome::text, @after_agent::text)
  AND (sqlc.narg('prefix')::text IS NULL OR r.prefix = sqlc.narg('prefix')::text)
ORDER BY r.prefix, r.month, r.outcome, r.agent
LIMIT @limit_count;
