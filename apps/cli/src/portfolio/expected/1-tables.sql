-- What is given: the two tables as they stand in their files, and three JSON documents.
CREATE TABLE motor_table (
  cell_no INTEGER PRIMARY KEY, -- order in the file, from 0
  district TEXT NOT NULL,
  engine TEXT NOT NULL,
  age TEXT NOT NULL,
  holders INTEGER NOT NULL,
  claims INTEGER NOT NULL
) STRICT;

CREATE TABLE fire_table (
  row_no INTEGER PRIMARY KEY, -- order in the file, from 0
  loss_mdkk TEXT NOT NULL -- million kroner, as text: six decimals are whole kroner, a float would not be
) STRICT;

CREATE TABLE document (name TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT;

CREATE TABLE setting (share REAL NOT NULL) STRICT;

CREATE VIEW rating_plan AS SELECT json AS plan FROM document WHERE name = 'rating-plan';
CREATE VIEW assumptions AS SELECT json AS assumed FROM document WHERE name = 'assumptions';
CREATE VIEW severities AS SELECT json AS ladder FROM document WHERE name = 'severities';

-- The part of the motor table that a share keeps.
CREATE VIEW motor_cell AS
WITH scaled AS (
  SELECT
    t.*,
    max(1, CAST(round(t.holders * s.share) AS INTEGER)) AS kept_holders,
    CAST(round(t.claims * s.share) AS INTEGER) AS wished_claims
  FROM motor_table t, setting s
)
SELECT
  cell_no,
  'motor/' || district || '/' || engine || '/' || age AS cell,
  district,
  engine,
  age,
  kept_holders AS holders,
  min(kept_holders, wished_claims) AS claims
FROM scaled;

-- The part of the fires that a share keeps: every n-th, as evenly as whole rows allow. Losses in øre.
CREATE VIEW fire AS
WITH
  sizes AS (
    SELECT count(*) AS everything, max(1, CAST(round(count(*) * s.share) AS INTEGER)) AS kept
    FROM fire_table, setting s
  ),
  parts AS (
    SELECT
      row_no,
      substr(loss_mdkk, 1, instr(loss_mdkk, '.') - 1) AS whole,
      substr(substr(loss_mdkk, instr(loss_mdkk, '.') + 1) || '00000000', 1, 8) AS decimals
    FROM fire_table
  )
SELECT p.row_no, CAST(p.whole AS INTEGER) * 100000000 + CAST(p.decimals AS INTEGER) AS loss
FROM parts p, sizes z
WHERE (p.row_no + 1) * z.kept / z.everything > p.row_no * z.kept / z.everything;
