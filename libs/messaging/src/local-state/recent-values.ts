/**
 * Values that were read or written lately, bounded by their length: two generations, of which the older one goes
 * when the younger one is full.
 */
export class RecentValues {
  private young = new Map<string, string>();
  private old = new Map<string, string>();
  private characters = 0;

  /** @param maxCharacters of each generation's keys and values */
  constructor(private readonly maxCharacters: number) {}

  get(key: string): string | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: string): void {
    this.characters += key.length + value.length;
    this.young.set(key, value);
    if (this.characters < this.maxCharacters) return;
    this.old = this.young;
    this.young = new Map();
    this.characters = 0;
  }

  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }
}
