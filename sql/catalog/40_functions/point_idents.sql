CREATE OR REPLACE FUNCTION catalog.point_idents(
  _kind catalog.kind, _croids uuid[], _revision_ids uuid[], _are_known boolean[],
  _redirects uuid[] DEFAULT NULL
)
RETURNS void
LANGUAGE plpgsql
-- The check that a revision is there runs for each row: it is planned once, not each time.
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
BEGIN
  INSERT INTO catalog.ident (croid, kind, is_live, revision_id)
  SELECT u.croid, _kind, true, u.revision_id
  FROM unnest(_croids, _revision_ids, _are_known) AS u (croid, revision_id, is_known)
  WHERE NOT u.is_known;
  IF true = ANY (_are_known) THEN
    UPDATE catalog.ident AS i
    SET is_live = true, revision_id = u.revision_id, redirect_to = u.redirect_to
    FROM unnest(_croids, _revision_ids, _are_known, _redirects)
      AS u (croid, revision_id, is_known, redirect_to)
    WHERE i.croid = u.croid AND u.is_known;
  END IF;
END
$$;
COMMENT ON FUNCTION catalog.point_idents(catalog.kind, uuid[], uuid[], boolean[], uuid[]) IS 'Make these revisions or redirects current; what is not known yet becomes an object.';
