CREATE OR REPLACE FUNCTION nauvis.may_become(_before nauvis.doi_state, _after nauvis.doi_state)
RETURNS boolean
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp
AS $$
  SELECT (_before, _after) IN (
    SELECT t.before, t.after
    FROM (VALUES
      ('draft'::nauvis.doi_state, 'draft'::nauvis.doi_state),
      ('draft', 'registered'), ('draft', 'findable'),
      ('registered', 'registered'), ('registered', 'findable'),
      ('findable', 'registered'), ('findable', 'findable')
    ) AS t (before, after)
  ) OR _before IS NULL OR (_before = 'draft' AND _after IS NULL);
$$;
COMMENT ON FUNCTION nauvis.may_become(nauvis.doi_state, nauvis.doi_state) IS 'Whether a DOI may go from one state to another; null is one that there is not: anything may begin, only a draft may end.';
