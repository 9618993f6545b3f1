import 'reflect-metadata';
import { runSealer } from './run-sealer.js';

await runSealer();
