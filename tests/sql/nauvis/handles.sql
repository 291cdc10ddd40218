-- DOIs that are not findable: states, minting, deletion and aliases, and who may change them.
CREATE TEMPORARY TABLE who AS
SELECT nauvis.create_member('Handle Press', ARRAY['10.5559', '10.5558']) AS member_id;

CREATE FUNCTION pg_temp.bot() RETURNS uuid LANGUAGE sql AS 'SELECT m.bot_id FROM nauvis.member AS m NATURAL JOIN who';

CREATE FUNCTION pg_temp.take(_doi text, _state nauvis.doi_state) RETURNS uuid
LANGUAGE plpgsql
AS $$
DECLARE
  _record nauvis.deposit_record;
  _deposit_id uuid;
BEGIN
  _deposit_id := nauvis.take_deposit(
    pg_temp.bot(), 'deposit', 'http', '\x00', 10, false, false, NULL, ARRAY['\x01']::bytea[],
    ARRAY[1], ARRAY[_doi], ARRAY[0::bigint], ARRAY[10], ARRAY[_doi::bytea], ARRAY[NULL::text],
    ARRAY[false], ARRAY[NULL::text], ARRAY[_state], NULL
  );
  SELECT r.* INTO _record FROM nauvis.deposit_record AS r WHERE r.deposit_id = _deposit_id;
  IF _state IS NULL THEN
    PERFORM catalog.revise(
      catalog.vulcanus(), '', '{}', 'release', ARRAY[_record.croid],
      ARRAY[format('{"DOI": "%s", "n": "%s"}', _doi, _record.deposit_id)], ARRAY['{}'],
      '{}', '{}', '{}'
    );
  ELSE
    PERFORM nauvis.hide(ARRAY[_record.croid], catalog.vulcanus(), 'hidden');
    PERFORM nauvis.hold_handles(
      ARRAY[_record.croid], ARRAY[_record.deposit_id], ARRAY[1], ARRAY['https://example.org/'],
      ARRAY['[{"URL": "https://example.net/"}]']
    );
  END IF;
  PERFORM nauvis.settle(
    ARRAY[_record.croid], ARRAY[_record.deposit_id], ARRAY[1], ARRAY['created']::nauvis.verdict[],
    ARRAY[NULL::uuid], ARRAY[NULL::bigint], ARRAY[NULL::text], ARRAY[NULL::text]
  );
  RETURN _record.croid;
END
$$;

CREATE FUNCTION pg_temp.refused(_statement text) RETURNS text LANGUAGE plpgsql
AS $$
BEGIN
  EXECUTE _statement;
  RETURN 'nothing';
EXCEPTION WHEN OTHERS THEN
  RETURN SQLERRM;
END
$$;

-- All nine changes, the beginnings, and the ends.
DO $$
DECLARE
  _legal text;
BEGIN
  SELECT string_agg(format('%s>%s', coalesce(b.state, '-'), coalesce(a.state, '-')), ' ' ORDER BY b.n, a.n)
  INTO _legal
  FROM unnest(ARRAY[NULL, 'draft', 'registered', 'findable']) WITH ORDINALITY AS b (state, n)
  CROSS JOIN unnest(ARRAY[NULL, 'draft', 'registered', 'findable']) WITH ORDINALITY AS a (state, n)
  WHERE nauvis.may_become(b.state::nauvis.doi_state, a.state::nauvis.doi_state);
  ASSERT _legal = '->- ->draft ->registered ->findable draft>- draft>draft draft>registered '
    'draft>findable registered>registered registered>findable findable>registered findable>findable', _legal;
END
$$;

-- The table itself holds to it, whoever writes.
DO $$
DECLARE
  _croid uuid := pg_temp.take('10.5559/s', 'draft');
