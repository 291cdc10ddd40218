-- What is reserved for objects that never became live is given up; what is live keeps its names.
DO $$
DECLARE
  _croids uuid[];
BEGIN
  SELECT array_agg(r.croid ORDER BY r.n) INTO _croids
  FROM croid.reserve('doi', ARRAY['10.5555/free.1', '10.5555/free.2', '10.5555/free.3'], 'release') AS r;
  INSERT INTO catalog.ident (croid, kind, is_live) VALUES (_croids[1], 'release', true), (_croids[2], 'release', false);
  ASSERT croid.free(_croids) = 2;
  ASSERT croid.free(_croids) = 0;
  ASSERT (SELECT array_agg(value) FROM croid.identifier WHERE croid = ANY (_croids)) = ARRAY['10.5555/free.1'];
END
$$;

-- Identifiers are checked before anything is reserved: scheme, kind, normal form.
DO $$
DECLARE
  _attempt record;
BEGIN
  ASSERT croid.check_identifiers('doi', ARRAY['10.5555/x'], 'release');
  ASSERT NOT croid.check_identifiers('issn', ARRAY['0378-5955'], 'container');
  ASSERT croid.check_identifiers('hdl', '{}', 'release');
  FOR _attempt IN
    SELECT *
    FROM (
      VALUES
      ('nothing', ARRAY['x'], 'release', 'NX103'),
      ('ror', ARRAY['05gq02987'], 'release', 'NX104'),
      ('doi', ARRAY['10.5555/x', '10.5555/X'], 'release', 'NX102'),
      ('doi', ARRAY[NULL], 'release', 'NX102')
    ) AS a (scheme, identifiers, kind, code)
  LOOP
    BEGIN
      PERFORM croid.check_identifiers(_attempt.scheme, _attempt.identifiers, _attempt.kind);
      RAISE EXCEPTION 'passed';
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _attempt.code, format('%s: %s %s', _attempt, SQLSTATE, SQLERRM);
    END;
  END LOOP;
END
$$;

DO $$
BEGIN
  ASSERT croid.compute_lease_end(60) BETWEEN clock_timestamp() + INTERVAL '59 s' AND clock_timestamp() + INTERVAL '60 s';
END
$$;
