/** Where a service of a local installation finds its brokers, and where it is found: on this machine only. */
export interface ServicePlace {
  readonly brokers: readonly string[];
  readonly namespace: string;
  /** Names the instance. */
  readonly name: string;
  readonly port: number;
}

/** The settings that every agent, the projector and the gateway are started with. */
export function serviceEnvironment({
  brokers,
  namespace,
  name,
  port,
}: ServicePlace): Readonly<Record<string, string>> {
  return {
    KAFKA_BROKERS: brokers.join(','),
    AIKA_NAMESPACE: namespace,
    AIKA_INSTANCE_ID: name,
    AIKA_HTTP_ADDRESS: '127.0.0.1',
    AIKA_HTTP_PORT: String(port),
  };
}
