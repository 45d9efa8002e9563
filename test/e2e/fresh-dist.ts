/** Imported by every test that runs dist/: one that is not built from src/ as it is now would prove nothing. */
import { requireFreshDist } from '../../scripts/fresh-dist.ts';

requireFreshDist();
