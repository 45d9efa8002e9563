/**
 * The environment in which `@actions/cache` finds the service that the runner names, also where the runner writes it in a
 * way that the library does not expect:
 *
 * - From `GITHUB_SERVER_URL` the library learns only whether the server is GitHub Enterprise Server, which has version 1
 *   of the service alone. It throws when there is no host in it. Where it is no URL, GitHub's own stands in its place, so
 *   that the other variables decide.
 * - `ACTIONS_CACHE_SERVICE_V2` chooses version 2 whatever it says, "false" included, and also where `ACTIONS_RESULTS_URL`,
 *   the address of version 2, is missing.
 * - The library adds paths to `ACTIONS_CACHE_URL` without a slash between.
 * - With `RUNNER_DEBUG` it lists archives and other entries for a log that nobody reads, and fails when that fails.
 */
export function withServiceNamed(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { RUNNER_DEBUG: _, ...named } = environment;
  if (!isWebAddress(named['GITHUB_SERVER_URL'])) named['GITHUB_SERVER_URL'] = 'https://github.com';
  if (!isTrue(named['ACTIONS_CACHE_SERVICE_V2']) || !named['ACTIONS_RESULTS_URL']) {
    delete named['ACTIONS_CACHE_SERVICE_V2'];
  }
  const version1 = named['ACTIONS_CACHE_URL'];
  if (version1 && !version1.endsWith('/')) named['ACTIONS_CACHE_URL'] = `${version1}/`;
  return named;
}

function isWebAddress(text: string | undefined): boolean {
  const url = URL.parse(text ?? '');
  return url !== null && /^https?:$/.test(url.protocol) && url.hostname !== '';
}

/** The runner writes .NET's `True`; others write `1`. */
function isTrue(text: string | undefined): boolean {
  return text !== undefined && !/^(false|no|off|0|)$/i.test(text.trim());
}
