import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '@aika/testing';

/** The texts of the files that the replay and the program that checks it both start from. */
export interface PortfolioFiles {
  readonly motorTable: string;
  readonly fireTable: string;
  readonly severities: string;
  readonly assumptions: string;
  readonly ratingPlan: string;
}

/** Reads the portfolio from the repository's data folder. */
export function readPortfolioFiles(folder = join(repositoryRoot(), 'data')): PortfolioFiles {
  const read = (name: string): string => readFileSync(join(folder, name), 'utf8');
  return {
    motorTable: read('motor_portfolio_1973.csv'),
    fireTable: read('danish_fire_losses_1980_1990.csv'),
    severities: read('portfolio-severities.json'),
    assumptions: read('portfolio-assumptions.json'),
    ratingPlan: read('rating-plan.json'),
  };
}
