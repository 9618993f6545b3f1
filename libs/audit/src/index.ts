export { AuditError, type AuditErrorCode } from './audit-error.js';
export { ensureSigningKey, publicKeyFileOf, readSigningKey, readTrustedKeys } from './keys/key-files.js';
export { newKeyPair, type SigningKey, signingKey } from './keys/signing-key.js';
export { keyIdOf, type TrustedKeys, trustedKeys } from './keys/trusted-keys.js';
export { type AuditLine, auditLineOf } from './search/audit-line.js';
export { type AuditFilter, type AuditSearch, searchTrail } from './search/search-trail.js';
export { type ChainHead, firstHead, headAfter, makeSeal, type SealOptions } from './seal/make-seal.js';
export { contentDigest } from './seal/record-digest.js';
export { readSeal, type Seal, type SealBody, sealHash, writeSeal } from './seal/seal.js';
export { sealsTopicOf } from './seal/seals-topic.js';
export { MemorySealStore } from './stores/memory-seal-store.js';
export { openSealStore } from './stores/open-seal-store.js';
export type { SealStore, StoredSeal } from './stores/seal-store.port.js';
export type { Finding, Place, RecordFindingKind, SealFindingKind } from './verify/finding.js';
export {
  type PartitionEvidence,
  type PartitionReport,
  verifyPartition,
  type VerifyOptions,
} from './verify/verify-partition.js';
export { sealsOf, type TrailToVerify, verifyTrail } from './verify/verify-trail.js';
