CREATE OR REPLACE FUNCTION gleba.refresh(_report text)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET enable_seqscan = on
AS $$
DECLARE
  _index bigint := coalesce((SELECT max(c.index) FROM catalog.changelog AS c), 0);
BEGIN
  -- One refresh of a report at a time; the row is also its clock.
  PERFORM FROM gleba.shelf_life AS s WHERE s.report = _report FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM platform.raise_error('no-such-report', _report);
  END IF;
  CASE _report
    WHEN 'doi-counts' THEN
      REFRESH MATERIALIZED VIEW CONCURRENTLY gleba.doi_count_by_prefix_type_year;
    WHEN 'enrichment-coverage' THEN
      REFRESH MATERIALIZED VIEW CONCURRENTLY gleba.enrichment_coverage_by_strategy;
    WHEN 'resolution' THEN
      REFRESH MATERIALIZED VIEW CONCURRENTLY gleba.resolution_count_by_prefix_month;
  END CASE;
  UPDATE gleba.shelf_life AS s
  SET refreshed_at = clock_timestamp(), as_of_index = _index WHERE s.report = _report;
  RETURN _index;
END
$$;
COMMENT ON FUNCTION gleba.refresh(text) IS 'Make a report anew while it can still be read; returns the index of the changelog it is of at least.';
