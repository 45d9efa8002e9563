import { type PlainText, plain } from '../text/plain-text.ts';

/** What Node prints for NODE_DEBUG: `HTTPS 4711: …`, on a screen in colors. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escapes of a screen
const debugOutput = /^[A-Z][A-Z0-9_]* (\u001b\[\d+m)?\d+(\u001b\[\d+m)?: /;

/**
 * Makes this process ignore what a job may have set for other programs: the variable that turns off the check of
 * certificates, and Node's debug output, which may hold the environment of a process with tokens in it.
 * @returns warnings
 */
export function ignoreUnsafeVariables(
  environment: NodeJS.ProcessEnv = process.env,
  errors: Pick<NodeJS.WriteStream, 'write'> = process.stderr,
): readonly PlainText[] {
  const warnings: PlainText[] = [];
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0')
    warnings.push(
      plain`NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are checked. Where a proxy inspects TLS, set NODE_EXTRA_CA_CERTS to a PEM file with its CA.`,
    );
  // Deleted whatever it says: Node would warn of a danger that does not exist.
  delete environment['NODE_TLS_REJECT_UNAUTHORIZED'];
  if (environment['NODE_DEBUG']) {
    warnings.push(plain`NODE_DEBUG is ignored: what Node prints for it may hold secrets.`);
    dropDebugOutput(errors);
  }
  return warnings;
}

/** Node reads the variable before any program starts, so what it prints is stopped on its way. */
function dropDebugOutput(errors: Pick<NodeJS.WriteStream, 'write'>): void {
  const write = errors.write.bind(errors) as (...written: readonly unknown[]) => boolean;
  errors.write = (...written: readonly unknown[]) =>
    typeof written[0] === 'string' && debugOutput.test(written[0]) ? true : write(...written);
}
