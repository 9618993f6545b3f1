import {
  Inject,
  Injectable,
  Module,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import {
  AuditError,
  ensureSigningKey,
  openSealStore,
  readSigningKey,
  type SealStore,
  type SigningKey,
  signingKey,
} from '@aika/audit';
import type { MessageLog } from '@aika/messaging';
import { createKafkaLog, kafkaOptionsOf } from '@aika/messaging/kafka';
import { loadSettings, runtimeLogger, SettingsError } from '@aika/messaging/nest';
import { HealthController } from './health.controller.js';
import { Sealer } from './sealer.js';
import { SealerSettings } from './sealer.settings.js';

const LOG = Symbol('LOG');
const STORE = Symbol('STORE');
const DEFAULT_PORT = 3106;
/** A seal takes 22 bytes a record and stands in one message. */
const MAX_RECORDS = 2000;

@Injectable()
class SealerLifecycle implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    @Inject(Sealer) private readonly sealer: Sealer,
    @Inject(STORE) private readonly store: SealStore,
    @Inject(LOG) private readonly log: MessageLog,
  ) {}

  onApplicationBootstrap(): void {
    this.sealer.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.sealer.stop();
    await Promise.all([this.log.close(), this.store.close()]);
  }
}

/** @throws SettingsError that names the setting, and nothing of the key */
function keyOf({ auditKey, auditKeyFile, auditKeyCreate }: SealerSettings): SigningKey {
  try {
    if (auditKey !== '') return signingKey(auditKey);
    return auditKeyCreate === 'yes' ? ensureSigningKey(auditKeyFile) : readSigningKey(auditKeyFile);
  } catch (error) {
    if (!(error instanceof AuditError)) throw error;
    throw new SettingsError([
      `${auditKey === '' ? 'AIKA_AUDIT_KEY_FILE' : 'AIKA_AUDIT_KEY'}: ${error.message}`,
    ]);
  }
}

@Module({
  controllers: [HealthController],
  providers: [
    SealerLifecycle,
    {
      provide: SealerSettings,
      useFactory: () => loadSettings(SealerSettings, process.env, { httpPort: DEFAULT_PORT }),
    },
    {
      provide: LOG,
      inject: [SealerSettings],
      useFactory: (settings: SealerSettings) => createKafkaLog(kafkaOptionsOf(settings)),
    },
    {
      provide: STORE,
      inject: [SealerSettings],
      useFactory: ({ auditStore }: SealerSettings) => openSealStore(auditStore),
    },
    {
      provide: Sealer,
      inject: [SealerSettings, LOG, STORE],
      useFactory: (settings: SealerSettings, log: MessageLog, store: SealStore) =>
        new Sealer({
          ...{ log, store, key: keyOf(settings), logger: runtimeLogger('audit-sealer') },
          namespace: settings.namespace,
          instanceId: settings.instanceId,
          batchSize: Math.min(settings.batchSize, MAX_RECORDS),
          intervalMs: settings.auditIntervalMs,
          retentionMs: settings.retentionMs,
          sessionTimeoutMs: settings.sessionTimeoutMs,
          transactionTimeoutMs: settings.transactionTimeoutMs,
        }),
    },
  ],
  exports: [SealerSettings],
})
export class SealerModule {}
