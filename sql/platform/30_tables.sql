CREATE TABLE platform.applied (
  name text PRIMARY KEY,
  sha256 bytea NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);
COMMENT ON TABLE platform.applied IS 'The repeatable files of sql/ as last applied here, by hash; an upgrade applies them again when one changed.';

CREATE TABLE platform.error (
  sqlstate text PRIMARY KEY,
  slug text NOT NULL UNIQUE,
  http_status integer NOT NULL,
  meaning text NOT NULL,
  hint text,
  CONSTRAINT sqlstate_is_ours CHECK (sqlstate ~ '^NX[0-9]{3}$'),
  CONSTRAINT slug_is_kebab_case CHECK (slug ~ '^[a-z][a-z0-9]*(-[a-z0-9]+)*$'),
  CONSTRAINT http_status_is_an_error CHECK (http_status BETWEEN 400 AND 599)
);
COMMENT ON TABLE platform.error IS 'Every error of the system, once: SQL raises by slug, Python classes and problem pages are made from the rows.';
COMMENT ON COLUMN platform.error.sqlstate IS 'NX, the digit of the room, two digits of its own.';
COMMENT ON COLUMN platform.error.meaning IS 'What it means in general; the detail of an occurrence says what happened.';
COMMENT ON COLUMN platform.error.hint IS 'What to do next.';

CREATE TABLE platform.subscription (
  event text NOT NULL,
  queue text NOT NULL,
  CONSTRAINT subscription_pkey PRIMARY KEY (event, queue),
  CONSTRAINT queue_names_its_consumer CHECK (queue ~ '^[a-z]+(_[a-z]+)+$' AND length(queue) <= 40)
);
COMMENT ON TABLE platform.subscription IS 'Who hears what: an event is sent to each of its queues in the transaction that caused it.';

CREATE TABLE platform.task (
  task_id uuid PRIMARY KEY DEFAULT uuidv7(),
  room text NOT NULL,
  kind text NOT NULL,
  state platform.task_state NOT NULL DEFAULT 'waiting',
  parts_total integer NOT NULL DEFAULT 1,
  parts_done integer NOT NULL DEFAULT 0,
  problems jsonb NOT NULL DEFAULT '[]',
  result_url text,
  requested_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  CONSTRAINT done_is_part_of_total CHECK (parts_done BETWEEN 0 AND parts_total),
  CONSTRAINT finished_means_final CHECK ((finished_at IS NULL) = (state IN ('waiting', 'running')))
);
COMMENT ON TABLE platform.task IS 'Long work that somebody waits for; GET /tasks/{id} is its status resource.';
COMMENT ON COLUMN platform.task.problems IS 'Array of {croid, code, detail}: what failed, each spoiling only its own object.';
COMMENT ON COLUMN platform.task.result_url IS 'Where the result lies once final: a blob or a path of the API.';

CREATE TABLE platform.published_column (
  table_name text NOT NULL,
  column_name text NOT NULL,
  is_public boolean NOT NULL,
  CONSTRAINT published_column_pkey PRIMARY KEY (table_name, column_name)
);
COMMENT ON TABLE platform.published_column IS 'What may leave with a dump or to a replica, column by column; a column that is not named here is in none.';
COMMENT ON COLUMN platform.published_column.table_name IS 'With its schema: catalog.revision.';
COMMENT ON COLUMN platform.published_column.is_public IS 'False says that somebody thought of it and keeps it here.';

CREATE TABLE platform.replicated_table (
  table_name text NOT NULL,
  CONSTRAINT replicated_table_pkey PRIMARY KEY (table_name)
);
COMMENT ON TABLE platform.replicated_table IS 'The tables that replicas follow, by the columns that platform.published_column calls public.';
COMMENT ON COLUMN platform.replicated_table.table_name IS 'With its schema: catalog.revision.';
