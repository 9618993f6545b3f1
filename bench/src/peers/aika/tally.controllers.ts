import { ClaimApproved, type ClaimApprovedPayload, NotificationRequested } from '@aika/contracts';
import type { ContextOf } from '@aika/messaging';
import { AgentController, Handles } from '@aika/messaging/nest';
import { noticeOf, tallied } from '../../workload/claim-notice.js';
import { tallyAgent, Tallies } from './tally.agent.js';

type Context = ContextOf<typeof tallyAgent>;

@AgentController(tallyAgent)
export class StatefulTallyController {
  @Handles(ClaimApproved)
  approved(payload: ClaimApprovedPayload, context: Context): void {
    const store = context.store(Tallies);
    const tally = tallied(store.get('claims'), payload);
    store.put('claims', tally);
    context.emit(NotificationRequested, noticeOf(payload, context.message.messageId, tally));
  }
}

@AgentController(tallyAgent)
export class StatelessTallyController {
  @Handles(ClaimApproved)
  approved(payload: ClaimApprovedPayload, context: Context): void {
    context.emit(NotificationRequested, noticeOf(payload, context.message.messageId));
  }
}
