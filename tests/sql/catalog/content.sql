-- Content has one hash: kind, body as PostgreSQL prints it, and the hashes of its parts.
DO $$
DECLARE
  _one CONSTANT bytea := catalog.content_hash('release', '{"b": 1, "a": 2}', '{}');
BEGIN
  ASSERT _one = catalog.content_hash('release', '{"a":2,"b":1}', '{}');
  ASSERT length(_one) = 32;
  ASSERT _one = sha256(convert_to(E'release\n{"a": 2, "b": 1}\n', 'UTF8') || array_send('{}'::bytea[]));
  ASSERT _one <> catalog.content_hash('work', '{"b": 1, "a": 2}', '{}');
  ASSERT _one <> catalog.content_hash('release', '{"b": 1, "a": 3}', '{}');
  ASSERT _one <> catalog.content_hash('release', '{"b": 1, "a": 2}', ARRAY['\x00'::bytea]);
  ASSERT catalog.content_hash('release', '{}', ARRAY['\x01', '\x02']::bytea[])
    <> catalog.content_hash('release', '{}', ARRAY['\x02', '\x01']::bytea[]);
  ASSERT catalog.content_hash('release', NULL, '{}') IS NULL;
  ASSERT catalog.hash_part('author', '[1]') <> catalog.hash_part('editor', '[1]');
  ASSERT catalog.hash_part('author', '[1]') = sha256(convert_to(E'author\n[1]', 'UTF8'));
END
$$;

-- Dates of Crossref: a day only where there is one.
DO $$
DECLARE
  _case record;
BEGIN
  FOR _case IN
    SELECT *
    FROM (
      VALUES
      ('{"date-parts": [[2020, 2, 29]]}', '2020-02-29'::date, 2020),
      ('{"date-parts": [[2021, 2, 29]]}', NULL, 2021),
      ('{"date-parts": [[2021, 2]]}', NULL, 2021),
      ('{"date-parts": [["2021", "2", "3"]]}', '2021-02-03', 2021),
      ('{"date-parts": [[2021.5, 2, 3]]}', NULL, NULL),
      ('{"date-parts": [["x", 2, 3]]}', NULL, NULL),
      ('{"date-parts": [[99999, 1, 1]]}', NULL, NULL),
      ('{"date-parts": [[2021, 4, 31]]}', NULL, 2021),
      ('{"date-parts": [[2021, 12, 31]]}', '2021-12-31', 2021),
      ('{"date-parts": [[2021, 13, 1]]}', NULL, 2021),
      ('{"date-parts": [[99999999999, 1, 1]]}', NULL, NULL),
      ('{"date-parts": [[0, 1, 1]]}', NULL, 0),
      ('{"date-parts": [[null]]}', NULL, NULL),
      ('{"date-parts": []}', NULL, NULL),
      ('[]', NULL, NULL),
      ('"2020"', NULL, NULL),
      (NULL, NULL, NULL)
    ) AS c (given, day, year)
  LOOP
    ASSERT catalog.read_date(_case.given::jsonb) IS NOT DISTINCT FROM _case.day, _case;
    ASSERT catalog.read_year(_case.given::jsonb) IS NOT DISTINCT FROM _case.year, _case;
  END LOOP;
END
$$;

DO $$
BEGIN
  ASSERT (SELECT array_agg(place || ':' || element ORDER BY place) FROM catalog.list_elements('["a", {"b": 1}, null]'))
    = ARRAY['0:"a"', '1:{"b": 1}', '2:null'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements('{"a": 1}'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements('null'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_elements(NULL));
END
$$;

-- The identifiers of a body; a funder id is a claim, and only of an organisation that is active.
DO $$
BEGIN
  ASSERT (
    SELECT array_agg(format('%s:%s:%s', scheme, value, is_claim) ORDER BY scheme, value)
    FROM catalog.list_identifiers('release', '{"DOI": "10.5555/ABC", "ISBN": ["9781566199094", "9781566199095"]}')
  ) = ARRAY['doi:10.5555/abc:f', 'isbn:9781566199094:f'];
  ASSERT (
    SELECT array_agg(format('%s:%s:%s', scheme, value, is_claim) ORDER BY scheme, value)
    FROM catalog.list_identifiers('organisation', '{
      "id": "https://ror.org/05gq02987", "status": "active",
      "external_ids": [{"type": "fundref", "all": ["1", "2"]}, {"type": "grid", "all": ["x"]}]
    }')
  ) = ARRAY['funder:10.13039/1:t', 'funder:10.13039/2:t', 'ror:05gq02987:f'];
  ASSERT (
    SELECT array_agg(scheme) FROM catalog.list_identifiers('organisation', '{
      "id": "https://ror.org/05gq02987", "status": "withdrawn", "external_ids": [{"type": "fundref", "all": ["1"]}]
    }')
  ) = ARRAY['ror'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('work', '{"DOI": "10.5555/x"}'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('release', '{"ISBN": "9781566199094"}'));
END
$$;
