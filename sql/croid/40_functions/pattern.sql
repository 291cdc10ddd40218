CREATE OR REPLACE FUNCTION croid.pattern(_scheme text)
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE _scheme
  WHEN 'doi' THEN '^10\.[1-9][0-9]{3,8}(\.[0-9]+)*/[!-@\[-~]+$'
  WHEN 'orcid' THEN '^[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]$'
  WHEN 'ror' THEN '^0[0-9a-hjkmnp-tv-z]{6}[0-9]{2}$'
  WHEN 'funder' THEN '^10\.13039/[0-9]{9,12}$'
  WHEN 'pmid' THEN '^[1-9][0-9]{0,8}$'
  WHEN 'pmcid' THEN '^PMC[1-9][0-9]{0,8}(\.[1-9][0-9]?)?$'
  WHEN 'hdl' THEN '^(?!10[./])[0-9]+(\.[0-9]+)*/[!-@\[-~\u00A1-\u00AC\u00AE-\u167F\u1681-\u180D\u180F-\u1FFF\u2010-\u2027\u2030-\u205E\u2070-\u2FFF\u3001-\uD7FF\uE000-\uFEFE\uFF00-\U0010FFFF]+$'
  WHEN 'arxiv' THEN '^([0-9]{2}(0[1-9]|1[0-2])\.[0-9]{4,5}|[a-z]+(-[a-z]+)*/[0-9]{2}(0[1-9]|1[0-2])[0-9]{3})v[1-9][0-9]{0,2}$'
  WHEN 'issn' THEN '^[0-9]{4}-[0-9]{3}[0-9X]$'
  WHEN 'isbn' THEN '^97[89][0-9]{10}$'
  WHEN 'isni' THEN '^[0-9]{15}[0-9X]$'
  WHEN 'grid' THEN '^grid\.[0-9]+\.[0-9a-f]+$'
  WHEN 'wikidata' THEN '^Q[1-9][0-9]{0,11}$'
  WHEN 'core' THEN '^[1-9][0-9]{0,11}$'
  WHEN 'jstor' THEN '^[0-9]{1,12}$'
  WHEN 'ark' THEN '^ark:/[0-9bcdfghjkmnpqrstvwxz]{5,16}/[!-~]+$'
  WHEN 'mag' THEN '^[1-9][0-9]{0,11}$'
  WHEN 'doaj' THEN '^[0-9a-f]{32}$'
  WHEN 'dblp' THEN '^[a-z]+/[0-9A-Za-z-]+/[!-~]+$'
  WHEN 'oai' THEN '^oai:[!-9;-~]+:[!-~]+$'
END;
COMMENT ON FUNCTION croid.pattern(text) IS 'Regular expression of a scheme''s normal form, written so that PostgreSQL and Python read it alike; null for an unknown scheme.';
