-- Every claim with what has to become of it.

-- Motor claims are numbered through the cells in order; the number chooses the severity.
CREATE VIEW motor_claim AS
WITH RECURSIVE
  numbered AS (
    SELECT cell, claims, sum(claims) OVER (ORDER BY cell_no) - claims AS before FROM motor_cell
  ),
  claim (cell, claims, before, k) AS (
    SELECT cell, claims, before, 1 FROM numbered WHERE claims > 0
    UNION ALL
    SELECT cell, claims, before, k + 1 FROM claim WHERE k < claims
  )
SELECT c.cell, c.before + c.k AS claim_no, s.value AS loss
FROM claim c, severities v
JOIN json_each(v.ladder, '$.minorUnits') s
  ON s.key = (c.before + c.k - 1) % json_array_length(v.ladder, '$.minorUnits');

CREATE VIEW fire_claim AS
SELECT
  'fire/' || (
    SELECT b.value ->> '$.name' FROM assumptions a, json_each(a.assumed, '$.home.lossBands') b
    WHERE b.value ->> '$.from' <= f.loss ORDER BY b.value ->> '$.from' DESC LIMIT 1
  ) AS cell,
  f.row_no + 1 AS claim_no,
  f.loss
FROM fire f;

CREATE VIEW claim_terms AS
SELECT
  'motor/' || claim_no AS claim, cell, 'GBP' AS currency, loss,
  a.assumed ->> '$.motor.limit' AS cover_limit, a.assumed ->> '$.motor.deductible' AS deductible
FROM motor_claim, assumptions a
UNION ALL
SELECT
  'fire/' || claim_no, cell, 'DKK', loss,
  a.assumed ->> '$.home.limit', a.assumed ->> '$.home.deductible'
FROM fire_claim, assumptions a;

-- Sum insured and rebuilding cost are equal, so no loss is scaled down for underinsurance.
CREATE VIEW claim_payable AS
SELECT *, max(0, min(cover_limit, loss - deductible)) AS payable FROM claim_terms;

CREATE TABLE expected_claim (
  claim TEXT PRIMARY KEY,
  cell TEXT NOT NULL,
  currency TEXT NOT NULL,
  loss INTEGER NOT NULL,
  decision TEXT NOT NULL,
  reserved INTEGER NOT NULL,
  paid INTEGER NOT NULL
) STRICT;

CREATE VIEW decided_claim AS
SELECT
  c.claim,
  c.cell,
  c.currency,
  c.loss,
  CASE
    WHEN c.payable = 0 THEN 'denied: below_deductible'
    WHEN c.payable <= l.value ->> '$.automatic' THEN 'approved: within_automatic_limit'
    WHEN c.payable <= l.value ->> '$.adjuster' THEN 'referred to ADJUSTER: above_automatic_limit'
    ELSE 'referred to MANAGER: above_automatic_limit'
  END AS decision,
  c.payable AS reserved,
  c.payable AS paid
FROM claim_payable c, assumptions a
JOIN json_each(a.assumed, '$.authority') l ON l.key = c.currency;
