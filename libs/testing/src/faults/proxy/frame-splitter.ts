/** Kafka's own bound of a request; a greater size is not Kafka's protocol. */
const LONGEST_FRAME = 100 * 1024 * 1024;
const SIZE_BYTES = 4;

/** Cuts a stream of bytes into Kafka's frames: a size in four bytes, then as many bytes. */
export class FrameSplitter {
  private chunks: Buffer[] = [];
  private length = 0;
  /** Bytes of the frame under way with its size field; undefined until the size is known. */
  private wanted: number | undefined;

  /** Bytes of a frame that is not complete yet. */
  get pending(): number {
    return this.length;
  }

  /**
   * Takes what has arrived and returns the frames that are complete now, each with its size field.
   * @throws RangeError when the bytes are not Kafka's protocol
   */
  push(chunk: Buffer): readonly Buffer[] {
    this.chunks.push(chunk);
    this.length += chunk.length;
    const frames: Buffer[] = [];
    while (this.isComplete()) frames.push(this.cut());
    return frames;
  }

  private isComplete(): boolean {
    if (this.wanted === undefined) {
      if (this.length < SIZE_BYTES) return false;
      const size = this.joined().readInt32BE(0);
      if (size < SIZE_BYTES || size > LONGEST_FRAME) throw new RangeError(`a frame of ${size} bytes`);
      this.wanted = SIZE_BYTES + size;
    }
    return this.length >= this.wanted;
  }

  private cut(): Buffer {
    const all = this.joined();
    const frame = all.subarray(0, this.wanted);
    const rest = all.subarray(frame.length);
    this.chunks = rest.length > 0 ? [rest] : [];
    this.length = rest.length;
    this.wanted = undefined;
    return frame;
  }

  /** Joined only when a frame begins or ends: once per frame, however many chunks it comes in. */
  private joined(): Buffer {
    const [first] = this.chunks;
    if (this.chunks.length === 1 && first) return first;
    const all = Buffer.concat(this.chunks, this.length);
    this.chunks = [all];
    return all;
  }
}
