import type { Answer } from '@aika/messaging';
import { AgentController, Handles, HandlesAnswer } from '@aika/messaging/nest';
import { AskGreeting, receptionAgent, type ReceptionContext } from './reception.agent.js';
import { CloseVisit, ReceiveVisitor, VisitEnded, VisitPayload } from './reception.messages.js';

const VISIT_MS = 30 * 60_000;

@AgentController(receptionAgent)
export class ReceptionController {
  @Handles(ReceiveVisitor)
  receive({ customerId, name }: VisitPayload, context: ReceptionContext): void {
    context.ask(AskGreeting, { customerId, name }, { remember: { name, arrivedAt: context.now } });
  }

  @HandlesAnswer(AskGreeting)
  greeted(answer: Answer<typeof AskGreeting>, context: ReceptionContext): void {
    const { customerId, remembered } = answer;
    const { name, arrivedAt } = remembered;
    switch (answer.outcome) {
      case 'replied': {
        // A visitor who comes again before the end stays longer: the same timer id moves the timer.
        const end = new Date(Date.parse(arrivedAt) + VISIT_MS).toISOString();
        return context.schedule('end-of-visit', end, CloseVisit, { customerId, name: answer.payload.name });
      }
      case 'refused':
        return void context.emit(VisitEnded, { customerId, name, how: answer.code });
      case 'timed-out':
        return void context.emit(VisitEnded, { customerId, name, how: 'not greeted in time' });
      default:
        return answer satisfies never;
    }
  }

  @Handles(CloseVisit)
  close({ customerId, name }: VisitPayload, context: ReceptionContext): void {
    context.emit(VisitEnded, { customerId, name, how: 'after half an hour' });
  }
}
