-- Words, numbers and keys are alike on both sides, however a title or a reference is written.
DO $$
BEGIN
  ASSERT vulcanus.citation_words('The <i>Ångström</i> &amp; co-workers') = '{angstrom,co,workers}';
  ASSERT vulcanus.citation_words('of the') IS NULL;
  ASSERT vulcanus.citation_words(NULL) IS NULL;
  ASSERT vulcanus.citation_number(' 0B-37 ') = 'b37';
  ASSERT (
    SELECT array_agg(k.key ORDER BY k.key)
    FROM vulcanus.citation_keys('Salt, brine and herring', '{de Vries}', '{1999}', '{3,""}', '{17,18}') AS k
  ) = '{avriesp17,avriesp18,avriesy1999,tsalt_brine_herring,v3p17}';
  ASSERT (SELECT array_agg(k.weight ORDER BY k.key) FROM vulcanus.citation_keys('x', '{Ng}', '{1999}', '{3}', '{7}') AS k)
    = '{A,B,C,A}';
  ASSERT NOT EXISTS (SELECT FROM vulcanus.citation_keys(NULL, NULL, NULL, NULL, NULL));
END
$$;

-- A work is found by what a reference says of it; what waits for it is looked up once it is there.
DO $$
DECLARE
  _work CONSTANT uuid := uuidv7();
  _citing CONSTANT uuid := uuidv7();
  _query CONSTANT text := '[{"n": 7, "text": "Salt, brine and herring", "surnames": ["vries"], "years": [1999],
    "volumes": ["3"], "pages": ["17"], "dois": [], "croid": "%s"}]';
  _says CONSTANT text := '{"DOI": "10.5555/sql.cited", "type": "journal-article", "volume": "3", "page": "17-19",
    "title": ["Salt, brine and herring"], "author": [{"family": "de Vries"}]}';
BEGIN
  PERFORM vulcanus.hold_citables();
  ASSERT vulcanus.await_citations(ARRAY[_citing], format(_query, _citing)) = 1;
  ASSERT vulcanus.await_citations(ARRAY[_citing], format(_query, _citing)) = 1, 'in place of what was noted';
  ASSERT (SELECT cardinality(a.keys) FROM vulcanus.awaited_citation AS a WHERE a.croid = _citing) = 3;
  ASSERT NOT EXISTS (SELECT FROM vulcanus.find_citables(format(_query, _citing), 5));
  PERFORM catalog.apply_edits(
    catalog.vulcanus(), '', NULL, NULL, '{create}', ARRAY[_work], '{release}', ARRAY[_says], '{}', '{}', '{}', '{}'
  );
  ASSERT vulcanus.admit_citables(ARRAY[_work]) = 1, 'the one that waited';
  ASSERT vulcanus.admit_citables(ARRAY[_work]) = 0, 'nothing changed';
  ASSERT vulcanus.index_citables(ARRAY[_work]) = 0;
  ASSERT EXISTS (
    SELECT FROM pgmq.q_vulcanus_references_wanted AS q WHERE q.message -> 'croids' ? _citing::text
  );
  ASSERT (
    SELECT (f.n, f.doi, f.first_page, f.surnames) FROM vulcanus.find_citables(format(_query, _citing), 5) AS f
  ) = (7, '10.5555/sql.cited'::text, '17'::text, '{de Vries}'::text[]);
  ASSERT vulcanus.want_references(ARRAY[_citing]) = 1;
  ASSERT vulcanus.want_references('{}') IS NULL;
  ASSERT vulcanus.await_citations(ARRAY[_citing], '[]') = 0;
  ASSERT vulcanus.admit_former() = 0, 'there is an index already';
END
$$;
