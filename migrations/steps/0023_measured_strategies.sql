-- What a strategy was measured to do, and which layers a change concerns.
CREATE TABLE vulcanus.evaluation (
  evaluation_id uuid NOT NULL DEFAULT uuidv7(),
  task text NOT NULL,
  method text NOT NULL,
  version text NOT NULL,
  part text NOT NULL,
  truth_name text NOT NULL,
  truth_sha256 bytea NOT NULL,
  candidate_count integer NOT NULL,
  case_count integer NOT NULL,
  answered_count integer NOT NULL,
  right_count integer NOT NULL,
  strange_count integer NOT NULL,
  strange_answered_count integer NOT NULL,
  per_second real NOT NULL,
  intervals jsonb NOT NULL,
  evaluated_at timestamptz NOT NULL DEFAULT now(),
  precision double precision GENERATED ALWAYS AS (
    right_count / nullif(answered_count, 0)::double precision
  ) VIRTUAL,
  recall double precision GENERATED ALWAYS AS (
    right_count / nullif(case_count, 0)::double precision
  ) VIRTUAL,
  f1 double precision GENERATED ALWAYS AS (
    2 * right_count / nullif(answered_count + case_count, 0)::double precision
  ) VIRTUAL,
  f05 double precision GENERATED ALWAYS AS (
    1.25 * right_count / nullif(answered_count + 0.25 * case_count, 0)
  ) VIRTUAL,
  CONSTRAINT evaluation_pkey PRIMARY KEY (evaluation_id),
  CONSTRAINT part_is_known CHECK (part IN ('tuned', 'held-out', 'all')),
  CONSTRAINT right_answers_are_answers CHECK (
    0 <= right_count AND right_count <= answered_count AND answered_count <= case_count
    AND 0 <= strange_answered_count AND strange_answered_count <= strange_count
  )
);

ALTER TABLE vulcanus.strategy ADD COLUMN traced_index bigint NOT NULL DEFAULT 0;
ALTER TABLE vulcanus.layer ADD COLUMN terms integer[], ADD COLUMN is_due boolean NOT NULL DEFAULT false;
