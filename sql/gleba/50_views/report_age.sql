CREATE OR REPLACE VIEW gleba.report_age AS
SELECT
  s.report, s.title, s.as_of_index,
  s.refreshed_at AS generated_at, s.refreshed_at + s.shelf_life AS spoils_at,
  coalesce(s.refreshed_at + s.shelf_life <= now(), true) AS is_stale
FROM gleba.shelf_life AS s;
COMMENT ON VIEW gleba.report_age IS 'How old each report is, when it spoils, and whether it has.';