BEGIN
  ASSERT nauvis.state_of(_croid) = 'draft' AND nauvis.state_of(uuidv7()) IS NULL;
  ASSERT (SELECT (h.url, h.member_id, h.locations -> 0 ->> 'URL') = ('https://example.org/', w.member_id, 'https://example.net/')
    FROM nauvis.handle AS h, who AS w WHERE h.doi = '10.5559/s');
  PERFORM pg_temp.take('10.5559/s', 'registered');
  ASSERT nauvis.state_of(_croid) = 'registered';
  ASSERT pg_temp.refused($q$UPDATE nauvis.handle SET state = 'draft', registered_at = NULL WHERE doi = '10.5559/s'$q$) = 'wrong-doi-state';
  ASSERT pg_temp.refused($q$DELETE FROM nauvis.handle WHERE doi = '10.5559/s'$q$) = 'wrong-doi-state';
  PERFORM pg_temp.take('10.5559/s', NULL);
  ASSERT nauvis.state_of(_croid) = 'findable';
  ASSERT NOT EXISTS (SELECT FROM nauvis.handle WHERE croid = _croid), 'the catalogue has it now';
  ASSERT pg_temp.refused($q$SELECT pg_temp.take('10.5559/s', 'draft')$q$) = 'wrong-doi-state';
  PERFORM pg_temp.take('10.5559/s', 'registered');
  ASSERT nauvis.state_of(_croid) = 'registered';
  ASSERT (SELECT state FROM catalog.ident WHERE croid = _croid) = 'deleted';
  ASSERT nauvis.hide(ARRAY[_croid], catalog.vulcanus(), 'again') IS NULL, 'hidden once';
  ASSERT pg_temp.refused(format($q$INSERT INTO nauvis.handle (croid, doi, state) VALUES (%L, '10.5559/other', 'draft')$q$, _croid)) = 'wrong-doi-state';
END
$$;

-- What is of a test, refused, or not findable drops no handle.
DO $$
DECLARE
  _croid uuid := pg_temp.take('10.5559/kept', 'draft');
  _row nauvis.deposit_record;
BEGIN
  SELECT r.* INTO _row FROM nauvis.deposit_record AS r WHERE r.croid = _croid;
  PERFORM nauvis.drop_handles(ARRAY[_croid], ARRAY[_row.deposit_id], ARRAY[1], ARRAY['updated']::nauvis.verdict[]);
  ASSERT EXISTS (SELECT FROM nauvis.handle WHERE croid = _croid);
END
$$;

-- Suffixes say nothing, and mistakes in them are found.
DO $$
DECLARE
  _suffix text := nauvis.coin_suffix();
  _text text := '7f3km2qz';
BEGIN
  ASSERT _suffix ~ '^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9]{2}$', _suffix;
  ASSERT right(_suffix, 2) = nauvis.check_digits(replace(left(_suffix, 9), '-', ''));
  ASSERT right(nauvis.check_digits('0' || _text), 2) = nauvis.check_digits(_text);
  ASSERT NOT EXISTS (
    SELECT FROM generate_series(1, 8) AS p (n), regexp_split_to_table('0123456789abcdefghjkmnpqrstvwxyz', '') AS c (c)
    WHERE c.c <> substr(_text, p.n, 1)
      AND nauvis.check_digits(overlay(_text PLACING c.c FROM p.n)) = nauvis.check_digits(_text)
  ), 'every single mistake';
  ASSERT NOT EXISTS (
    SELECT FROM generate_series(1, 7) AS p (n)
    WHERE nauvis.check_digits(overlay(_text PLACING reverse(substr(_text, p.n, 2)) FROM p.n)) = nauvis.check_digits(_text)
  ), 'every exchange';
END
$$;

DO $$
DECLARE
  _dois text[];
BEGIN
  SELECT array_agg(c.doi ORDER BY c.n) INTO _dois
  FROM nauvis.coin_dois(pg_temp.bot(), ARRAY[NULL, '10.5559', '10.7777', 'no prefix']) AS c;
  ASSERT _dois[1] LIKE '10.5558/%' AND _dois[2] LIKE '10.5559/%' AND _dois[3] LIKE '10.7777/%', _dois::text;
  ASSERT _dois[4] IS NULL;
  ASSERT (SELECT c.doi IS NULL FROM nauvis.coin_dois('00000000-0000-7000-8000-000000000002', ARRAY['10.5559']) AS c);
  PERFORM nauvis.reserve_minted(_dois[1:1]);
  ASSERT EXISTS (SELECT FROM croid.identifier WHERE value = _dois[1]);
  ASSERT pg_temp.refused(format('SELECT nauvis.reserve_minted(ARRAY[%L])', _dois[1])) = 'doi-taken';
END
$$;

-- Ownership.
DO $$
BEGIN
  ASSERT nauvis.check_owner(pg_temp.bot(), ARRAY['10.5558/a', '10.5559/b']) = (SELECT member_id FROM who);
  ASSERT pg_temp.refused($q$SELECT nauvis.check_owner(pg_temp.bot(), ARRAY['10.5558/a', '10.7777/b'])$q$) = 'not-your-prefix';
  ASSERT pg_temp.refused($q$SELECT nauvis.check_owner(catalog.vulcanus(), ARRAY['10.7777/b'])$q$) = 'not-your-prefix';
  ASSERT (SELECT o.croid IS NULL AND o.state IS NULL FROM nauvis.hold_own(pg_temp.bot(), '10.5558/none') AS o);
  PERFORM nauvis.hold_dois(ARRAY['10.5558/a', NULL, '10.5558/a']);
