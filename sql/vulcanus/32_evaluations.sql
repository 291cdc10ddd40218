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
COMMENT ON TABLE vulcanus.evaluation IS 'How often a strategy, or a method it is compared with, was right on a truth file; one row for each part of the file.';
COMMENT ON COLUMN vulcanus.evaluation.method IS 'The strategy, or the name of the method beside it: trigram, ror-recipe.';
COMMENT ON COLUMN vulcanus.evaluation.version IS 'The version of the strategy or method.';
COMMENT ON COLUMN vulcanus.evaluation.part IS 'tuned: two thirds of the file; held-out: the third, by a hash of the input, that nobody tunes to.';
COMMENT ON COLUMN vulcanus.evaluation.candidate_count IS 'Objects it could choose from.';
COMMENT ON COLUMN vulcanus.evaluation.case_count IS 'Inputs whose true answers are among the candidates.';
COMMENT ON COLUMN vulcanus.evaluation.right_count IS 'Of these, inputs for which a true answer was chosen.';
COMMENT ON COLUMN vulcanus.evaluation.strange_count IS 'Further inputs, of whose true answers none is among the candidates.';
COMMENT ON COLUMN vulcanus.evaluation.intervals IS 'By measure [low, high]: what 95 of 100 resamples of the inputs lie between.';
