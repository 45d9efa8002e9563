/** Restores the newest entry with a prefix, and sends its key to the parent. */
import { restoreCache } from '@actions/cache';

const prefix = process.argv[2] ?? '';
const key = await restoreCache(['entra-user-token/sign-in.jwe'], prefix, [prefix], undefined, true);
process.send?.(key === undefined ? 'miss' : `hit ${key}`, () => process.disconnect());
