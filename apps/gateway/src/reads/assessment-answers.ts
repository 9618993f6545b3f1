import { ASSESSMENT_PURPOSES, fields, HomeFacts, MotorFacts, type Product, PRODUCTS } from '@aika/contracts';
import { PageAnswer } from '../http/page.js';
import { optional } from './answer-fields.js';

const { Decimal, Id, ListOf, Nested, OneOf, TextList, Time } = fields;

export class AssessmentAnswer {
  @Id()
  readonly assessmentId!: string;
  @Id()
  readonly customerId!: string;
  @OneOf(ASSESSMENT_PURPOSES, optional)
  readonly purpose?: string;
  @OneOf(PRODUCTS, optional)
  readonly product?: Product;
  @Decimal({ min: 0, max: 100, description: '0 (best) to 100 (worst).' })
  readonly riskScore!: number;
  @TextList({ description: 'What raised or lowered the score.' })
  readonly riskFactors!: readonly string[];
  @TextList()
  readonly recommendations!: readonly string[];
  @Decimal({ ...optional, min: 0, description: 'Of one policy in one quarter.' })
  readonly expectedClaimsPerQuarter?: number;
  @Nested(() => MotorFacts, optional)
  readonly motor?: MotorFacts;
  @Nested(() => HomeFacts, optional)
  readonly home?: HomeFacts;
  @Time()
  readonly assessedAt!: string;
}

export class AssessmentsPage extends PageAnswer {
  @ListOf(() => AssessmentAnswer)
  readonly items!: readonly AssessmentAnswer[];
}
