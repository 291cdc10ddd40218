CREATE SCHEMA other;
CREATE TYPE other.mood AS ENUM ('calm', 'very-loud');
CREATE SCHEMA yard;
COMMENT ON SCHEMA yard IS 'Where parcels lie.';
CREATE TYPE yard.state AS ENUM ('new', 'in-progress', '2nd try');
COMMENT ON TYPE yard.state IS 'How far a parcel is.';
CREATE DOMAIN yard.doi AS text CONSTRAINT doi_has_a_prefix CHECK (value LIKE '10.%');
CREATE TYPE yard.pair AS (a integer, b text);

CREATE TABLE yard.parcel (
  parcel_id uuid PRIMARY KEY,
  doi yard.doi NOT NULL,
  state yard.state NOT NULL DEFAULT 'new',
  mood other.mood,
  body jsonb NOT NULL,
  payload bytea,
  payload_bytes bigint GENERATED ALWAYS AS (octet_length(payload)) STORED,
  tags text [] NOT NULL DEFAULT '{}',
  "class" text,
  weight numeric,
  received_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE yard.parcel IS 'What was received, as it was.';

CREATE TABLE yard.label (
  parcel_id uuid NOT NULL,
  n integer NOT NULL,
  note text,
  PRIMARY KEY (parcel_id, n)
);

CREATE TABLE yard.mark (parcel_id uuid, states yard.state [], bodies jsonb []);

CREATE FUNCTION yard.echo(
  _ids uuid [], _texts text [], _bodies jsonb [], _chunks bytea [], _numbers bigint [],
  _flags boolean [], _times timestamptz [], _states yard.state []
) RETURNS TABLE (
  id uuid, some_text text, body jsonb, chunk bytea, number bigint, flag boolean, seen_at timestamptz,
  state yard.state
) LANGUAGE sql AS $$
  SELECT * FROM unnest(_ids, _texts, _bodies, _chunks, _numbers, _flags, _times, _states)
$$;
COMMENT ON FUNCTION yard.echo(
  uuid [], text [], jsonb [], bytea [], bigint [], boolean [], timestamptz [], yard.state []
) IS 'Give arrays back as rows; it''s a mirror.';

CREATE FUNCTION yard.touch(_id uuid) RETURNS void LANGUAGE sql AS $$
  UPDATE yard.parcel SET state = 'in-progress' WHERE parcel_id = _id
$$;

CREATE FUNCTION yard.maybe(_id uuid) RETURNS bigint LANGUAGE sql AS $$
  SELECT payload_bytes FROM yard.parcel WHERE parcel_id = _id
$$;
