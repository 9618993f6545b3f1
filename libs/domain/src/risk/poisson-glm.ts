/**
 * One cell of a portfolio table: how many policyholders were exposed, how many claims they made, and which
 * level of each factor they share.
 */
export interface ExposureCell {
  readonly exposure: number;
  readonly count: number;
  readonly levels: Readonly<Record<string, string>>;
}

/** A rating factor with its levels in order; the first is the base level with relativity 1. */
export interface Factor {
  readonly name: string;
  readonly levels: readonly string[];
}

export interface PoissonFit {
  /** Expected count per unit of exposure where every factor is at its base level. */
  readonly base: number;
  /** exp(coefficient) by factor and level; the base level has 1. */
  readonly relativities: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** On the log scale: the intercept, then the non-base levels in the factors' order. */
  readonly coefficients: readonly { readonly name: string; readonly value: number }[];
  readonly residualDeviance: number;
  readonly degreesOfFreedom: number;
  readonly iterations: number;
}

/** The table cannot be fitted: an unknown level, a level without exposure, or no convergence. */
export class PoissonFitError extends Error {
  override readonly name = 'PoissonFitError';
  readonly code = 'POISSON_FIT';
  readonly retriable = false;
}

const MAX_ITERATIONS = 50;
const CONVERGED = 1e-10;

/**
 * Fits a Poisson regression with log link, offset log(exposure) and main effects (treatment contrasts) by
 * iteratively reweighted least squares (McCullagh and Nelder, Generalized Linear Models, 2nd ed., section 2.5).
 * @throws PoissonFitError
 */
export function fitPoisson(cells: readonly ExposureCell[], factors: readonly Factor[]): PoissonFit {
  const design = cells.map((cell) => designRow(cell, factors));
  const counts = cells.map((cell) => cell.count);
  const offsets = cells.map((cell) => Math.log(cell.exposure));
  let means = counts.map((count) => count + 0.1);
  let deviance = Number.POSITIVE_INFINITY;
  for (let iteration = 1; iteration <= MAX_ITERATIONS; iteration += 1) {
    const beta = weightedLeastSquares(design, workingResponse(means, counts, offsets), means);
    means = design.map((row, i) => Math.exp(dot(row, beta) + at(offsets, i)));
    const next = poissonDeviance(counts, means);
    if (Math.abs(deviance - next) / (Math.abs(next) + 0.1) < CONVERGED) {
      return describeFit(beta, factors, next, cells.length, iteration);
    }
    deviance = next;
  }
  throw new PoissonFitError(`no convergence after ${MAX_ITERATIONS} iterations`);
}

function designRow(cell: ExposureCell, factors: readonly Factor[]): number[] {
  if (!(cell.exposure > 0)) throw new PoissonFitError('every cell needs an exposure above 0');
  const indicators = factors.flatMap((factor) => {
    const level = cell.levels[factor.name];
    if (level === undefined || !factor.levels.includes(level)) {
      throw new PoissonFitError(`unknown level ${String(level)} of factor ${factor.name}`);
    }
    return factor.levels.slice(1).map((candidate) => (candidate === level ? 1 : 0));
  });
  return [1, ...indicators];
}

/** z = eta + (y - mu) / mu, less the offset: what the next weighted regression explains. */
function workingResponse(means: readonly number[], counts: readonly number[], offsets: readonly number[]) {
  return means.map((mean, i) => Math.log(mean) + (at(counts, i) - mean) / mean - at(offsets, i));
}

function weightedLeastSquares(
  design: readonly (readonly number[])[],
  response: readonly number[],
  weights: readonly number[],
): number[] {
  const size = design[0]?.length ?? 0;
  const normal = Array.from({ length: size }, () => new Array<number>(size + 1).fill(0));
  design.forEach((row, i) => {
    normal.forEach((equation, j) => {
      const weighted = at(row, j) * at(weights, i);
      row.forEach((value, k) => (equation[k] = at(equation, k) + weighted * value));
      equation[size] = at(equation, size) + weighted * at(response, i);
    });
  });
  return solve(normal);
}

/** Gaussian elimination with partial pivoting; each equation carries its right-hand side as the last column. */
function solve(equations: number[][]): number[] {
  const size = equations.length;
  for (let column = 0; column < size; column += 1) {
    const pivot = pivotRow(equations, column);
    [equations[column], equations[pivot]] = [rowAt(equations, pivot), rowAt(equations, column)];
    for (let row = 0; row < size; row += 1) {
      if (row !== column) eliminate(rowAt(equations, row), rowAt(equations, column), column);
    }
  }
  return equations.map((equation, i) => at(equation, size) / at(equation, i));
}

function pivotRow(equations: readonly number[][], column: number): number {
  let best = column;
  for (let row = column + 1; row < equations.length; row += 1) {
    if (Math.abs(at(rowAt(equations, row), column)) > Math.abs(at(rowAt(equations, best), column)))
      best = row;
  }
  if (Math.abs(at(rowAt(equations, best), column)) < 1e-12) {
    throw new PoissonFitError('a level without cells, or factors that say the same');
  }
  return best;
}

function eliminate(target: number[], source: readonly number[], column: number): void {
  const ratio = at(target, column) / at(source, column);
  for (let k = column; k < source.length; k += 1) target[k] = at(target, k) - ratio * at(source, k);
}

function poissonDeviance(counts: readonly number[], means: readonly number[]): number {
  const terms = counts.map((count, i) => {
    const mean = at(means, i);
    return (count === 0 ? 0 : count * Math.log(count / mean)) - (count - mean);
  });
  return 2 * terms.reduce((sum, term) => sum + term, 0);
}

function describeFit(
  beta: readonly number[],
  factors: readonly Factor[],
  residualDeviance: number,
  cells: number,
  iterations: number,
): PoissonFit {
  const names = factors.flatMap((factor) => factor.levels.slice(1).map((level) => `${factor.name} ${level}`));
  let next = 1;
  const relativities: Record<string, Record<string, number>> = {};
  for (const factor of factors) {
    const entries = factor.levels.map(
      (level, i) => [level, i === 0 ? 1 : Math.exp(at(beta, next++))] as const,
    );
    relativities[factor.name] = Object.fromEntries(entries);
  }
  return {
    base: Math.exp(at(beta, 0)),
    relativities,
    coefficients: ['intercept', ...names].map((name, i) => ({ name, value: at(beta, i) })),
    residualDeviance,
    degreesOfFreedom: cells - beta.length,
    iterations,
  };
}

function dot(left: readonly number[], right: readonly number[]): number {
  return left.reduce((sum, value, i) => sum + value * at(right, i), 0);
}

function at(values: readonly number[], index: number): number {
  const value = values[index];
  if (value === undefined) throw new PoissonFitError(`no value at ${index}`);
  return value;
}

function rowAt(rows: readonly number[][], index: number): number[] {
  const row = rows[index];
  if (row === undefined) throw new PoissonFitError(`no row at ${index}`);
  return row;
}
