DROP MATERIALIZED VIEW IF EXISTS gleba.doi_count_by_prefix_type_year;
CREATE MATERIALIZED VIEW gleba.doi_count_by_prefix_type_year AS
SELECT
  coalesce(r.prefix, '') AS prefix, coalesce(r.type, '') AS type,
  coalesce(r.issued_year, 0) AS issued_year, count(*) AS doi_count
FROM catalog.release AS r
WHERE r.doi IS NOT NULL
GROUP BY coalesce(r.prefix, ''), coalesce(r.type, ''), coalesce(r.issued_year, 0);
CREATE UNIQUE INDEX doi_count_by_prefix_type_year_prefix_type_issued_year_idx
ON gleba.doi_count_by_prefix_type_year (prefix, type, issued_year);
COMMENT ON MATERIALIZED VIEW gleba.doi_count_by_prefix_type_year IS 'Live DOIs per prefix, type of work and year of issue; year 0 is an unknown year.';
COMMENT ON INDEX gleba.doi_count_by_prefix_type_year_prefix_type_issued_year_idx IS 'Pages of the report, and its refresh while it is read.';
UPDATE gleba.shelf_life SET refreshed_at = NULL, as_of_index = NULL WHERE report = 'doi-counts';
