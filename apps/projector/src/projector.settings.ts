import { AgentSettings, IntegerSetting } from '@aika/messaging/nest';
import { Matches } from 'class-validator';

/** Settings of the projector, beside those that every process has. */
export class ProjectorSettings extends AgentSettings {
  /** `DATABASE_URL`: the views' PostgreSQL, 15 or newer. */
  @Matches(/^postgres(ql)?:\/\/\S+$/, { message: 'expected postgres://user:password@host:port/database' })
  databaseUrl = 'postgres://aika@127.0.0.1:15432/postgres';

  /** `AIKA_DATABASE_TIMEOUT_MS`: after this the database ends a statement, or a transaction that stands idle. */
  @IntegerSetting(100, 600_000)
  databaseTimeoutMs = 15_000;
}
