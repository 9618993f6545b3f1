import { AgentSettings, IntegerSetting, SecretSetting } from '@aika/messaging/nest';
import { IsIn, IsString, Matches } from 'class-validator';

/** Settings of the sealer, beside those that every process has. */
export class SealerSettings extends AgentSettings {
  /** `AIKA_AUDIT_KEY`: the Ed25519 private key in PEM (PKCS #8); else it is read from the file. */
  @IsString()
  @SecretSetting()
  auditKey = '';

  /** `AIKA_AUDIT_KEY_FILE`. */
  @IsString()
  auditKeyFile = '.aika/audit/key.pem';

  /** `AIKA_AUDIT_KEY_CREATE`: `yes` makes a key where the file is missing; for one machine, not for production. */
  @IsIn(['yes', 'no'], { message: 'expected yes or no' })
  auditKeyCreate: 'yes' | 'no' = 'no';

  /** `AIKA_AUDIT_STORE`: the second place, `file:///folder` or `postgres://user:password@host:port/database`. */
  @Matches(/^(file:\/\/\/\S+|postgres(ql)?:\/\/\S+)$/, {
    message: 'expected file:///folder or postgres://user:password@host:port/database',
  })
  @SecretSetting()
  auditStore = '';

  /** `AIKA_AUDIT_INTERVAL_MS`: a record waits for its seal for so long at most. */
  @IntegerSetting(100, 600_000)
  auditIntervalMs = 5_000;

  /** `AIKA_AUDIT_RETENTION`: how long records are kept, as the topic is set: days such as `3650d`, or `unlimited`. */
  @Matches(/^(unlimited|[1-9]\d{0,5}d)$/, { message: 'expected days such as 3650d, or unlimited' })
  auditRetention = 'unlimited';

  /** Milliseconds; null = for ever. */
  get retentionMs(): number | null {
    return this.auditRetention === 'unlimited' ? null : Number.parseInt(this.auditRetention, 10) * 86_400_000;
  }
}
