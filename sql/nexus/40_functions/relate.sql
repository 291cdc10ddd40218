CREATE OR REPLACE FUNCTION nexus.relate(_croids uuid[], _indexes bigint[] DEFAULT '{}')
RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
  _editgroup_id CONSTANT uuid := uuidv7();
  _asserters uuid[];
  _found uuid[];
  _count integer;
  _index bigint;
BEGIN
  -- One at a time: who names an object and whoever makes it must not pass each other unseen.
  PERFORM pg_advisory_xact_lock(hashtextextended('nexus.relation', 0));
  _asserters := ARRAY(
    SELECT u.croid FROM unnest(_croids) AS u (croid)
    UNION
    SELECT a.croid FROM nexus.list_asserters(_croids, _indexes) AS a (croid)
  );
  -- What others say of a merged object is said of its survivor: they are asked again below.
  DELETE FROM nexus.relation AS r USING catalog.ident AS i
  WHERE i.croid = ANY (_croids) AND i.redirect_to IS NOT NULL AND r.is_current
    AND r.object_key = i.croid AND (r.by_subject | r.by_nexus) <> 0;
  DELETE FROM nexus.relation AS r USING catalog.ident AS i
  WHERE i.croid = ANY (_croids) AND i.redirect_to IS NOT NULL AND r.is_current
    AND r.subject_croid = i.croid AND r.by_object <> 0;
  _found := ARRAY(
    SELECT DISTINCT d.croid
    FROM nexus.relation AS r
    JOIN croid.identifier AS d ON d.scheme = r.object_scheme AND d.value = r.object_value
    WHERE r.subject_croid = ANY (_asserters) AND r.object_value IS NOT NULL
  );
  _count := nexus.complete(_croids || _found, _editgroup_id);
  _count := _count + nexus.state(_asserters, _editgroup_id);
  IF _count > 0 THEN
    INSERT INTO catalog.editgroup (editgroup_id, editor_id, status, description)
    VALUES (_editgroup_id, nexus.editor(), 'accepted', format('relations: %s', _count));
    -- Last, since it holds up every other acceptance until commit.
    _index := catalog.append_changelog(_editgroup_id, nexus.editor(), 0);
    PERFORM pg_notify('nexus_changelog', _index::text);
  END IF;
  RETURN _index;
END
$$;
COMMENT ON FUNCTION nexus.relate(uuid[], bigint[]) IS 'Bring the relations of these objects, which changed under these indexes, up to date with the catalogue, on both sides; returns the new index of the changelog under which they show, NULL where nothing changed.';
