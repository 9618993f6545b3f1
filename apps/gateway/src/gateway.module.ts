import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_INTERCEPTOR } from '@nestjs/core';
import { type Catalogue, catalogue } from '@aika/contracts';
import { DeadLetters, type MessageLog, MessageSender } from '@aika/messaging';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { CATALOGUE, loadSettings, MESSAGE_LOG, SETTINGS } from '@aika/messaging/nest';
import { openCustomerKeys, SealedMessages, SealedRows, withPersonalData } from '@aika/personal-data';
import { openViews, requireNewestViews, type ViewsDatabase } from '@aika/views';
import { AccessTrail } from './audit/access-trail.js';
import { AuditController } from './audit/audit.controller.js';
import { ReadingInterceptor } from './audit/reading.interceptor.js';
import { COMMAND_CONTROLLERS } from './commands/controllers/index.js';
import { CommandDesk } from './commands/command-desk.js';
import { withLateWriters } from './commands/late-writer.js';
import { PostgresIdempotencyStore } from './commands/postgres-idempotency-store.js';
import { Preconditions } from './commands/preconditions.js';
import { SealedIdempotencyStore } from './commands/sealed-idempotency-store.js';
import { DeadLettersController } from './dead-letters/dead-letters.controller.js';
import { LetterDesk } from './dead-letters/letter-desk.js';
import { gatewayDefaults, GatewaySettings } from './gateway.settings.js';
import { HealthController, type Probe } from './health/health.controller.js';
import { ProblemFilter } from './http/problem.filter.js';
import { RequestTimeoutInterceptor } from './http/request-timeout.interceptor.js';
import { RouteTable } from './http/route-table.js';
import { IDENTITY_PROVIDERS } from './identity/identity.providers.js';
import { LiveFeed } from './live/live-feed.js';
import { StreamController } from './live/stream.controller.js';
import { OperationController } from './operation/operation.controller.js';
import { ParkedKeysController } from './operation/parked-keys.controller.js';
import { PersonController } from './person/person.controller.js';
import { READ_CONTROLLERS } from './reads/controllers/index.js';
import { ViewsReader } from './reads/views-reader.js';
import { DATABASE, DEAD_LETTERS, IDEMPOTENCY_STORE, PROBES, SENDER } from './tokens.js';
import { MessageProducer } from './topics/message-producer.js';
import { TopicReader } from './topics/topic-reader.js';
import { TopicsController } from './topics/topics.controller.js';

/** How messages that came in over HTTP name their sender. */
export const GATEWAY_SENDER = 'gateway';
const DATABASE_CONNECT_MS = 2_000;

/** Wires the edge: settings, log, sender, database, routes. */
@Module({
  controllers: [
    HealthController,
    ...COMMAND_CONTROLLERS,
    TopicsController,
    DeadLettersController,
    OperationController,
    ParkedKeysController,
    AuditController,
    StreamController,
    PersonController,
    ...READ_CONTROLLERS,
  ],
  providers: [
    RouteTable,
    CommandDesk,
    Preconditions,
    ViewsReader,
    TopicReader,
    MessageProducer,
    LetterDesk,
    LiveFeed,
    AccessTrail,
    {
      provide: SETTINGS,
      useFactory: () => loadSettings(GatewaySettings, process.env, gatewayDefaults(process.env)),
    },
    { provide: GatewaySettings, useExisting: SETTINGS },
    {
      provide: CATALOGUE,
      inject: [SETTINGS],
      useFactory: ({ stageTopics }: GatewaySettings) => catalogue.withStageTopics(stageTopics),
    },
    {
      provide: SealedRows,
      inject: [SETTINGS],
      useFactory: (settings: GatewaySettings) => new SealedRows(openCustomerKeys(settings)),
    },
    {
      provide: MESSAGE_LOG,
      inject: [SETTINGS, CATALOGUE, SealedRows],
      useFactory: (settings: GatewaySettings, known: Catalogue, { keys }: SealedRows) =>
        withPersonalData(createKafkaLog(kafkaOptionsOf(settings)), settings, { catalogue: known, keys }),
    },
    {
      provide: SENDER,
      inject: [SETTINGS, MESSAGE_LOG, CATALOGUE],
      useFactory: ({ namespace }: GatewaySettings, log: MessageLog, known: Catalogue) =>
        MessageSender.create({
          // The gateway starts while the log is away, too.
          log: withLateWriters(log),
          catalogue: known,
          namespace,
          sourceAgentId: GATEWAY_SENDER,
        }),
    },
    {
      provide: DEAD_LETTERS,
      inject: [SETTINGS, MESSAGE_LOG, CATALOGUE],
      useFactory: ({ namespace }: GatewaySettings, log: MessageLog, known: Catalogue) =>
        new DeadLetters({ log, namespace, catalogue: known, sourceAgentId: GATEWAY_SENDER }),
    },
    {
      provide: DATABASE,
      inject: [SETTINGS],
      useFactory: ({ databaseUrl, requestTimeoutMs }: GatewaySettings) =>
        openViews(databaseUrl, {
          applicationName: 'aika-gateway',
          connectTimeoutMs: DATABASE_CONNECT_MS,
          statementTimeoutMs: requestTimeoutMs,
          prepare: true,
        }),
    },
    {
      provide: IDEMPOTENCY_STORE,
      inject: [DATABASE, SealedRows, CATALOGUE],
      useFactory: (db: ViewsDatabase, { keys }: SealedRows, known: Catalogue) =>
        new SealedIdempotencyStore(new PostgresIdempotencyStore(db), new SealedMessages(keys, known)),
    },
    {
      provide: PROBES,
      inject: [DATABASE],
      useFactory: (db: ViewsDatabase): readonly Probe[] => [
        { name: 'database', ask: () => requireNewestViews(db) },
      ],
    },
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_INTERCEPTOR, useClass: RequestTimeoutInterceptor },
    // Sees answers as their callers do: inside of it answers are not cut down yet.
    { provide: APP_INTERCEPTOR, useClass: ReadingInterceptor },
    ...IDENTITY_PROVIDERS,
  ],
})
export class GatewayModule implements OnApplicationShutdown {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    @Inject(SENDER) private readonly sender: MessageSender,
    @Inject(DATABASE) private readonly database: ViewsDatabase,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await this.sender.close();
    await this.log.close();
    await this.database.destroy();
  }
}
