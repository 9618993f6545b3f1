/** Where a finding is. */
export type Place = 'records' | 'seals' | 'second-place';

export type RecordFindingKind =
  /** Another record stands at an offset than was sealed there. */
  | 'CHANGED'
  /** A sealed record is gone. */
  | 'DROPPED'
  /** A record stands within a sealed range, and was not there when it was sealed. */
  | 'INSERTED'
  /** A sealed record stands in another order among the others. */
  | 'REORDERED'
  /** Sealed records stand at other offsets in the order in which they were: something was put before them, or taken. */
  | 'SHIFTED'
  /** The partition ends before its last seal. */
  | 'CUT'
  /** Records are gone from the start that the operator's retention keeps. */
  | 'CUT_START';

export type SealFindingKind =
  | 'SEAL_UNREADABLE'
  /** Its signature is not that of its key over what it says. */
  | 'SEAL_SIGNATURE_INVALID'
  /** Signed with a key that is not trusted. */
  | 'SEAL_KEY_UNKNOWN'
  /** It does not name the seal before it, or its range does not begin where that one ends. */
  | 'SEAL_CHAIN_BROKEN'
  /** A sequence number is left out. */
  | 'SEAL_MISSING'
  /** Another seal stands under the sequence, here or in the second place. */
  | 'SEAL_REPLACED'
  /** The second place has seals after the last one of the topic. */
  | 'SEALS_CUT'
  /** The topic has seals that the second place should have had long ago. */
  | 'SECOND_PLACE_BEHIND';

/** One sign of tampering, or of damage. */
export interface Finding {
  readonly kind: RecordFindingKind | SealFindingKind;
  readonly place: Place;
  readonly partition: number;
  /** Where the record is or was; of several the first. */
  readonly offset?: number;
  /** The offset after the last one, where it is a range. */
  readonly until?: number;
  /** Where it was when it was sealed, if that is another offset. */
  readonly sealedAt?: number;
  /** Of the seal. */
  readonly sequence?: number;
  /** How many records or seals; 1 when absent. */
  readonly count?: number;
  /** A plain sentence without any content of a record. */
  readonly detail: string;
}
