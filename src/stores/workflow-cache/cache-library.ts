/**
 * Parts of `@actions/cache` that it does not export: how it calls tar, and how it asks for an entry. They are needed for
 * what it has no function for, and must be its own: another tar call would prove nothing about the library's.
 *
 * The path is relative because the package exports nothing but its main file. The version is exact in package.json, and a
 * file that moves breaks the build.
 */
export { getCacheEntry } from '../../../node_modules/@actions/cache/lib/internal/cacheHttpClient.js';
export {
  getCacheFileName,
  getCacheVersion,
  getCompressionMethod,
} from '../../../node_modules/@actions/cache/lib/internal/cacheUtils.js';
export { getCacheServiceVersion } from '../../../node_modules/@actions/cache/lib/internal/config.js';
export { CompressionMethod } from '../../../node_modules/@actions/cache/lib/internal/constants.js';
export { internalCacheTwirpClient } from '../../../node_modules/@actions/cache/lib/internal/shared/cacheTwirpClient.js';
export { createTar, extractTar } from '../../../node_modules/@actions/cache/lib/internal/tar.js';
