import { type DynamicModule, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { DiscoveryModule, ModuleRef } from '@nestjs/core';
import { type Catalogue, catalogue as productCatalogue } from '@aika/contracts';
import type { AgentManifest } from '../agent/index.js';
import { createLocalStateStores } from '../local-state/index.js';
import type { MessageLog } from '../ports/index.js';
import {
  type AgentRuntimeOptions,
  groupIdOf,
  memoryStateStores,
  type StateStores,
} from '../runtime/index.js';
import { AgentSettings, loadSettings, SettingsError } from './agent-settings.js';
import { AikaClient } from './aika.client.js';
import { AikaTransport } from './aika.transport.js';
import { EffectRegistry } from './effect-registry.js';
import { HandlerErrorFilter } from './handler-error.filter.js';
import { AikaHealthIndicator } from './aika-health.indicator.js';
import { HealthController } from './health.controller.js';
import { runtimeLogger } from './nest-logger.js';
import { AGENT, CATALOGUE, MESSAGE_LOG, RUNTIME_TUNING, SETTINGS, TRANSPORT } from './tokens.js';

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

/** What a test may set of the runtime: the clock by which timers are due, and delivery settings. */
export type RuntimeTuning = Pick<AgentRuntimeOptions, 'clock' | 'settings'>;

/** Wires one agent: settings, log, transport, client, health. */
@Module({})
export class AikaModule implements OnApplicationShutdown {
  constructor(
    @Inject(MESSAGE_LOG) private readonly log: MessageLog,
    private readonly client: AikaClient,
    module: ModuleRef,
  ) {
    HandlerErrorFilter.installIn(module);
  }

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
        AikaHealthIndicator,
        { provide: AGENT, useValue: agent },
        {
          provide: CATALOGUE,
          inject: [SETTINGS],
          useFactory: ({ stageTopics }: S) => catalogue.withStageTopics(stageTopics),
        },
        { provide: RUNTIME_TUNING, useValue: {} },
        { provide: SETTINGS, useFactory: () => loadSettings(Settings, process.env, defaults as Partial<S>) },
        { provide: Settings, useExisting: SETTINGS },
        { provide: MESSAGE_LOG, inject: [SETTINGS], useFactory: options.log },
        {
          provide: TRANSPORT,
          inject: [SETTINGS, MESSAGE_LOG, CATALOGUE, EffectRegistry, RUNTIME_TUNING],
          useFactory: (
            settings: S,
            log: MessageLog,
            known: Catalogue,
            effects: EffectRegistry,
            tuning: RuntimeTuning,
          ) =>
            new AikaTransport({
              agent,
              log,
              catalogue: known,
              namespace: settings.namespace,
              instanceId: settings.instanceId,
              ...tuning,
              settings: { ...settings, ...tuning.settings },
              logger: runtimeLogger(agent.id),
              stores: storesOf(agent, settings, log),
              effects: () => effects.collect(),
            }),
        },
        {
          provide: AikaClient,
          inject: [SETTINGS, MESSAGE_LOG, CATALOGUE, RUNTIME_TUNING],
          useFactory: ({ namespace }: S, log: MessageLog, known: Catalogue, { clock }: RuntimeTuning) =>
            new AikaClient({ log, catalogue: known, namespace, sourceAgentId: agent.id, clock }),
        },
      ],
      exports: [
        SETTINGS,
        Settings,
        AGENT,
        CATALOGUE,
        AikaClient,
        AikaHealthIndicator,
        TRANSPORT,
        MESSAGE_LOG,
      ],
    };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.client.close();
    await this.log.close();
  }
}

/** @throws SettingsError where personal data would stand in a copy as the log does not keep it */
function storesOf(
  agent: AgentManifest,
  settings: AgentSettings,
  { stateGuard: guard }: MessageLog,
): StateStores {
  const { stateDir, stateMaxAgeMs, namespace, instanceId, personalData } = settings;
  if (stateDir === '') return memoryStateStores;
  if (personalData === 'on' && guard === undefined) {
    throw new SettingsError([
      'AIKA_STATE_DIR: copies would hold personal data in plain text, because the log of this agent seals none; expected none with AIKA_PERSONAL_DATA=on',
    ]);
  }
  return createLocalStateStores({
    directory: stateDir,
    groupId: groupIdOf(namespace, agent),
    instanceId,
    maxAgeMs: stateMaxAgeMs,
    guard,
    logger: runtimeLogger(agent.id),
  });
}
