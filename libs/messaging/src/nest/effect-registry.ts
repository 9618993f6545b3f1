import { Injectable, type Type } from '@nestjs/common';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import type { EffectHandler } from '../agent/index.js';
import { EFFECT_METADATA } from './agent-controller.decorator.js';

/** Finds the methods that carry `@RunsEffect`, in controllers and providers. */
@Injectable()
export class EffectRegistry {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** @throws TypeError when two methods run the same effect, or one depends on the message being handled */
  collect(): ReadonlyMap<string, EffectHandler<object>> {
    const found = new Map<string, EffectHandler<object>>();
    for (const wrapper of [...this.discovery.getControllers(), ...this.discovery.getProviders()]) {
      const instance = wrapper.instance as Record<string, unknown> | null | undefined;
      if (!instance || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as object | null;
      if (!prototype) continue;
      for (const key of this.scanner.getAllMethodNames(prototype)) {
        this.register(found, { instance, key, isStatic: wrapper.isDependencyTreeStatic() });
      }
    }
    return found;
  }

  private register(
    found: Map<string, EffectHandler<object>>,
    { instance, key, isStatic }: FoundMethod,
  ): void {
    const method = instance[key];
    if (typeof method !== 'function') return;
    const name = this.reflector.get<string | undefined>(EFFECT_METADATA, method as unknown as Type);
    if (name === undefined) return;
    if (!isStatic) {
      throw new TypeError(
        `Effect ${name} is a method of a request-scoped class: it runs outside of any message.`,
      );
    }
    if (found.has(name)) throw new TypeError(`Effect ${name} has more than one handler.`);
    found.set(name, (method as EffectHandler<object>).bind(instance));
  }
}

interface FoundMethod {
  readonly instance: Record<string, unknown>;
  readonly key: string;
  readonly isStatic: boolean;
}