END
$$;

-- Deletion.
DO $$
DECLARE
  _deleted record;
  _croid uuid := pg_temp.take('10.5559/draft', 'draft');
BEGIN
  ASSERT (SELECT was FROM nauvis.delete_doi(pg_temp.bot(), '10.5559/draft', NULL)) = 'draft';
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5559/draft');
  ASSERT pg_temp.refused($q$SELECT nauvis.delete_doi(pg_temp.bot(), '10.5559/draft', NULL)$q$) = 'no-such-doi';
  _croid := pg_temp.take('10.5559/found', NULL);
  ASSERT pg_temp.refused($q$SELECT nauvis.delete_doi(pg_temp.bot(), '10.5559/found', uuidv7())$q$) = 'precondition-failed';
  SELECT * INTO _deleted FROM nauvis.delete_doi(
    pg_temp.bot(), '10.5559/found', (SELECT revision_id FROM catalog.ident WHERE croid = _croid)
  );
  ASSERT _deleted.was = 'findable' AND _deleted.index = (SELECT max(index) FROM catalog.changelog);
  ASSERT (SELECT deleted_at IS NOT NULL FROM nauvis.handle WHERE croid = _croid);
  ASSERT pg_temp.refused($q$SELECT nauvis.delete_doi(pg_temp.bot(), '10.5559/found', NULL)$q$) = 'doi-deleted';
END
$$;

-- What waits for its verdict is not deleted.
DO $$
DECLARE
  _croid uuid := pg_temp.take('10.5559/waits', 'draft');
BEGIN
  PERFORM nauvis.check_settled(_croid, '10.5559/waits');
  DELETE FROM nauvis.deposit_change WHERE croid = _croid;
  UPDATE nauvis.deposit SET settled_at = NULL
  WHERE deposit_id = (SELECT deposit_id FROM nauvis.deposit_record WHERE croid = _croid);
  ASSERT pg_temp.refused(format($q$SELECT nauvis.check_settled(%L, '')$q$, _croid)) = 'not-settled';
END
$$;

-- Aliases.
DO $$
BEGIN
  PERFORM pg_temp.take('10.5559/a', NULL);
  ASSERT nauvis.add_alias(pg_temp.bot(), '10.5559/a', '10.5558/old');
  ASSERT NOT nauvis.add_alias(pg_temp.bot(), '10.5559/a', '10.5558/old');
  ASSERT (SELECT t.value FROM nauvis.handle AS h JOIN croid.identifier AS t ON t.croid = h.alias_of
    WHERE h.doi = '10.5558/old') = '10.5559/a';
  ASSERT pg_temp.refused($q$SELECT nauvis.add_alias(pg_temp.bot(), '10.5559/a', '10.5559/a')$q$) = 'bad-alias';
  PERFORM pg_temp.take('10.5559/b', NULL);
  ASSERT pg_temp.refused($q$SELECT nauvis.add_alias(pg_temp.bot(), '10.5559/a', '10.5559/b')$q$) = 'alias-in-use';
  PERFORM nauvis.remove_alias(pg_temp.bot(), '10.5559/a', '10.5558/old');
  ASSERT NOT EXISTS (SELECT FROM croid.identifier WHERE value = '10.5558/old');
  ASSERT pg_temp.refused($q$SELECT nauvis.remove_alias(pg_temp.bot(), '10.5559/a', '10.5558/old')$q$) = 'no-such-alias';
END
$$;

-- Whatever writes it: a table with this trigger does not let a registered DOI become a draft or go.
CREATE TEMP TABLE some_handle (LIKE nauvis.handle INCLUDING DEFAULTS);
CREATE TRIGGER legal BEFORE INSERT OR UPDATE OR DELETE ON some_handle
FOR EACH ROW EXECUTE FUNCTION nauvis.check_handle();
INSERT INTO some_handle (croid, doi, state) VALUES (uuidv7(), '10.5555/some', 'registered');
DO $$
BEGIN
  BEGIN
    UPDATE some_handle SET state = 'draft';
    RAISE EXCEPTION 'a registered DOI became a draft';
  EXCEPTION WHEN SQLSTATE 'NX341' THEN
    NULL;
  END;
  BEGIN
    DELETE FROM some_handle;
    RAISE EXCEPTION 'a registered DOI was dropped';
  EXCEPTION WHEN SQLSTATE 'NX341' THEN
    NULL;
  END;
END
$$;
