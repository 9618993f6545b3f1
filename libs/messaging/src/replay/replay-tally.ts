import type { FieldDifference } from './field-differences.js';
import { COMPARED, type Compared, type ComparisonCounts, type ReplayDifference } from './replay-report.js';

type Counting = { -readonly [name in keyof ComparisonCounts]: number };
type Subject = Omit<ReplayDifference, 'verdict' | 'fields'>;

/** Counts what is the same and what is not, and keeps the first differences. */
export class ReplayTally {
  readonly counts = Object.fromEntries(
    COMPARED.map((of) => [of, { same: 0, different: 0, missing: 0, extra: 0 }]),
  ) as Record<Compared, Counting>;
  readonly differences: ReplayDifference[] = [];
  differenceCount = 0;

  /** @param options.limit of the differences kept; @param options.values whether with their values */
  constructor(private readonly options: { readonly limit: number; readonly values: boolean }) {}

  /** So many more differences are kept; the others are counted. */
  get room(): number {
    return Math.max(0, this.options.limit - this.differences.length);
  }

  /** Something is there on both sides. */
  compared(subject: Subject, fields: readonly FieldDifference[]): void {
    if (fields.length === 0) this.counts[subject.of].same += 1;
    else this.note(subject, 'different', fields);
  }

  /** Something is there on both sides, and not the same. */
  different(subject: Subject, fields: readonly FieldDifference[]): void {
    this.note(subject, 'different', fields);
  }

  missing(subject: Subject): void {
    this.note(subject, 'missing', []);
  }

  extra(subject: Subject): void {
    this.note(subject, 'extra', []);
  }

  private note(
    subject: Subject,
    verdict: ReplayDifference['verdict'],
    fields: readonly FieldDifference[],
  ): void {
    this.counts[subject.of][verdict] += 1;
    this.differenceCount += 1;
    if (this.differences.length >= this.options.limit) return;
    const shown = this.options.values ? fields : fields.map(({ path }) => ({ path }));
    this.differences.push({ ...subject, verdict, fields: shown });
  }
}
