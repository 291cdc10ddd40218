-- What a body holds is read into columns where it is of the form, and is NULL where it is not.
DO $$
BEGIN
  ASSERT catalog.read_hash('00ff') = '\x00ff';
  ASSERT catalog.read_hash('00f') IS NULL AND catalog.read_hash('') IS NULL AND catalog.read_hash('0x') IS NULL;
  ASSERT catalog.read_whole('9223372036854775807') = 9223372036854775807;
  ASSERT catalog.read_whole('9223372036854775808') IS NULL;
  ASSERT catalog.read_whole('1.5') IS NULL AND catalog.read_whole('"1"') IS NULL AND catalog.read_whole(NULL) IS NULL;
  ASSERT catalog.read_integer('-44') = -44;
  ASSERT catalog.read_integer('2147483648') IS NULL AND catalog.read_integer('null') IS NULL;
  ASSERT catalog.read_moment('2016-09-19T17:20:24.5Z') = '2016-09-19 17:20:24.5+00';
  ASSERT catalog.read_moment('2016-02-30T17:20:24Z') IS NULL AND catalog.read_moment('now') IS NULL;
  ASSERT catalog.read_moment('2016-09-19T17:20:24') IS NULL;
  ASSERT catalog.read_day('2020-02-29') = '2020-02-29';
  ASSERT catalog.read_day('2021-02-29') IS NULL AND catalog.read_day('2021') IS NULL AND catalog.read_day('today') IS NULL;
END
$$;

-- The rows of each kind are made of the body alone, can be made again, and go with the object.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _release CONSTANT uuid := uuidv7();
  _named CONSTANT text := format('"releases": [{"croid": "%s"}]', croid.encode(_release));
  _croids uuid[] := '{}';
  _case record;
  _croid uuid;
BEGIN
  FOR _case IN
    SELECT *
    FROM (
      VALUES
      ('work', '{}'),
      ('creator', '{"display_name": "A", "orcid": "0000-0002-1825-0097"}'),
      ('container', '{"name": "J", "issnl": "0378-5955", "issnp": "0378-5955", "issne": "1050-124X"}'),
      ('file', '{"sha1": "00ff", "urls": [{"url": "u", "rel": "web"}], ' || _named || '}'),
      ('fileset', '{"manifest": [{"path": "a", "size": 1}], "urls": [{"url": "u", "rel": "web"}], ' || _named || '}'),
      ('webcapture', '{"cdx": [{"surt": "s"}], "archive_urls": [{"url": "u", "rel": "warc"}], ' || _named || '}')
    ) AS c (kind, body)
  LOOP
    _croid := uuidv7();
    _croids := _croids || _croid;
    PERFORM catalog.apply_edits(
      _vulcanus, '', NULL, NULL, '{create}', ARRAY[_croid], ARRAY[_case.kind]::catalog.kind[],
      ARRAY[_case.body], '{}', '{}', '{}', '{}'
    );
  END LOOP;
  PERFORM catalog.project_works(_croids[1:1]);
  PERFORM catalog.project_creators(_croids[2:2]);
  PERFORM catalog.project_containers(_croids[3:3]);
  PERFORM catalog.project_files(_croids[4:4]);
  PERFORM catalog.project_filesets(_croids[5:5]);
  PERFORM catalog.project_webcaptures(_croids[6:6]);
  ASSERT (SELECT count(*) FROM catalog.work WHERE croid = _croids[1]) = 1;
  ASSERT (SELECT display_name FROM catalog.creator WHERE orcid = '0000-0002-1825-0097') = 'A';
  ASSERT (
    SELECT array_agg(medium || ' ' || issn ORDER BY medium) FROM catalog.container_issn WHERE croid = _croids[3]
  ) = ARRAY['electronic 1050-124X', 'linking 0378-5955', 'print 0378-5955'];
  ASSERT (SELECT croid FROM catalog.file WHERE sha1 = '\x00ff') = _croids[4];
  ASSERT (SELECT croid FROM catalog.file_release WHERE release_croid = _release) = _croids[4];
  ASSERT (SELECT croid FROM catalog.fileset_release WHERE release_croid = _release) = _croids[5];
  ASSERT (SELECT croid FROM catalog.webcapture_release WHERE release_croid = _release) = _croids[6];
  ASSERT (SELECT array_agg(member ORDER BY member) FROM catalog.list_parts(_croids[5:5])) = ARRAY['manifest', 'urls'];
  ASSERT croid.resolve('orcid', '0000-0002-1825-0097') = _croids[2];

  UPDATE catalog.ident SET revision_id = NULL WHERE croid = ANY (_croids);
  PERFORM catalog.project(_croids);
  ASSERT NOT EXISTS (SELECT FROM catalog.work WHERE croid = ANY (_croids));
  ASSERT NOT EXISTS (SELECT FROM catalog.creator WHERE croid = ANY (_croids));
  ASSERT NOT EXISTS (SELECT FROM catalog.container_issn WHERE croid = ANY (_croids));
  ASSERT NOT EXISTS (SELECT FROM catalog.file_url WHERE croid = ANY (_croids));
  ASSERT NOT EXISTS (SELECT FROM catalog.fileset_file WHERE croid = ANY (_croids));
  ASSERT NOT EXISTS (SELECT FROM catalog.webcapture_cdx WHERE croid = ANY (_croids));
  ASSERT croid.resolve('orcid', '0000-0002-1825-0097') IS NULL;
