import type { CustomerKeys } from './keys/customer-keys.js';
import { ValueSealer } from './sealing/sealer.js';

/** Opens what stands outside of the log as the log had it: in rows of views. */
export class SealedRows {
  /** @param keys undefined where personal data is not sealed */
  constructor(readonly keys: CustomerKeys | undefined) {}

  /**
   * @param fields whose text may be sealed; of somebody erased it is a mark
   * @throws KeyError
   */
  async open<Row extends { readonly customer_id: string }>(
    rows: readonly Row[],
    fields: readonly (keyof Row & string)[],
  ): Promise<readonly Row[]> {
    if (!this.keys || rows.length === 0) return rows;
    const known = await this.keys.load(
      rows.map((row) => row.customer_id),
      false,
    );
    return rows.map((row) => {
      const key = known.get(row.customer_id);
      if (!key) return row;
      const sealer = new ValueSealer(row.customer_id, key);
      const opened = fields.map((field) => [field, sealer.openAll(row[field])] as const);
      return { ...row, ...Object.fromEntries(opened) };
    });
  }
}
