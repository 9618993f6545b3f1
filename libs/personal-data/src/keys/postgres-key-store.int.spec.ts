import { createTestDatabase, type TestDatabase } from '@aika/testing';
import { afterAll, beforeAll, describe, jest } from '@jest/globals';
import { describeKeyStore } from './key-store.suite.js';
import { PostgresKeyStore } from './postgres-key-store.js';

jest.setTimeout(60_000);

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database.drop());

describe('keys in a database', () => {
  describeKeyStore('PostgreSQL', () => Promise.resolve(new PostgresKeyStore(database.url)));
});
