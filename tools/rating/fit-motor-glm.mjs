/**
 * Fits the motor table: `node tools/rating/fit-motor-glm.mjs [--check]` (after a build of libs/domain).
 * Prints coefficients, relativities and residual deviance; with --check, exits 1 unless the published plan
 * is this fit, rounded.
 */
import { readFileSync } from 'node:fs';
import { MOTOR_FACTORS, parseMotorTable } from '../../libs/domain/dist/risk/motor-table.js';
import { fitPoisson } from '../../libs/domain/dist/risk/poisson-glm.js';
import { FREQUENCY_PLAN } from '../../libs/domain/dist/risk/rating-plan.js';

const table = new URL('../../data/motor_portfolio_1973.csv', import.meta.url);
const fit = fitPoisson(parseMotorTable(readFileSync(table, 'utf8')), MOTOR_FACTORS);

for (const { name, value } of fit.coefficients)
  console.log(`${name.padEnd(16)} ${value.toFixed(6).padStart(10)}`);
console.log(`\nbase ${fit.base.toFixed(4)} claims per policyholder and quarter`);
for (const { name, levels } of MOTOR_FACTORS) {
  const shown = levels.map((level) => `${level} ${fit.relativities[name][level].toFixed(3)}`);
  console.log(`${name.padEnd(9)} ${shown.join('   ')}`);
}
console.log(
  `residual deviance ${fit.residualDeviance.toFixed(2)} on ${fit.degreesOfFreedom} degrees of freedom`,
);
console.log(`${fit.iterations} iterations`);

if (process.argv.includes('--check')) {
  const differences = differencesFromPlan();
  for (const difference of differences) console.error(difference);
  if (differences.length > 0) process.exit(1);
  console.log('the published plan is this fit');
}

/** One line per number of the plan that is not the rounded fit. */
function differencesFromPlan() {
  const { basePerTenThousand, ...factors } = FREQUENCY_PLAN.motor;
  const pairs = [['base', basePerTenThousand, Math.round(fit.base * 10_000)]];
  for (const [factor, levels] of Object.entries(factors)) {
    for (const [level, published] of Object.entries(levels)) {
      pairs.push([`${factor} ${level}`, published, Math.round(fit.relativities[factor][level] * 1000)]);
    }
  }
  return pairs
    .filter(([, published, fitted]) => published !== fitted)
    .map(([name, published, fitted]) => `${name}: the plan says ${published}, the fit ${fitted}`);
}
