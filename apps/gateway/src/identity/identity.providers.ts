import { APP_GUARD, APP_INTERCEPTOR } from '@nestjs/core';
import type { Provider } from '@nestjs/common';
import { SETTINGS } from '@aika/messaging/nest';
import type { ViewsDatabase } from '@aika/views';
import { createLocalJWKSet } from 'jose';
import type { GatewaySettings } from '../gateway.settings.js';
import { DATABASE } from '../tokens.js';
import { ViewsOwnerDirectory } from './access/views-owner-directory.js';
import { Authenticator } from './authenticator.js';
import { IdentityGuard } from './identity.guard.js';
import { API_KEY_STORE, AUTHENTICATOR, OWNER_DIRECTORY } from './identity.tokens.js';
import type { ApiKeyStore } from './keys/api-key.js';
import { ApiKeys } from './keys/api-keys.js';
import { PostgresApiKeyStore } from './keys/postgres-api-key-store.js';
import { LOCAL_AUDIENCE, LOCAL_ISSUER, readLocalKeys } from './local-identity.js';
import { AnswerShapeInterceptor } from './masking/answer-shape.interceptor.js';
import type { KeySource } from './tokens/jwt.js';
import { remoteKeys } from './tokens/remote-keys.js';

/** Who may do what: what the gateway's module has for it. */
export const IDENTITY_PROVIDERS: readonly Provider[] = [
  {
    provide: API_KEY_STORE,
    inject: [DATABASE],
    useFactory: (db: ViewsDatabase) => new PostgresApiKeyStore(db),
  },
  {
    provide: OWNER_DIRECTORY,
    inject: [DATABASE],
    useFactory: (db: ViewsDatabase) => new ViewsOwnerDirectory(db),
  },
  {
    provide: AUTHENTICATOR,
    inject: [SETTINGS, API_KEY_STORE],
    useFactory: (settings: GatewaySettings, store: ApiKeyStore) =>
      new Authenticator({
        keys: keySourceOf(settings),
        rules: tokenRulesOf(settings),
        apiKeys: new ApiKeys({ store }),
      }),
  },
  { provide: APP_GUARD, useClass: IdentityGuard },
  { provide: APP_INTERCEPTOR, useClass: AnswerShapeInterceptor },
];

function tokenRulesOf({ auth, authIssuer, authAudience, authClockSkewMs }: GatewaySettings) {
  return auth === 'local'
    ? { issuer: LOCAL_ISSUER, audience: LOCAL_AUDIENCE, clockSkewMs: 0 }
    : { issuer: authIssuer, audience: authAudience, clockSkewMs: authClockSkewMs };
}

const NO_KEYS: KeySource = createLocalJWKSet({ keys: [] });

function keySourceOf({ auth, authJwksUrl, identityDir }: GatewaySettings): KeySource {
  if (auth === 'jwt') return remoteKeys(authJwksUrl);
  return (auth === 'local' ? readLocalKeys(identityDir) : undefined) ?? NO_KEYS;
}
