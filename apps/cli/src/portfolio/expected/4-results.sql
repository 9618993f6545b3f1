-- Computes, once the given tables are filled.
INSERT INTO premium_product
WITH RECURSIVE
  numbered AS (
    SELECT subject, value, scale, row_number() OVER (PARTITION BY subject ORDER BY value, scale) AS n
    FROM factor WHERE value <> scale
  ),
  product (subject, n, numerator, denominator) AS (
    SELECT subject, 0, base, 1 FROM subject
    UNION ALL
    SELECT p.subject, f.n, p.numerator * f.value, p.denominator * f.scale
    FROM product p JOIN numbered f ON f.subject = p.subject AND f.n = p.n + 1
  )
SELECT subject, numerator, denominator
FROM (SELECT *, row_number() OVER (PARTITION BY subject ORDER BY n DESC) AS from_last FROM product)
WHERE from_last = 1;

INSERT INTO expected_claim SELECT claim, cell, currency, loss, decision, reserved, paid FROM decided_claim;

CREATE VIEW cell_size AS
SELECT c.cell, 'GBP' AS currency, c.holders, p.premium
FROM motor_cell c JOIN premium p ON p.subject = c.cell_no
UNION ALL
SELECT f.cell, 'DKK', count(*), p.premium
FROM fire_claim f, premium p WHERE p.subject = -1 GROUP BY f.cell;

CREATE VIEW expected_cell AS
SELECT
  s.cell,
  s.currency,
  s.holders AS customers,
  s.holders AS quotes,
  s.holders * s.premium AS quotedPremium,
  s.premium AS lowestPremium,
  s.premium AS highestPremium,
  s.holders AS policies,
  s.holders * s.premium AS boundPremium,
  count(c.claim) AS claims,
  coalesce(sum(c.loss), 0) AS losses,
  count(c.claim) FILTER (WHERE c.decision LIKE 'approved%') AS approved,
  count(c.claim) FILTER (WHERE c.decision LIKE 'referred%') AS referred,
  count(c.claim) FILTER (WHERE c.decision LIKE 'denied%') AS denied,
  coalesce(sum(c.reserved), 0) AS reserved,
  count(c.claim) FILTER (WHERE c.paid > 0) AS payments,
  coalesce(sum(c.paid), 0) AS paid
FROM cell_size s LEFT JOIN expected_claim c USING (cell)
GROUP BY s.cell;
