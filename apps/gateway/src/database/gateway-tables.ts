import { makeSchema, type ViewsDatabase } from '@aika/views';

/** Beside the views, which can be thrown away: what is kept here cannot be built again. */
export const GATEWAY_SCHEMA = 'aika_gateway';

/** Tables of the gateway's own, made at the first request that needs them. */
export class GatewayTables {
  private made: Promise<void> | undefined;

  /** @param makeTables makes those that are missing; in one transaction with the schema */
  constructor(
    private readonly db: ViewsDatabase,
    private readonly schema: string,
    private readonly makeTables: (transaction: ViewsDatabase) => Promise<unknown>,
  ) {}

  /** @throws Error the database's own when they cannot be made; the next call tries again */
  ready(): Promise<void> {
    this.made ??= makeSchema(this.db, this.schema, this.makeTables).catch((error: unknown) => {
      // The database may have been away.
      this.made = undefined;
      throw error;
    });
    return this.made;
  }
}
