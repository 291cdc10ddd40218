-- Identifiers are compared without what is written around them; what is none of its form is nothing.
DO $$
BEGIN
  ASSERT (
    SELECT bool_and(aquilo.fold_value(v.form, v.given) IS NOT DISTINCT FROM v.folded)
    FROM (
      VALUES
      ('doi', 'https://doi.org/10.5555/A', '10.5555/a'), ('prefix', '10.5555/A/b', '10.5555'),
      ('funder', '100000001', '10.13039/100000001'), ('funder', 'doi:10.13039/1', '10.13039/1'),
      ('orcid', 'http://orcid.org/0000-0002-9079-593x', '0000-0002-9079-593X'), ('orcid', 'x', NULL),
      ('ror', 'https://ror.org/052gg0110', '052gg0110'), ('ror', 'https://isni.org/1', NULL),
      ('issn', 'http://id.crossref.org/issn/12345679', '1234-5679'), ('isbn', '978-1-56619-909-4', '9781566199094'),
      ('member', 'http://id.crossref.org/member/98', '98'), ('label', 'journal-article', 'Journal Article'),
      ('url', 'https://A.org/b/', 'a.org/b'), ('lower', ' VoR ', 'vor'), ('exact', ' ', NULL)
    ) AS v (form, given, folded)
  );
  ASSERT aquilo.fold_text('<i>Über</i> a<b and H<sub>2</sub>O') = 'uber a<b and h2o';
  ASSERT aquilo.hash_title('a: b') = aquilo.hash_title('a b') AND aquilo.hash_title('a') <> aquilo.hash_title('b');
  ASSERT aquilo.make_terms('orcid', 'orcid', '{0000-0002-9079-593X,no}') = '{orcid=0000-0002-9079-593X}';
  ASSERT aquilo.join_terms('{a=1,a=2}', '{b=3}') = ARRAY[E'a=1\u001fb=3', E'a=2\u001fb=3'];
  ASSERT (SELECT array_agg(c) FROM aquilo.combine_terms('{a,b,c}') AS c)
    = ARRAY['a', 'b', 'c', E'a\u001fb', E'a\u001fc', E'b\u001fc', E'a\u001fb\u001fc'];
END
$$;

-- What a body says becomes terms and words; what belongs together is kept together.
DO $$
DECLARE
  _body CONSTANT jsonb := aquilo.prepare_body($body${
    "author": [{"family": "Lovelace", "ORCID": "https://orcid.org/0000-0002-9079-593X"}], "editor": [{"name": "Team"}],
    "license": [{"URL": "http://a.org/", "content-version": "vor"}, {"URL": "http://b.org", "content-version": "am"}],
    "funder": [{"DOI": "10.13039/1", "award": ["A", "B"]}], "award": 7,
    "relation": {"cites": [{"id-type": "doi", "id": "10.5555/X"}], "odd": "odd"}, "title": ["Light"], "assertion": "odd"
  }$body$);
BEGIN
  ASSERT jsonb_array_length(_body -> 'people') = 2 AND _body #>> '{relations,0,type}' = 'cites';
  ASSERT aquilo.list_terms(_body) @> ARRAY[
    'has-orcid', 'orcid=0000-0002-9079-593X', E'license.url=a.org\u001flicense.version=vor',
    E'award.funder=10.13039/1\u001faward.number=b', 'relation.object=10.5555/x', 'has-relation'
  ];
  ASSERT NOT aquilo.list_terms(_body) && ARRAY[E'license.url=a.org\u001flicense.version=am', 'has-abstract'];
  ASSERT aquilo.list_words(_body) = '''author/lovelace'' ''editor/team'' ''title/light''';
  ASSERT aquilo.list_terms('{}') = '{}' AND aquilo.list_words('{}') = '';
  ASSERT aquilo.join_texts(_body, '{$.title[*],$.nothing}') = 'Light';
  ASSERT aquilo.write_search(_body || '{"title": ["Galaxies"]}', 'en') @@ 'galaxi:A & lovelace:B';
  ASSERT aquilo.write_search(_body, 'xx') = aquilo.write_search(_body, NULL);
  ASSERT aquilo.read_text_config('de-AT') = 'german'::regconfig AND aquilo.read_text_config('xx') IS NULL;
  ASSERT aquilo.list_amounts('{"project": [{"award-amount": {"amount": 7}}, {"award-amount": {"amount": "x"}}]}') = '{7}';
END
$$;

-- Dates that lack a day mean its first.
DO $$
BEGIN
  ASSERT aquilo.read_first_day('{"date-parts": [[2020, 2]]}') = '2020-02-01';
  ASSERT aquilo.read_first_day('{"date-parts": [[2020, 2, 31]]}') = '2020-02-01';
  ASSERT aquilo.read_first_day('{"date-parts": [[null]]}') = '-infinity' AND aquilo.read_first_day(NULL) = '-infinity';
  ASSERT aquilo.read_published(
    '{"issued": {"date-parts": [[2019]]}, "published-print": {"date-parts": [[2021]]}, "published-online": {"date-parts": [[2020, 5]]}}'
  ) = '2020-05-01';
  ASSERT aquilo.read_published('{}') = '-infinity';
