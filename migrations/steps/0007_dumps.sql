
CREATE TABLE platform.published_column (
  table_name text NOT NULL,
  column_name text NOT NULL,
  is_public boolean NOT NULL,
  CONSTRAINT published_column_pkey PRIMARY KEY (table_name, column_name)
);
