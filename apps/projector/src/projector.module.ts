import {
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { catalogue } from '@aika/contracts';
import type { MessageLog } from '@aika/messaging';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { loadSettings, runtimeLogger } from '@aika/messaging/nest';
import { openViews, type ViewsDatabase } from '@aika/views';
import { HealthController } from './health.controller.js';
import { Projector } from './projector.js';
import { ProjectorSettings } from './projector.settings.js';
import { RecordReader } from './record-reader.js';

const DATABASE = Symbol('DATABASE');
const LOG = Symbol('LOG');
const DEFAULT_PORT = 3105;

@Injectable()
class ProjectorLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(Projector) private readonly projector: Projector,
    @Inject(DATABASE) private readonly db: ViewsDatabase,
    @Inject(LOG) private readonly log: MessageLog,
  ) {}

  onApplicationBootstrap(): void {
    this.projector.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.projector.stop();
    await Promise.all([this.log.close(), this.db.destroy()]);
  }
}

@Module({
  controllers: [HealthController],
  providers: [
    ProjectorLifecycle,
    {
      provide: ProjectorSettings,
      useFactory: () => loadSettings(ProjectorSettings, process.env, { httpPort: DEFAULT_PORT }),
    },
    {
      provide: LOG,
      inject: [ProjectorSettings],
      useFactory: (settings: ProjectorSettings) => createKafkaLog(kafkaOptionsOf(settings)),
    },
    {
      provide: DATABASE,
      inject: [ProjectorSettings],
      useFactory: ({ databaseUrl, databaseTimeoutMs }: ProjectorSettings) =>
        openViews(databaseUrl, {
          maxConnections: 2,
          statementTimeoutMs: databaseTimeoutMs,
          idleInTransactionTimeoutMs: databaseTimeoutMs,
          applicationName: 'aika-projector',
          // Rows and positions go and come back together: what is lost is read from the log again.
          deferFlush: true,
        }),
    },
    {
      provide: Projector,
      inject: [ProjectorSettings, LOG, DATABASE],
      useFactory: (settings: ProjectorSettings, log: MessageLog, db: ViewsDatabase) => {
        const { namespace, stageTopics, batchSize, sessionTimeoutMs } = settings;
        const reader = new RecordReader({ namespace, catalogue: catalogue.withStageTopics(stageTopics) });
        const logger = runtimeLogger('projector');
        return new Projector({ db, log, reader, namespace, logger, batchSize, sessionTimeoutMs });
      },
    },
  ],
  exports: [ProjectorSettings],
})
export class ProjectorModule {}
