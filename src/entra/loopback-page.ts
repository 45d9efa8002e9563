/**
 * Whether the environment lets a test authority name a page of this machine, without TLS, as the one where a user code is
 * entered. Nothing that a server sends, and no input, sets this.
 */
export function allowsLoopbackPage(env: NodeJS.ProcessEnv): boolean {
  return env['ENTRA_USER_TOKEN_LOOPBACK_PAGE'] === 'allowed';
}
