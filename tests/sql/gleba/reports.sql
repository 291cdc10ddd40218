-- A report is fresh when it was made, spoils after its shelf life, and says which index it is of.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _index bigint;
  _age record;
BEGIN
  SELECT a.index INTO _index FROM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create, create, create}', '{}', '{release, release, release}', ARRAY[
      '{"DOI": "10.5555/g.1", "type": "book", "issued": {"date-parts": [[2020]]}}',
      '{"DOI": "10.5555/g.2", "type": "book", "issued": {"date-parts": [[2020, 1]]}}',
      '{"DOI": "10.5556/g.3", "author": [{"affiliation": [{"name": "a"}, {"name": "b", "id": [{"id": "https://ror.org/05gq02987"}]}]}]}'
    ], '{}', '{}', '{}', '{}'
  ) AS a;
  SELECT * INTO _age FROM gleba.report_age WHERE report = 'doi-counts';
  ASSERT _age.is_stale AND _age.generated_at IS NULL, 'never made';
  ASSERT gleba.refresh('doi-counts') = _index;
  ASSERT gleba.refresh('enrichment-coverage') = _index;
  SELECT * INTO _age FROM gleba.report_age WHERE report = 'doi-counts';
  ASSERT NOT _age.is_stale AND _age.as_of_index = _index AND _age.spoils_at > _age.generated_at;
  ASSERT (SELECT doi_count FROM gleba.doi_count_by_prefix_type_year
    WHERE prefix = '10.5555' AND type = 'book' AND issued_year = 2020) = 2;
  ASSERT (SELECT doi_count FROM gleba.doi_count_by_prefix_type_year
    WHERE prefix = '10.5556' AND type = '' AND issued_year = 0) = 1;
  ASSERT (SELECT value_count = 2 AND enriched_count = 1 FROM gleba.enrichment_coverage_by_strategy
    WHERE strategy = 'affiliation-ror');
  ASSERT (SELECT value_count = 0 FROM gleba.enrichment_coverage_by_strategy WHERE strategy = 'funder-ror');
  UPDATE gleba.shelf_life SET refreshed_at = now() - INTERVAL '1 day' WHERE report = 'doi-counts';
  ASSERT (SELECT is_stale FROM gleba.report_age WHERE report = 'doi-counts');
  BEGIN
    PERFORM gleba.refresh('no-report');
    RAISE EXCEPTION 'refreshed';
  EXCEPTION WHEN SQLSTATE 'NX600' THEN
    NULL;
  END;
END
$$;