END
$$;

-- Words become a query that holds of what has all of them.
DO $$
DECLARE
  _light CONSTANT tsvector := aquilo.write_search('{"title": ["A light in the houses of X-ray"]}', 'en');
BEGIN
  ASSERT (
    SELECT bool_and(_light @@ aquilo.write_query(q.words))
    FROM unnest('{light house,"lights HOUSE","\"light in the\" hous*",x-ray,"light ( ) & | ! :* ''"}'::text[]) AS q (words)
  );
  ASSERT NOT _light @@ aquilo.write_query('light dark') AND NOT _light @@ aquilo.write_query('"in light"');
  ASSERT numnode(aquilo.write_query('&|!')) = 0 AND numnode(aquilo.write_field_query('{author}', '&|!')) = 0;
  ASSERT aquilo.write_field_query('{author,editor}', 'Ada* x')::text
    = '( ''author/ada'':* | ''editor/ada'':* ) & ( ''author/x'' | ''editor/x'' )';
  ASSERT _light @@ aquilo.relax_query('ligth in houses of') AND numnode(aquilo.relax_query('one')) = 0;
END
$$;

-- What updates a work is kept beside the documents, and how often a work is cited.
DO $$
DECLARE
  _vulcanus CONSTANT uuid := '00000000-0000-7000-8000-000000000001';
  _croids CONSTANT uuid[] := ARRAY[uuidv7(), uuidv7()];
BEGIN
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{create,create}', _croids, '{release,release}', ARRAY[
      '{"DOI": "10.5555/aquilo.a", "title": ["A"], "abstract": "text"}',
      '{"DOI": "10.5555/aquilo.b", "title": ["B"], "reference": [{"DOI": "10.5555/aquilo.a"}],
        "update-to": [{"DOI": "10.5555/AQUILO.A", "type": "retraction", "updated": {"date-parts": [[2020, 1, 2]]}}]}'
    ], '{}', '{}', '{}', '{}'
  );
  ASSERT aquilo.index_documents(_croids) = 2;
  ASSERT (SELECT c.cited_by_count FROM aquilo.cited AS c WHERE c.croid = _croids[1]) = 1;
  ASSERT (SELECT n.doi FROM aquilo.notice AS n WHERE n.croid = _croids[2]) = '10.5555/aquilo.a';
  ASSERT (
    SELECT w.updated_by::jsonb = '[{"DOI": "10.5555/aquilo.b", "type": "retraction", "source": "publisher", "updated": {"date-parts": [[2020, 1, 2]]}}]'
    FROM aquilo.work AS w WHERE w.croid = _croids[1]
  );
  ASSERT aquilo.read_index_body(_croids[1]) @> '{"abstract": true, "title": ["A"]}';
  ASSERT (
    SELECT c.total = 2 AND c.current = 0 AND c.by_year = '[]'
    FROM aquilo.count_term('{doi=10.5555/aquilo.a,doi=10.5555/aquilo.b}', '2020-01-01') AS c
  );
  PERFORM catalog.apply_edits(
    _vulcanus, '', NULL, NULL, '{update}', _croids[2:], '{release}',
    ARRAY['{"DOI": "10.5555/aquilo.b", "title": ["B"]}'], '{}', '{}', '{}', '{}'
  );
  PERFORM aquilo.count_citations(_croids[2:]);
  ASSERT (SELECT c.cited_by_count FROM aquilo.cited AS c WHERE c.croid = _croids[1]) = 0, 'it cites it no more';
  UPDATE catalog.release SET publisher = 'Salt Press', issn = '{12345679}', container_title = 'Brine'
  WHERE croid = _croids[1];
  PERFORM aquilo.index_listed(_croids);
  PERFORM aquilo.index_listed(_croids);
  ASSERT (
    SELECT array_agg(l.collection || ' ' || l.id || ' ' || l.name ORDER BY l.collection)
      = '{journals 1234-5679 Brine,prefixes 10.5555 Salt Press}'
    FROM aquilo.listing AS l WHERE l.name IN ('Brine', 'Salt Press')
  );
  DELETE FROM catalog.reference WHERE croid = _croids[2];
  PERFORM aquilo.count_citations(_croids);
  PERFORM aquilo.index_notices(_croids);
  ASSERT (SELECT c.cited_by_count FROM aquilo.cited AS c WHERE c.croid = _croids[1]) = 0;
  -- A reference of an earlier revision alone is none any more.
  UPDATE aquilo.cited SET cited_by_count = 1 WHERE croid = _croids[1];
  INSERT INTO catalog.part (croid, sha256, member, body)
  VALUES (_croids[2], sha256('once'), 'reference', '[{"DOI": "10.5555/AQUILO.A"}, {"key": "2"}]');
  PERFORM aquilo.count_citations(_croids[2:]);
  ASSERT (SELECT c.cited_by_count FROM aquilo.cited AS c WHERE c.croid = _croids[1]) = 0;
END
$$;
