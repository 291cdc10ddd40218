SET LOCAL ROLE nexus_owner;

-- One object for one identifier: within a call, between calls, announced once.
DO $$
DECLARE
  _first uuid[];
  _new boolean[];
  _again uuid[];
BEGIN
  PERFORM platform.ensure_queue('catalog_minted_test');
  INSERT INTO platform.subscription (event, queue) VALUES ('croid-minted', 'catalog_minted_test');
  SELECT array_agg(r.croid ORDER BY r.n), array_agg(r.is_new ORDER BY r.n) INTO _first, _new
  FROM croid.reserve('doi', ARRAY['10.5555/b', '10.5555/a', '10.5555/b'], 'release') AS r;
  ASSERT _first[1] = _first[3] AND _first[1] <> _first[2];
  ASSERT _new = ARRAY[true, true, false];
  SELECT array_agg(r.croid ORDER BY r.n), array_agg(r.is_new ORDER BY r.n) INTO _again, _new
  FROM croid.reserve('doi', ARRAY['10.5555/a', '10.5555/c', '10.5555/b'], 'release') AS r;
  ASSERT _again[1] = _first[2] AND _again[3] = _first[1];
  ASSERT _new = ARRAY[false, true, false];
  PERFORM croid.reserve('doi', ARRAY['10.5555/a'], 'release');
  PERFORM croid.reserve('doi', '{}', 'release');
  ASSERT (SELECT array_agg(jsonb_array_length(q.message -> 'croids') ORDER BY q.msg_id) FROM pgmq.q_catalog_minted_test AS q)
    = ARRAY[2, 1], 'only what is new is announced';
END
$$;

-- Schemes whose values are shared still give one object to those who ask for it.
DO $$
DECLARE
  _croid uuid;
BEGIN
  SELECT r.croid INTO _croid FROM croid.reserve('issn', ARRAY['0378-5955'], 'container') AS r;
  ASSERT (SELECT r.croid FROM croid.reserve('issn', ARRAY['0378-5955'], 'container') AS r) = _croid;
  INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
  VALUES ('issn', '0378-5955', uuidv7(), 'container', false);
  ASSERT (SELECT r.croid FROM croid.reserve('issn', ARRAY['0378-5955'], 'container') AS r) = _croid, 'the oldest';
END
$$;

DO $$
DECLARE
  _refusal record;
BEGIN
  PERFORM croid.reserve('hdl', ARRAY['2381/1'], 'release');
  FOR _refusal IN
    SELECT *
    FROM (
      VALUES
      ('dx', '10.5555/x', 'release', 'NX103'),
      (NULL, '10.5555/x', 'release', 'NX103'),
      ('doi', '10.5555/X', 'release', 'NX102'),
      ('doi', ' 10.5555/x', 'release', 'NX102'),
      ('doi', NULL, 'release', 'NX102'),
      ('orcid', '0000-0002-1825-0098', 'creator', 'NX102'),
      ('orcid', '0000-0002-1825-0097', 'release', 'NX104'),
      ('hdl', '2381/1', 'file', 'NX104')
    ) AS r (scheme, value, kind, code)
  LOOP
    BEGIN
      PERFORM croid.reserve(_refusal.scheme, ARRAY[_refusal.value], _refusal.kind);
      RAISE EXCEPTION 'reserved %', _refusal;
    EXCEPTION WHEN OTHERS THEN
      ASSERT SQLSTATE = _refusal.code, format('%s: %s %s', _refusal, SQLSTATE, SQLERRM);
    END;
  END LOOP;
END
$$;

-- What no function would write, no statement can.
DO $$
DECLARE
  _row record;
BEGIN
  PERFORM croid.reserve('doi', ARRAY['10.5555/taken'], 'release');
  FOR _row IN
    SELECT *
    FROM (
      VALUES
      ('doi', '10.5555/taken', true, 'identifier_scheme_value_idx'),
      ('doi', '10.5555/shared', false, 'is_unique_as_its_scheme'),
      ('issn', '0378-5955', true, 'is_unique_as_its_scheme'),
      ('doi', '10.5555/X', true, 'doi_is_folded_ascii'),
      ('hdl', '2381/a b', true, 'value_is_visible_nfc'),
      ('hdl', E'2381/a\u200B', true, 'value_is_visible_nfc'),
      ('hdl', E'2381/h\u0331', true, 'value_is_visible_nfc'),
      ('hdl', '', true, 'value_fits_its_index'),
      ('hdl', repeat('x', 2001), true, 'value_fits_its_index')
    ) AS r (scheme, value, is_unique, guard)
  LOOP
    DECLARE
      _guard text;
    BEGIN
      INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
      VALUES (_row.scheme, _row.value, uuidv7(), 'release', _row.is_unique);
      SET CONSTRAINTS ALL IMMEDIATE;
      RAISE EXCEPTION 'stored %', _row;
    EXCEPTION WHEN integrity_constraint_violation OR unique_violation OR check_violation OR foreign_key_violation THEN
      GET STACKED DIAGNOSTICS _guard = CONSTRAINT_NAME;
      ASSERT _guard = _row.guard, format('%s: %s', _row, _guard);
    END;
  END LOOP;
END
$$;

-- The table of schemes says the same of uniqueness as the constraint of identifiers.
DO $$
DECLARE
  _scheme record;
BEGIN
  FOR _scheme IN SELECT s.scheme, s.is_unique FROM croid.scheme AS s LOOP
    BEGIN
      INSERT INTO croid.identifier (scheme, value, croid, kind, is_unique)
      VALUES (_scheme.scheme, '10.5555/agreed', uuidv7(), 'release', NOT _scheme.is_unique);
      RAISE EXCEPTION 'stored %', _scheme;
    EXCEPTION WHEN check_violation THEN
      NULL;
    END;
  END LOOP;
END
$$;
