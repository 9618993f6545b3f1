import { constants, type KeyObject, sign } from 'node:crypto';

const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
const RAW = { dsaEncoding: 'ieee-p1363' } as const;

/** Digest and options by algorithm (RFC 7518, RFC 8037). */
const SIGNERS = {
  EdDSA: { digest: null, options: {} },
  ES256: { digest: 'sha256', options: RAW },
  ES384: { digest: 'sha384', options: RAW },
  RS256: { digest: 'sha256', options: {} },
  PS256: { digest: 'sha256', options: PSS },
} as const;

export type SignerName = keyof typeof SIGNERS;

/** A signed token, made by other means than those that check it: wrong ones can be made too. */
export function signToken(
  claims: object,
  { key, kid, alg }: { readonly key: KeyObject; readonly kid?: string; readonly alg: SignerName },
): string {
  const { digest, options } = SIGNERS[alg];
  const content = [{ alg, kid, typ: 'at+jwt' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${content}.${sign(digest, Buffer.from(content), { key, ...options }).toString('base64url')}`;
}
