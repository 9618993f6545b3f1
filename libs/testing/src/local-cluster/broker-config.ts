import { randomBytes } from 'node:crypto';

export type NodeAddress = { readonly id: number; readonly port: number; readonly controllerPort: number };

/** A new cluster id as Kafka writes them: 16 random bytes in base64url. */
export function newClusterId(): string {
  let id = randomBytes(16).toString('base64url');
  // Kafka refuses an id that begins with a dash: its tools would read it as an option.
  while (id.startsWith('-')) id = randomBytes(16).toString('base64url');
  return id;
}

/**
 * One node's server.properties from the template deploy/kafka/broker.properties.
 * @throws Error for a placeholder of the template that is not known here
 */
export function renderBrokerProperties(
  template: string,
  node: NodeAddress,
  all: readonly NodeAddress[],
  logDir: string,
): string {
  const values: Readonly<Record<string, string>> = {
    nodeId: String(node.id),
    voters: all.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(','),
    port: String(node.port),
    controllerPort: String(node.controllerPort),
    // A properties file takes a backslash for an escape.
    logDir: logDir.replaceAll('\\', '/'),
  };
  const lines = template.split('\n').filter((line) => !line.startsWith('#'));
  return lines.join('\n').replace(/\$\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`broker.properties has an unknown placeholder ${placeholder}`);
    return value;
  });
}
