-- The premium of every motor cell and of the home policy, by the published rating plan.

-- Every table of bands of the plan: a factor holds from its value up to the next one.
CREATE VIEW band AS
SELECT 'limit' AS kind, value ->> '$.from' AS at_least, value ->> '$.perMille' AS per_mille
FROM rating_plan, json_each(plan, '$.tariff.motor.limits')
UNION ALL
SELECT 'deductible', value ->> '$.from', value ->> '$.perMille'
FROM rating_plan, json_each(plan, '$.tariff.deductibles')
UNION ALL
SELECT 'score', value ->> '$.from', value ->> '$.perMille'
FROM rating_plan, json_each(plan, '$.tariff.scoreLoadings');

-- Relativities of each cell, in per mille.
CREATE VIEW motor_relativity AS
SELECT c.cell_no, e.value AS engine, a.value AS age, d.value AS district
FROM motor_cell c, rating_plan p
JOIN json_each(p.plan, '$.frequency.motor.engine') e ON e.key = c.engine
JOIN json_each(p.plan, '$.frequency.motor.age') a ON a.key = c.age
JOIN json_each(p.plan, '$.frequency.motor.district') d ON d.key = c.district;

-- The risk score: frequency points rounded half-up, at most so many, and a margin for the young.
CREATE VIEW motor_score AS
WITH frequency AS (
  SELECT
    r.cell_no,
    (p.plan ->> '$.frequency.motor.basePerTenThousand') * r.engine * r.age * r.district
      * (p.plan ->> '$.score.perExpectedClaim') AS points,
    10000 * 1000000000 AS units
  FROM motor_relativity r, rating_plan p
)
SELECT
  f.cell_no,
  min(p.plan ->> '$.score.frequencyMost', (2 * f.points + f.units) / (2 * f.units))
    + iif(c.age = '<25', p.plan ->> '$.score.youngDriver', 0) AS score
FROM frequency f
JOIN motor_cell c USING (cell_no), rating_plan p;

-- What a policy is rated by: one subject per motor cell, one for all homes.
CREATE VIEW subject AS
SELECT
  c.cell_no AS subject,
  'motor' AS product,
  p.plan ->> '$.tariff.motor.basePremium' AS base,
  s.score,
  a.assumed ->> '$.motor.limit' AS cover_limit,
  a.assumed ->> '$.motor.deductible' AS deductible,
  p.plan ->> '$.standardMotorLimit' AS standard_limit,
  p.plan ->> '$.standardDeductible.MOTOR.GBP' AS standard_deductible
FROM motor_cell c
JOIN motor_score s USING (cell_no), rating_plan p, assumptions a
UNION ALL
SELECT
  -1, 'home', a.assumed ->> '$.home.sumInsured', p.plan ->> '$.score.home.BRICK', NULL,
  a.assumed ->> '$.home.deductible', NULL, p.plan ->> '$.standardDeductible.HOME.DKK'
FROM rating_plan p, assumptions a;

CREATE VIEW perils_factor AS
SELECT 'motor' AS product, sum(s.value) AS per_mille
FROM rating_plan p, assumptions a, json_each(a.assumed, '$.motor.perils') w
JOIN json_each(p.plan, '$.tariff.motor.perils') s ON s.key = w.value
UNION ALL
SELECT 'home', sum(s.value)
FROM rating_plan p, assumptions a, json_each(a.assumed, '$.home.perils') w
JOIN json_each(p.plan, '$.tariff.home.perils') s ON s.key = w.value;

-- Every factor as value / scale. Bonus-malus is 1.00 throughout.
CREATE VIEW factor AS
SELECT cell_no AS subject, engine AS value, 1000 AS scale FROM motor_relativity
UNION ALL SELECT cell_no, age, 1000 FROM motor_relativity
UNION ALL SELECT cell_no, district, 1000 FROM motor_relativity
UNION ALL
SELECT s.subject, p.plan ->> '$.tariff.home.ratePerHundredThousand.BRICK', 100000
FROM subject s, rating_plan p WHERE s.product = 'home'
UNION ALL SELECT s.subject, f.per_mille, 1000 FROM subject s JOIN perils_factor f USING (product)
UNION ALL
SELECT
  s.subject,
  (SELECT per_mille FROM band WHERE kind = 'limit' AND at_least <= s.cover_limit * 100 / s.standard_limit
   ORDER BY at_least DESC LIMIT 1),
  1000
FROM subject s WHERE s.product = 'motor'
UNION ALL
SELECT
  s.subject,
  (SELECT per_mille FROM band
   WHERE kind = 'deductible' AND at_least <= s.deductible * 100 / s.standard_deductible
   ORDER BY at_least DESC LIMIT 1),
  1000
FROM subject s
UNION ALL
SELECT
  s.subject,
  (SELECT per_mille FROM band WHERE kind = 'score' AND at_least <= s.score ORDER BY at_least DESC LIMIT 1),
  1000
FROM subject s;

-- Factors of 1 are left out, or the product would not fit 64 bits. If it still did not, SQLite would go on with
-- a float: the strict table refuses that.
CREATE TABLE premium_product (
  subject INTEGER PRIMARY KEY,
  numerator INTEGER NOT NULL,
  denominator INTEGER NOT NULL
) STRICT;

CREATE VIEW premium AS
SELECT subject, (2 * numerator + denominator) / (2 * denominator) AS premium FROM premium_product;
