CREATE OR REPLACE FUNCTION catalog.accept(_editgroup_id uuid, _editor_id uuid)
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _group catalog.editgroup := catalog.hold_editgroup(_editgroup_id);
  _croids uuid[];
  _index bigint;
BEGIN
  PERFORM catalog.check_editor(_editor_id, 'admin');
  PERFORM catalog.check_results(_editgroup_id);
  _croids := catalog.lock_idents(_editgroup_id);
  PERFORM catalog.check_bases(_editgroup_id);
  PERFORM catalog.check_redirects(_editgroup_id);
  PERFORM catalog.point_idents(
    NULL, array_agg(e.croid), array_agg(e.revision_id), array_agg(true), array_agg(e.redirect_to)
  )
  FROM catalog.edit AS e WHERE e.editgroup_id = _editgroup_id;
  PERFORM catalog.project(_croids);
  UPDATE catalog.editgroup AS g SET status = 'accepted' WHERE g.editgroup_id = _editgroup_id;
  _index := catalog.append_changelog(_editgroup_id, _editor_id, cardinality(_croids));
  -- All commit or none does.
  PERFORM platform.announce('accepted', _croids, _index);
  IF _group.editor_id <> catalog.vulcanus() THEN
    PERFORM platform.announce('edited', _croids, _index);
  END IF;
  PERFORM pg_notify('nexus_changelog', _index::text);
  RETURN _index;
END
$$;
COMMENT ON FUNCTION catalog.accept(uuid, uuid) IS 'Make the edits of an editgroup current, all or none, in the name of an admin; returns the new index of the changelog. Lock order: editgroup, idents by croid, clock.';