END
$$;

-- Who contributed and what is cited, by object; abstracts by their hash.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _release CONSTANT uuid := uuidv7();
  _other CONSTANT uuid := uuidv7();
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create}', ARRAY[_release], '{release}', ARRAY[replace('{
      "title": ["T"], "author": [{"family": "Ng", "croid": "?"}], "chair": [{"family": "Ode"}],
      "reference": [{"croid": "?"}, {"key": "1"}, {"DOI": "10.5555/Q"}], "abstract": "<jats:p>A</jats:p>",
      "nexus": {
        "contributor": [{"name": "I", "nexus": {"role": "illustrator"}}],
        "abstract": {"lang": "en"}, "abstracts": [{"content": "B", "mimetype": "text/x", "lang": "de"}]
      }
    }', '?', croid.encode(_other))], '{}', '{}', '{}', '{}'
  );
  ASSERT (
    SELECT array_agg(concat_ws(' ', member, role, creator_croid = _other) ORDER BY member)
    FROM catalog.contributor WHERE croid = _release
  ) = ARRAY['author author t', 'chair', 'contributor illustrator'];
  ASSERT (
    SELECT array_agg(concat_ws(' ', position, doi, target_croid = _other) ORDER BY position)
    FROM catalog.reference WHERE croid = _release
  ) = ARRAY['0 t', '2 10.5555/q'];
  ASSERT (
    SELECT array_agg(concat_ws(' ', position, mimetype, language) ORDER BY position)
    FROM catalog.abstract WHERE croid = _release
  ) = ARRAY['0 application/xml+jats en', '1 text/x de'];
  ASSERT (SELECT sha256 FROM catalog.abstract WHERE croid = _release AND position = 1) = catalog.hash_part('abstract', '"B"');
  PERFORM catalog.clear_releases(ARRAY[_release]);
  PERFORM catalog.project_release_parts(ARRAY[_release]);
  ASSERT (SELECT count(*) FROM catalog.contributor WHERE croid = _release) = 3;
END
$$;

-- The identifiers of the kinds, in their normal form or not at all.
DO $$
BEGIN
  ASSERT (
    SELECT array_agg(scheme || ':' || value ORDER BY scheme)
    FROM catalog.list_identifiers('creator', '{"orcid": "0000-0002-1825-0097", "wikidata_qid": "Q42", "doi": "10.1/x"}')
  ) = ARRAY['orcid:0000-0002-1825-0097', 'wikidata:Q42'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('creator', '{"orcid": "0000-0002-1825-0098"}'));
  ASSERT (
    SELECT array_agg(scheme || ':' || value ORDER BY value)
    FROM catalog.list_identifiers('container', '{"issnl": "0378-5955", "issnp": "0378-5955", "issne": "1050-124X"}')
  ) = ARRAY['issn:0378-5955', 'issn:1050-124X'];
  ASSERT (
    SELECT array_agg(scheme || ':' || value ORDER BY scheme)
    FROM catalog.list_identifiers('release', '{"nexus": {"ext_ids": {
      "arxiv": "0806.2878v1", "pmid": "12", "wikidata_qid": "Q42", "hdl": "10.1234/x", "colour": "red", "mag": 7
    }}}')
  ) = ARRAY['arxiv:0806.2878v1', 'mag:7', 'pmid:12', 'wikidata:Q42'];
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('release', '{"nexus": {"ext_ids": []}}'));
  ASSERT NOT EXISTS (SELECT FROM catalog.list_identifiers('file', '{"orcid": "0000-0002-1825-0097"}'));
END
$$;
