-- The way back from croid.encode, eight characters of one bigint at a time.
CREATE OR REPLACE FUNCTION croid.decode(_croid text)
RETURNS uuid
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
AS $$
DECLARE
  _ones CONSTANT bigint := 0x0101010101010101;
  _bytes bytea;
  _head bigint;
  _left bigint;
  _mid bigint;
  _last bigint;
BEGIN
  IF length(_croid) <> 26 OR _croid COLLATE "C" !~ '^[0-7][0-9a-hjkmnp-tv-z]+$' THEN
    IF _croid COLLATE "C" !~ '^[0-7IiLlOo][0-9A-TV-Za-tv-z]{25}$' THEN
      PERFORM platform.raise_error(
        'malformed-croid', format('%L is not a CROID', left(_croid, 100))
      );
    END IF;
    _croid := translate(
      _croid, 'ABCDEFGHJKMNPQRSTVWXYZIiLlOo', 'abcdefghjkmnpqrstvwxyz111100'
    );
  END IF;
  _bytes := decode(_croid, 'escape');
  _head := substring(_bytes FROM 1 FOR 2)::bigint | 0x3030303030300000;
  _left := substring(_bytes FROM 3 FOR 8)::bigint;
  _mid := substring(_bytes FROM 11 FOR 8)::bigint;
  _last := substring(_bytes FROM 19 FOR 8)::bigint;
  -- In each byte: from the character to its value.
  _head := _head - 0x3030303030303030;
  _head := _head - 39 * (((_head + 0x0F0F0F0F0F0F0F0F) >> 6) & _ones);
  _head := _head
    - (((_head + 0x2D2D2D2D2D2D2D2D) >> 6) & _ones) - (((_head + 0x2A2A2A2A2A2A2A2A) >> 6) & _ones)
    - (((_head + 0x2727272727272727) >> 6) & _ones) - (((_head + 0x2121212121212121) >> 6) & _ones);
  _left := _left - 0x3030303030303030;
  _left := _left - 39 * (((_left + 0x0F0F0F0F0F0F0F0F) >> 6) & _ones);
  _left := _left
    - (((_left + 0x2D2D2D2D2D2D2D2D) >> 6) & _ones) - (((_left + 0x2A2A2A2A2A2A2A2A) >> 6) & _ones)
    - (((_left + 0x2727272727272727) >> 6) & _ones) - (((_left + 0x2121212121212121) >> 6) & _ones);
  _mid := _mid - 0x3030303030303030;
  _mid := _mid - 39 * (((_mid + 0x0F0F0F0F0F0F0F0F) >> 6) & _ones);
  _mid := _mid
    - (((_mid + 0x2D2D2D2D2D2D2D2D) >> 6) & _ones) - (((_mid + 0x2A2A2A2A2A2A2A2A) >> 6) & _ones)
    - (((_mid + 0x2727272727272727) >> 6) & _ones) - (((_mid + 0x2121212121212121) >> 6) & _ones);
  _last := _last - 0x3030303030303030;
  _last := _last - 39 * (((_last + 0x0F0F0F0F0F0F0F0F) >> 6) & _ones);
  _last := _last
    - (((_last + 0x2D2D2D2D2D2D2D2D) >> 6) & _ones) - (((_last + 0x2A2A2A2A2A2A2A2A) >> 6) & _ones)
    - (((_last + 0x2727272727272727) >> 6) & _ones) - (((_last + 0x2121212121212121) >> 6) & _ones);
  -- Push the five bits of each of eight bytes together: quarters, halves, the whole.
  _head := ((_head >> 3) & 0xE0) | (_head & 0x1F);
  _left := ((_left >> 3) & 0x3E003E003E003E0) | (_left & 0x1F001F001F001F);
  _left := ((_left >> 6) & 0xFFC00000FFC00) | (_left & 0x3FF000003FF);
  _left := ((_left >> 12) & 0xFFFFF00000) | (_left & 0xFFFFF);
  _mid := ((_mid >> 3) & 0x3E003E003E003E0) | (_mid & 0x1F001F001F001F);
  _mid := ((_mid >> 6) & 0xFFC00000FFC00) | (_mid & 0x3FF000003FF);
  _mid := ((_mid >> 12) & 0xFFFFF00000) | (_mid & 0xFFFFF);
  _last := ((_last >> 3) & 0x3E003E003E003E0) | (_last & 0x1F001F001F001F);
  _last := ((_last >> 6) & 0xFFC00000FFC00) | (_last & 0x3FF000003FF);
  _last := ((_last >> 12) & 0xFFFFF00000) | (_last & 0xFFFFF);
  RETURN encode(
    substring(int8send(_head) FROM 8) || substring(int8send(_left) FROM 4)
    || substring(int8send(_mid) FROM 4) || substring(int8send(_last) FROM 4),
    'hex'
  )::uuid;
END
$$;
COMMENT ON FUNCTION croid.decode(text) IS 'The uuid a written CROID stands for; upper case and the confusions i, l (1) and o (0) are read, anything else is malformed-croid.';
