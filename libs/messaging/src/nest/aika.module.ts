import { type DynamicModule, Module, type OnApplicationShutdown, Inject } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { type Catalogue, catalogue as productCatalogue } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import { createLocalStateStores } from '../local-state/index.js';
import type { MessageLog } from '../ports/index.js';
import { groupIdOf, memoryStateStores, type StateStores } from '../runtime/index.js';
import { AgentSettings, loadSettings } from './agent-settings.js';
import { AikaClient } from './aika.client.js';
import { AikaTransport } from './aika.transport.js';
import { EffectRegistry } from './effect-registry.js';
import { HealthController } from './health.controller.js';
import { runtimeLogger } from './nest-logger.js';
import { AGENT, MESSAGE_LOG, SETTINGS, TRANSPORT } from './tokens.js';

export interface AgentModuleOptions<S extends AgentSettings = AgentSettings> {
  /** Port of the health endpoints when the environment names none. */
  readonly defaultPort?: number;
  /** A subclass of AgentSettings for an agent's own settings. Provided under its class. */
  readonly settings?: new () => S;
  /** The product's messages unless an agent brings more. */
  readonly catalogue?: Catalogue;
  /** Makes the log's adapter; `runAgent` takes Kafka's, a test the in-memory one. */
  readonly log: (settings: S) => MessageLog;
}

/** Wires one agent: settings, log, transport, client, health. */
@Module({})
export class AikaModule implements OnApplicationShutdown {
  constructor(@Inject(MESSAGE_LOG) private readonly log: MessageLog) {}

  static forAgent<S extends AgentSettings = AgentSettings>(
    agent: AgentManifest,
    options: AgentModuleOptions<S>,
  ): DynamicModule {
    const Settings = options.settings ?? (AgentSettings as new () => S);
    const catalogue = options.catalogue ?? productCatalogue;
    const defaults = options.defaultPort === undefined ? {} : { httpPort: options.defaultPort };
    return {
      module: AikaModule,
      global: true,
      imports: [DiscoveryModule],
      controllers: [HealthController],
      providers: [
        EffectRegistry,
        { provide: AGENT, useValue: agent },
        { provide: SETTINGS, useFactory: () => loadSettings(Settings, process.env, defaults as Partial<S>) },
        { provide: Settings, useExisting: SETTINGS },
        { provide: MESSAGE_LOG, inject: [SETTINGS], useFactory: options.log },
        {
          provide: TRANSPORT,
          inject: [SETTINGS, MESSAGE_LOG, EffectRegistry],
          useFactory: (settings: S, log: MessageLog, effects: EffectRegistry) =>
            new AikaTransport({
              agent,
              log,
              catalogue,
              namespace: settings.namespace,
              instanceId: settings.instanceId,
              settings,
              logger: runtimeLogger(agent.id),
              stores: storesOf(agent, settings),
              effects: () => effects.collect(),
            }),
        },
        {
          provide: AikaClient,
          inject: [SETTINGS, MESSAGE_LOG],
          useFactory: (settings: S, log: MessageLog) =>
            new AikaClient({ log, catalogue, namespace: settings.namespace, sourceAgentId: agent.id }),
        },
      ],
      exports: [SETTINGS, Settings, AikaClient, TRANSPORT, MESSAGE_LOG],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.log.close();
  }
}

function storesOf(agent: AgentManifest, settings: AgentSettings): StateStores {
  const { stateDir, stateMaxAgeMs, namespace, instanceId } = settings;
  if (stateDir === '') return memoryStateStores;
  return createLocalStateStores({
    directory: stateDir,
    groupId: groupIdOf(namespace, agent),
    instanceId,
    maxAgeMs: stateMaxAgeMs,
    logger: runtimeLogger(agent.id),
  });
}
