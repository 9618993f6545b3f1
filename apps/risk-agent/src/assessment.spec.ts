import { CustomerAssessmentRequest } from '@aika/contracts';
import { TestAgent } from '@aika/workflow/testing';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { AssessmentController } from './assessment.controller.js';
import { riskAgent } from './risk.agent.js';

const request = { ...CustomerAssessmentRequest.example, customerId: 'cust-1' };

describe('the assessment of a customer', () => {
  const controller = new AssessmentController();
  let agent: TestAgent;

  beforeEach(() => {
    agent = new TestAgent(riskAgent);
  });

  const assess = (asked: typeof request) =>
    controller.assessCustomer(asked, agent.context(CustomerAssessmentRequest, asked));

  it('answers with the score and the facts that a quote needs', () => {
    assess(request);
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'RISK_ASSESSMENT_COMPLETED',
        payload: {
          customerId: 'cust-1',
          assessmentId: request.assessmentId,
          purpose: 'QUOTE',
          product: 'MOTOR',
          motor: request.motor,
        },
      },
    ]);
  });

  it('says nothing more to the same request under another message id', () => {
    assess(request);
    agent.takeEmitted();
    assess(request);
    expect(agent.takeTypes()).toEqual([]);
  });

  it('refuses a request without rating facts, naming the message', () => {
    assess({ ...request, motor: undefined });
    expect(agent.takeEmitted()).toMatchObject([
      {
        type: 'COMMAND_REJECTED',
        payload: {
          code: 'motor_facts_missing',
          commandId: 'msg-1',
          commandType: 'CUSTOMER_ASSESSMENT_REQUEST',
        },
      },
    ]);
  });
});
