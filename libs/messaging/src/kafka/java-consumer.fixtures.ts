import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Values of all committed records of a topic, as Apache Kafka's own console consumer reads them (read_committed):
 * what the adapter claims is checked with another client. Values must not contain line breaks. Ends when nothing
 * came for six seconds, or after `enough` records.
 */
export async function readWithJava(
  brokers: readonly string[],
  topic: string,
  enough?: number,
): Promise<readonly string[]> {
  const libs = process.env['AIKA_TEST_KAFKA_LIBS'];
  if (libs === undefined) throw new Error("AIKA_TEST_KAFKA_LIBS: jest's global set-up names Kafka's jars");
  const options = [
    ...['--bootstrap-server', brokers.join(',')],
    ...['--topic', topic],
    '--from-beginning',
    ...['--isolation-level', 'read_committed'],
    ...['--timeout-ms', '6000'],
    // A mark of its own on each record: the tool writes its warnings among them.
    ...['--formatter-property', 'print.offset=true'],
    ...(enough === undefined ? [] : ['--max-messages', `${enough}`]),
  ];
  const consumer = spawn('java', [
    '-cp',
    join(libs, '*'),
    'org.apache.kafka.tools.consumer.ConsoleConsumer',
    ...options,
  ]);
  const [out, report]: [Buffer[], Buffer[]] = [[], []];
  consumer.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  consumer.stderr.on('data', (chunk: Buffer) => report.push(chunk));
  await new Promise((resolve, reject) => consumer.once('close', resolve).once('error', reject));
  const lines = Buffer.concat(out).toString().split('\n');
  const values = lines.flatMap((line) => /^Offset:\d+\t(.*)$/.exec(line)?.[1] ?? []);
  // Its own count: a consumer that failed must not look like an empty topic.
  const counted = /Processed a total of (\d+) messages/.exec(Buffer.concat(report).toString());
  if (Number(counted?.[1]) !== values.length) {
    throw new Error(`The console consumer did not read ${topic}:\n${Buffer.concat(report).toString()}`);
  }
  return values;
}
