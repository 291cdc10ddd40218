-- Identifiers are reserved for objects that are here under another one, and none is taken away.
DO $$
DECLARE
  _one uuid;
  _two uuid;
BEGIN
  SELECT croid INTO _one FROM croid.reserve('funder', ARRAY['10.13039/100000001'], 'organisation');
  SELECT croid INTO _two FROM croid.reserve('ror', ARRAY['05gq02987'], 'organisation');
  ASSERT croid.adopt('ror', ARRAY['05gq02987'], ARRAY[_one], 'organisation') = 0, 'it is held';
  ASSERT croid.adopt('ror', ARRAY['0168r3w48'], ARRAY[_two], 'organisation') = 0, 'it has its ROR id';
  ASSERT croid.adopt('ror', ARRAY['0168r3w48'], ARRAY[_one], 'organisation') = 1;
  ASSERT (SELECT croid = _one FROM croid.reserve('ror', ARRAY['0168r3w48'], 'organisation'));
  SELECT croid INTO _one FROM croid.reserve('issn', ARRAY['0378-5955'], 'container');
  ASSERT croid.adopt('issn', ARRAY['2049-3630'], ARRAY[_one], 'container') = 1, 'a container may have several';
END
$$;
