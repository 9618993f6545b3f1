import { Inject } from '@nestjs/common';
import {
  type Channel,
  NotificationClosed,
  NotificationRequested,
  NotificationRequestedPayload,
} from '@aika/contracts';
import { decideDelivery } from '@aika/domain';
import type { EffectCall, EffectResult } from '@aika/messaging';
import { AgentController, Handles, RunsEffect } from '@aika/messaging/nest';
import { stateOf } from '@aika/workflow';
import { customerAgent, type CustomerContext } from '../customer.agent.js';
import { customer, profiles } from '../customer.entity.js';
import {
  CallWebhook,
  closed,
  EFFECT_OF,
  type Notice,
  SendEmail,
  WriteToLog,
} from './deliver-notice.effects.js';
import { NOTIFICATION_CHANNELS, type NotificationChannel } from './notification-channel.port.js';

/** Delivers what stands on `aika.notifications`, whoever wrote it, and tells what became of it. */
@AgentController(customerAgent)
export class DeliveryController {
  constructor(
    @Inject(NOTIFICATION_CHANNELS) private readonly channels: Readonly<Record<Channel, NotificationChannel>>,
  ) {}

  @Handles(NotificationRequested)
  requested(request: NotificationRequestedPayload, context: CustomerContext): void {
    const { customerId, notificationId, channel } = request;
    const profile = context.store(profiles).get(customerId);
    const decision = decideDelivery(request, stateOf(context, customer, customerId), profile);
    if (decision.kind === 'SEND') {
      context.effect(EFFECT_OF[channel], noticeOf(request, decision.address));
      return;
    }
    const { reason } = decision;
    context.emit(NotificationClosed, { customerId, notificationId, channel, outcome: 'SKIPPED', reason });
  }

  @RunsEffect(WriteToLog)
  writeToLog(notice: Notice, call: EffectCall): Promise<EffectResult> {
    return this.deliver(notice, call);
  }

  @RunsEffect(SendEmail)
  sendEmail(notice: Notice, call: EffectCall): Promise<EffectResult> {
    return this.deliver(notice, call);
  }

  @RunsEffect(CallWebhook)
  callWebhook(notice: Notice, call: EffectCall): Promise<EffectResult> {
    return this.deliver(notice, call);
  }

  private async deliver(notice: Notice, { idempotencyKey, signal }: EffectCall): Promise<EffectResult> {
    await this.channels[notice.channel].deliver(notice, { idempotencyKey, signal });
    return closed(notice, 'DELIVERED');
  }
}

function noticeOf(request: NotificationRequestedPayload, address: string | undefined): Notice {
  const { customerId, notificationId, channel, template, language, parameters, causedBy } = request;
  const notice = { customerId, notificationId, channel, template, language, parameters, causedBy };
  return address === undefined ? notice : { ...notice, address };
}
