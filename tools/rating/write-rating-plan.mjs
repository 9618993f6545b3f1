/**
 * Writes data/rating-plan.json from the rules: `node tools/rating/write-rating-plan.mjs` (after a build of
 * libs/contracts and libs/domain). A test of libs/domain fails while file and rules differ.
 */
import { writeFileSync } from 'node:fs';
import { PUBLISHED_RATING_PLAN } from '../../libs/domain/dist/policy/published-plan.js';

const file = new URL('../../data/rating-plan.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(PUBLISHED_RATING_PLAN, null, 2)}\n`);
