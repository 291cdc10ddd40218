CREATE EXTENSION btree_gist;
CREATE SCHEMA modern;
CREATE TABLE modern.stay (
  room integer NOT NULL,
  valid daterange NOT NULL,
  doubled integer GENERATED ALWAYS AS (room * 2) VIRTUAL,
  tripled integer GENERATED ALWAYS AS (room * 3) STORED CONSTRAINT tripled_is_known NOT NULL,
  opened_at timestamptz NOT NULL,
  shelf_life interval,
  CONSTRAINT stay_pkey PRIMARY KEY (room, valid WITHOUT OVERLAPS),
  CONSTRAINT room_is_positive CHECK (room > 0) NOT ENFORCED
);
COMMENT ON TABLE modern.stay IS 'Who slept where; it''s "temporal".';
CREATE TABLE modern.guest (
  guest_id integer PRIMARY KEY,
  room integer,
  valid daterange,
  name text COLLATE "C" DEFAULT 'x;y',
  CONSTRAINT guest_stays FOREIGN KEY (room, PERIOD valid) REFERENCES modern.stay (room, PERIOD valid)
);
CREATE FUNCTION modern.stamp() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
--
-- Name: not a heading
--
  RETURN new;
END
$$;
CREATE TRIGGER guest_is_stamped BEFORE INSERT ON modern.guest
FOR EACH ROW EXECUTE FUNCTION modern.stamp();
CREATE FUNCTION modern.atomic(_n integer) RETURNS integer LANGUAGE sql BEGIN ATOMIC SELECT _n; END;
CREATE INDEX guest_name_idx ON modern.guest (name) INCLUDE (room) WHERE name IS NOT NULL;
CREATE STATISTICS modern.guest_stat ON room, name FROM modern.guest;
CREATE VIEW modern.stay_age AS
SELECT s.room, s.opened_at + s.shelf_life AS spoils_at, s.opened_at, coalesce(s.room > 1, true) AS is_far
FROM modern.stay AS s;
COMMENT ON VIEW modern.stay_age IS 'How fresh.';
CREATE VIEW modern.stay_guest AS
SELECT a.room, g.name, g.guest_id FROM modern.stay_age AS a LEFT JOIN modern.guest AS g ON g.room = a.room;
CREATE VIEW modern.stay_room AS SELECT a.room FROM modern.stay_age AS a;
CREATE MATERIALIZED VIEW modern.guest_count AS SELECT count(*) AS guest_count FROM modern.guest WITH NO DATA;
ALTER TABLE modern.guest ENABLE ROW LEVEL SECURITY;
CREATE POLICY everybody ON modern.guest USING (true);
GRANT SELECT ON modern.guest TO pg_monitor;
GRANT SELECT ON modern.guest TO pg_read_all_stats;
