-- Five bytes of the uuid are eight characters. They are made inside one bigint, all eight at once,
-- because picking them from the alphabet one by one takes twice as long.
CREATE OR REPLACE FUNCTION croid.encode(_croid uuid)
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  _ones CONSTANT bigint := 0x0101010101010101;
  _bytes CONSTANT bytea := uuid_send(_croid);
  _head bigint := get_byte(_bytes, 0);
  _left bigint := substring(_bytes FROM 2 FOR 5)::bigint;
  _mid bigint := substring(_bytes FROM 7 FOR 5)::bigint;
  _last bigint := substring(_bytes FROM 12 FOR 5)::bigint;
BEGIN
  -- Spread forty bits over eight bytes, five to each: halves, quarters, eighths.
  _head := ((_head & 0xE0) << 3) | (_head & 0x1F);
  _left := ((_left & 0xFFFFF00000) << 12) | (_left & 0xFFFFF);
  _left := ((_left & 0xFFC00000FFC00) << 6) | (_left & 0x3FF000003FF);
  _left := ((_left & 0x3E003E003E003E0) << 3) | (_left & 0x1F001F001F001F);
  _mid := ((_mid & 0xFFFFF00000) << 12) | (_mid & 0xFFFFF);
  _mid := ((_mid & 0xFFC00000FFC00) << 6) | (_mid & 0x3FF000003FF);
  _mid := ((_mid & 0x3E003E003E003E0) << 3) | (_mid & 0x1F001F001F001F);
  _last := ((_last & 0xFFFFF00000) << 12) | (_last & 0xFFFFF);
  _last := ((_last & 0xFFC00000FFC00) << 6) | (_last & 0x3FF000003FF);
  _last := ((_last & 0x3E003E003E003E0) << 3) | (_last & 0x1F001F001F001F);
  -- In each byte: the character 0 and the value, 39 more for a letter (after 9 comes a), and one
  -- more for each letter the alphabet has left out by then: i before 18, l 20, o 22, u 27.
  _head := _head + 0x3030303030303030 + 39 * (((_head + 0x1616161616161616) >> 5) & _ones)
    + (((_head + 0x0E0E0E0E0E0E0E0E) >> 5) & _ones) + (((_head + 0x0C0C0C0C0C0C0C0C) >> 5) & _ones)
    + (((_head + 0x0A0A0A0A0A0A0A0A) >> 5) & _ones) + (((_head + 0x0505050505050505) >> 5) & _ones);
  _left := _left + 0x3030303030303030 + 39 * (((_left + 0x1616161616161616) >> 5) & _ones)
    + (((_left + 0x0E0E0E0E0E0E0E0E) >> 5) & _ones) + (((_left + 0x0C0C0C0C0C0C0C0C) >> 5) & _ones)
    + (((_left + 0x0A0A0A0A0A0A0A0A) >> 5) & _ones) + (((_left + 0x0505050505050505) >> 5) & _ones);
  _mid := _mid + 0x3030303030303030 + 39 * (((_mid + 0x1616161616161616) >> 5) & _ones)
    + (((_mid + 0x0E0E0E0E0E0E0E0E) >> 5) & _ones) + (((_mid + 0x0C0C0C0C0C0C0C0C) >> 5) & _ones)
    + (((_mid + 0x0A0A0A0A0A0A0A0A) >> 5) & _ones) + (((_mid + 0x0505050505050505) >> 5) & _ones);
  _last := _last + 0x3030303030303030 + 39 * (((_last + 0x1616161616161616) >> 5) & _ones)
    + (((_last + 0x0E0E0E0E0E0E0E0E) >> 5) & _ones) + (((_last + 0x0C0C0C0C0C0C0C0C) >> 5) & _ones)
    + (((_last + 0x0A0A0A0A0A0A0A0A) >> 5) & _ones) + (((_last + 0x0505050505050505) >> 5) & _ones);
  RETURN encode(
    substring(int8send(_head) FROM 7) || int8send(_left) || int8send(_mid) || int8send(_last),
    'escape'
  );
END
$$;
COMMENT ON FUNCTION croid.encode(uuid) IS 'A CROID as it is written outside the database: 26 lower-case Crockford base32 characters, which sort as the uuids do.';
