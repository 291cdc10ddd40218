DO $$
BEGIN
  ASSERT croid.normalise('doi', '10.1234/AK../2949_-D.(asdf)FH') = '10.1234/ak../2949_-d.(asdf)fh';
  ASSERT croid.normalise('doi', '10.24911/jbcgenetics/') = '10.24911/jbcgenetics/';
  ASSERT croid.normalise('doi', '10.2/x') IS NULL;
  ASSERT croid.normalise('doi', '10.1234/') IS NULL;
  ASSERT croid.normalise('doi', '10.1234/a b') IS NULL;
  ASSERT croid.normalise('doi', E'10.1234/\u212A') IS NULL;
  ASSERT croid.normalise('doi', '10.1234/' || repeat('x', 2000)) IS NULL;
  ASSERT croid.normalise('orcid', '0000-0002-9079-593x') = '0000-0002-9079-593X';
  ASSERT croid.normalise('orcid', '0000-0002-9079-5931') IS NULL;
  ASSERT croid.normalise('ror', '05GQ02987') = '05gq02987';
  ASSERT croid.normalise('ror', '05gq02988') IS NULL;
  ASSERT croid.normalise('issn', '1050-124x') = '1050-124X';
  ASSERT croid.normalise('issn', '1050-1241') IS NULL;
  ASSERT croid.normalise('isbn', '9781566199094') = '9781566199094';
  ASSERT croid.normalise('isbn', '9781566199093') IS NULL;
  ASSERT croid.normalise('arxiv', 'math.CA/0611800v2') = 'math/0611800v2';
  ASSERT croid.normalise('arxiv', '0806.2878') IS NULL;
  ASSERT croid.normalise('hdl', E'2381/H\u0331') = E'2381/\u1e96';
  ASSERT croid.normalise('hdl', '10.1234/x') IS NULL;
  ASSERT croid.normalise('no such scheme', 'x') IS NULL;
END
$$;

DO $$
BEGIN
  ASSERT croid.checksum('orcid', '000000021825009') = '7';
  ASSERT croid.checksum('orcid', '000000029079593') = 'X';
  ASSERT croid.checksum('isni', '000000012353168') = '9';
  ASSERT croid.checksum('issn', '1050124') = 'X';
  ASSERT croid.checksum('issn', '0378595') = '5';
  ASSERT croid.checksum('isbn', '978156619909') = '4';
  ASSERT croid.checksum('ror', '05gq029') = '87';
END
$$;

-- Every scheme has a form, and only schemes have one.
DO $$
BEGIN
  ASSERT (SELECT count(*) FROM croid.scheme) = 20;
  ASSERT (SELECT bool_and(s.pattern = croid.pattern(s.scheme)) FROM croid.scheme AS s);
  ASSERT croid.pattern('x') IS NULL;
END
$$;
