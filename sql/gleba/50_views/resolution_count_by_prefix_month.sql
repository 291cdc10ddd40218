DROP MATERIALIZED VIEW IF EXISTS gleba.resolution_count_by_prefix_month;
CREATE MATERIALIZED VIEW gleba.resolution_count_by_prefix_month AS
SELECT
  u.prefix, u.month, u.outcome, u.agent, sum(u.resolution_count)::bigint AS resolution_count,
  max(u.doi_count) AS doi_count
FROM (
  SELECT
    split_part(r.doi, '/', 1) AS prefix,
    to_char(r.begun_at AT TIME ZONE 'UTC', 'YYYY-MM') AS month,
    r.outcome::text AS outcome, r.agent::text AS agent,
    sum(r.count)::bigint AS resolution_count, count(DISTINCT r.doi) AS doi_count
  FROM gleba.resolution AS r
  GROUP BY
    split_part(r.doi, '/', 1), to_char(r.begun_at AT TIME ZONE 'UTC', 'YYYY-MM'), r.outcome,
    r.agent
  UNION ALL
  SELECT m.prefix, m.month, m.outcome::text, m.agent::text, m.resolution_count, m.doi_count
  FROM gleba.resolution_month AS m
) AS u
GROUP BY u.prefix, u.month, u.outcome, u.agent;
CREATE UNIQUE INDEX resolution_count_by_prefix_month_prefix_month_outcome_agent_idx
ON gleba.resolution_count_by_prefix_month (prefix, month, outcome, agent);
COMMENT ON MATERIALIZED VIEW gleba.resolution_count_by_prefix_month IS 'How often names were resolved, and how many different ones, per prefix, month, outcome and kind of agent, of all months there ever were; no prefix is a CROID.';
COMMENT ON INDEX gleba.resolution_count_by_prefix_month_prefix_month_outcome_agent_idx IS 'Pages of the report, and its refresh while it is read.';
UPDATE gleba.shelf_life SET refreshed_at = NULL, as_of_index = NULL WHERE report = 'resolution';
