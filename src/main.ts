import { cancellationBudget, onCancellation, withGrace } from './action/cancellation.ts';
import { endSoon } from './action/exit-soon.ts';
import { badInput, type Inputs, readInputs } from './action/inputs.ts';
import { JobSummary } from './action/job-summary.ts';
import { type Log, runnerLog } from './action/log.ts';
import { mask, maskInputs } from './action/masking.ts';
import { openSecret, openWorkflowCache } from './action/open-stores.ts';
import { type Outputs, requireOutputFile, writeOutputs } from './action/output-file.ts';
import { nothingPending, reportFailure, tokenOutputs } from './action/outputs.ts';
import { remindOfDeviceCode, showDeviceCode } from './action/prompt.ts';
import { signInPatience, silentPatience } from './action/run-time-limits.ts';
import { inWords, saveSignIn } from './action/save-sign-in.ts';
import type { SplitSignIn } from './action/sign-in-plan.ts';
import { whatWillBeLost, whyNotAsk } from './action/sign-in-policy.ts';
import { endAtLast } from './action/watchdog.ts';
import { readWorkflowRun, type WorkflowRun } from './action/workflow-run.ts';
import { xoauth2Of } from './action/xoauth2.ts';
import { systemClock } from './clock.ts';
import { warningOfSkew } from './entra/clock-skew.ts';
import { allowsLoopbackPage } from './entra/loopback-page.ts';
import { Failure } from './failure.ts';
import type { AttemptBounds, HttpRequest, HttpResponse } from './http/transport.ts';
import { ignoreUnsafeVariables } from './http/unsafe-environment.ts';
import { secretsOf } from './msal-cache/msal-cache.ts';
import { exitWithFailure, exitWithSuccess } from './process-exit.ts';
import type { RecordContext } from './sealing/sign-in-record.ts';
import { type Found, type FromWorkflowCache, inOrder, nothingRestored } from './stores/candidates.ts';
import type { SignInStore } from './stores/sign-in-store.ts';
import { readTokenCacheInput } from './stores/token-cache/token-cache-input.ts';
import { emptyText, longestLine, type PlainText, plain, plainText } from './text/plain-text.ts';
import { inUtc } from './text/times.ts';
import { namesOf } from './token/display-names.ts';
import type { AccessTokens, Person, TokenPorts, TokenRequest } from './token/token-request.ts';

// Until every output is written, whatever ends this process ends it as a failure.
process.exitCode = 1;

const clock = systemClock;
const log: Log = runnerLog;
const signal = onCancellation();
/** When a cancelled run has no time left. */
const deadline = withGrace(signal, cancellationBudget);
const lastResort = endAtLast();

/**
 * The end of the step is told once. After an error that nobody foresaw the run goes on for a moment, and must not set
 * outputs; after the outputs are set nothing takes them back.
 */
let isOver = false;

/** The save that is under way: what it holds may never be won again. */
let saving: Promise<unknown> = Promise.resolve();

/** Where the sign-in was saved so far, for the message of a failure that comes after. */
let savedTo: readonly SignInStore[] = [];

/** A plain cache does not tell when it was refreshed; among others it comes last. */
const unknownTime = 0;

const sources = {
  cache: plain`from the cache, with no request`,
  refresh: plain`refreshed silently`,
  'sign-in': plain`from the sign-in`,
} as const;

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);
// Also where nothing is left to wait for, because something never came: Node would end without a word.
process.on('exit', () => fail(endedEarly()));

// Not awaited: the parts that are loaded later import this file, and would wait for its end.
run().catch(fail);

/** Request, token, outputs. */
async function run(): Promise<void> {
  maskInputs();
  requireOutputFile();
  for (const warning of ignoreUnsafeVariables()) log.warning(warning);
  const workflowRun = readWorkflowRun(process.env);
  const inputs = readInputs(workflowRun);
  lastResort.allow(silentPatience(inputs));
  const context = recordContext(inputs);
  const split = await splitSignIn(inputs, context, workflowRun);
  const workflowCache = await openWorkflowCache(inputs, context, workflowRun, clock, log);

  // MSAL is loaded while the workflow cache is read.
  const restoring = workflowCache?.restore(signal) ?? Promise.resolve(nothingRestored);
  const loading = import('./token/get-access-tokens.ts');
  const fromInput = await readTokenCache(inputs, context);
  const restored = await restoring;
  signal.throwIfAborted();
  const secret = await openSecret(inputs, fromInput, context, workflowRun, githubNetwork, log);
  const stores = [workflowCache, secret].flatMap((store) => (store?.isThere ? [store] : []));
  warnOf(restored, secret);

  const { order, inputWins } = inOrder([...fromInput, ...restored.found], inputs.account);
  if (inputWins)
    log.info(
      plain`token-cache and the workflow cache hold different people; token-cache is tried first, since someone chose it. Set account to choose otherwise.`,
    );
  for (const secret of order.flatMap(({ record }) => secretsOf(record.cache))) mask(secret);

  const summary = new JobSummary(log, workflowRun.isPrivate);
  // Only for who would be asked, or told that nobody can be: it costs requests.
  const withOthers = async (reason: PlainText): Promise<PlainText> => {
    const others = split?.bringsSignIn ? undefined : await workflowCache?.findOthers(signal);
    return others ? plain`${reason}; ${others}` : reason;
  };
  const person = personOf(inputs, workflowRun, stores, summary, split, withOthers);
  const candidates = order.map(({ origin, record }) => ({
    origin,
    cache: JSON.stringify(record.cache),
    details: record.details,
    record,
  }));
  const { getAccessTokens } = await loading;
  let learnt: AccessTokens | undefined;
  const keep = async (signIn: AccessTokens, isPartial = false): Promise<number> => {
    const record = candidates.find((candidate) => candidate === signIn.candidate)?.record;
    const refreshedAt = signIn.source === 'cache' ? (record?.refreshedAt ?? unknownTime) : clock.now();
    const signedInAt = signIn.source === 'sign-in' ? clock.now() : record?.details.signedInAt;
    const details = { ...record?.details, ...signIn.details, signedInAt };
    const known = { refreshedAt, details, isPartial };
    const toSave = saveSignIn(stores, signIn, known, deadline, clock, log);
    saving = toSave;
    savedTo = await toSave;
    return refreshedAt;
  };
  const signIn = await getAccessTokens(
    tokenRequest(inputs, workflowRun, split),
    candidates,
    // A person who was asked before may have signed in by now, whatever the cache holds.
    split?.bringsSignIn ? undefined : restored.down,
    tokenPorts(person, split, (newest) => {
      learnt = newest;
    }),
  ).catch(async (error: unknown) => {
    // Some of several tokens may have come in: the sign-in behind them is not lost with the rest.
    if (learnt) await keep(learnt, true);
    const handedOver = signal.aborted ? undefined : await split?.handedOver(error);
    if (handedOver) return succeed(() => handedOver);
    if (person.wasAsked) await summary.showFailed(inWords(savedTo));
    throw split ? split.explained(error) : error;
  });
  if (!signIn) return;

  const refreshedAt = await keep(signIn);
  if (person.wasAsked) await summary.showSignedIn({ signIn, savedTo: inWords(savedTo), at: refreshedAt });
  succeed(() => {
    tellResult(signIn, workflowRun, split);
    const names = savedTo.map(({ name }) => name);
    return {
      ...tokenOutputs(signIn, xoauth2Of(signIn, inputs, log), names),
      ...(!inputs.waitForSignIn && nothingPending),
    };
  });
}

/**
 * The last act of a step that has what it came for.
 * @throws {Failure} and nothing was output
 */
function succeed(outputs: () => Outputs): undefined {
  if (isOver) return;
  signal.throwIfAborted();
  writeOutputs(outputs());
  isOver = true;
  process.exitCode = 0;
  // A connection that hangs must not hold the step.
  endSoon(() => Promise.resolve(), exitWithSuccess);
}

function recordContext({ clientId, authority, encryptionKeys }: Inputs): RecordContext {
  return {
    owner: { clientId, cacheHost: authority.cacheHost, cacheHosts: authority.cacheHosts },
    binding: { clientId, authority: authority.url },
    keys: encryptionKeys,
  };
}

function warnOf({ warnings, absent, down }: FromWorkflowCache, secret: SignInStore | undefined): void {
  for (const warning of warnings) log.warning(warning);
  if (absent)
    log.warning(
      secret
        ? plain`This runner offers no cache service: a sign-in will be kept in ${secret.title} only.`
        : plain`This runner offers no cache service: a sign-in will not be kept after this run.`,
    );
  if (down) log.warning(plain`The workflow cache could not be read: ${down}.`);
}

async function readTokenCache({ tokenCache }: Inputs, context: RecordContext): Promise<Found[]> {
  if (tokenCache === '') return [];
  const input = await readTokenCacheInput(tokenCache, context);
  if (input.kind === 'invalid') throw badInput(`token-cache ${input.problem}.`);
  if (input.kind === 'unreadable') {
    log.warning(plain`token-cache is put aside: ${plainText(input.reason, longestLine)}.`);
    return [];
  }
  if (input.kind === 'empty') {
    log.info(plain`token-cache is an empty cache, which counts as if it was not given.`);
    return [];
  }
  if (input.kind === 'ignored') {
    log.warning(
      plain`token-cache is ignored, since nobody is signed in there to this client and authority. It holds ${plainText(input.found, longestLine)}.`,
    );
    return [];
  }
  if (tokenCache.includes('\n')) {
    log.warning(
      plain`token-cache is given in several lines. The platform masks each line of a secret, "{" and "}" among them, which shreds the log; store it as compact JSON in one line.`,
    );
  }
  return [{ origin: 'token-cache', record: input.record, isInput: true }];
}

/** Undefined when the sign-in, if one is needed, begins and ends in this step. */
async function splitSignIn(
  inputs: Inputs,
  context: RecordContext,
  workflowRun: WorkflowRun,
): Promise<SplitSignIn | undefined> {
  if (inputs.waitForSignIn && inputs.pendingSignIn === '') return undefined;
  const { beginning, finishing } = await import('./action/sign-in-plan.ts');
  return inputs.waitForSignIn
    ? finishing(inputs, workflowRun, context, clock)
    : beginning(inputs, workflowRun, clock, log);
}

function tokenRequest(
  inputs: Inputs,
  workflowRun: WorkflowRun,
  split: SplitSignIn | undefined,
): TokenRequest {
  const { clientId, authority, scopes, account, minimumLifetime, signInTimeout } = inputs;
  return {
    clientId,
    authority,
    scopes,
    account,
    minimumLifetime,
    signInTimeout,
    forceSignIn: split?.isForced ?? inputs.signIn === 'force',
    mayNamePeople: workflowRun.isPrivate,
  };
}

// Most runs make no request, and node:https takes as long to load as MSAL.
async function transport(request: HttpRequest, bounds: AttemptBounds): Promise<HttpResponse> {
  const { httpsTransport } = await import('./http/https-transport.ts');
  return httpsTransport(request, bounds);
}

const githubNetwork = { transport, clock, random: Math.random };

function tokenPorts(
  person: Person,
  split: SplitSignIn | undefined,
  learnt: TokenPorts['learnt'],
): TokenPorts {
  const onTrouble = (trouble: { readonly reason: string }, delay: number, server: PlainText): void =>
    log.info(
      plain`${server} could not be used: ${plainText(trouble.reason, longestLine)}. Trying again in ${Math.ceil(delay / 1000)} s.`,
    );
  return {
    network: {
      transport,
      clock,
      random: Math.random,
      signal,
      deadline,
      allowsLoopbackPage: allowsLoopbackPage(process.env),
      onTrouble,
      onSkew: warningOfSkew(log.warning),
    },
    person,
    signIn: split?.signIn,
    mask,
    log,
    learnt,
  };
}

function personOf(
  inputs: Inputs,
  workflowRun: WorkflowRun,
  stores: readonly SignInStore[],
  summary: JobSummary,
  split: SplitSignIn | undefined,
  withOthers: (reason: PlainText) => Promise<PlainText>,
): Person & { readonly wasAsked: boolean } {
  let wasAsked = false;
  return {
    get wasAsked() {
      return wasAsked;
    },
    async ask(found, scopes) {
      const reason = wasAsked ? found : await withOthers(found);
      const refusal = split ? split.whyNotAsk(reason, scopes) : whyNotAsk(reason, inputs, workflowRun);
      if (refusal) throw refusal;
      lastResort.allow(signInPatience(inputs));
      log.info(plain`A sign-in is needed: ${reason}.`);
      // Who is asked once more has been told, and what was tried was tried.
      if (wasAsked) return;
      // A wrong token should fail now, not when the person has signed in.
      const warnings = await Promise.all(stores.map((store) => store.probe?.(signal)));
      const lost = whatWillBeLost(
        workflowRun,
        stores.map(({ name }) => name),
      );
      for (const warning of [...warnings, lost]) if (warning) log.warning(warning);
    },
    async show(code, waiting) {
      wasAsked = true;
      await showDeviceCode(code, clock.now(), log, summary, waiting);
    },
    remind: (code, left) => remindOfDeviceCode(code, left, log),
  };
}

function tellResult(signIn: AccessTokens, { isPrivate }: WorkflowRun, split: SplitSignIn | undefined): void {
  if (split?.wasBegun && signIn.source !== 'sign-in')
    log.info(plain`A stored sign-in works by now, so the pending one is not needed: its code may expire.`);
  const whose = isPrivate ? plain` of ${namesOf(signIn.cache)(signIn.account.username)}` : emptyText;
  const saved = savedTo.length > 0 ? plain`; saved to ${inWords(savedTo)}` : emptyText;
  const until = inUtc(signIn.expiresOn.getTime());
  if (signIn.tokens.length === 1) {
    log.info(plain`Access token${whose} ${sources[signIn.source]}, valid until ${until}${saved}.`);
    return;
  }
  for (const { resource, source, expiresOn } of signIn.tokens)
    log.info(
      plain`Access token for ${plainText(resource, longestLine)} ${sources[source]}, valid until ${inUtc(expiresOn.getTime())}.`,
    );
  log.info(plain`All ${signIn.tokens.length} access tokens${whose} are valid until ${until}${saved}.`);
}

function fail(error: unknown): void {
  // One end is told: what breaks after it changes nothing.
  if (isOver) return;
  isOver = true;
  process.exitCode = 1;
  reportFailure(signal.aborted ? signal.reason : error, inWords(savedTo));
  endSoon(() => saving, exitWithFailure);
}

function endedEarly(): Failure {
  return new Failure('internal-error', {
    what: 'The step ended before it was done.',
    why: 'something that it waited for, such as a connection, disappeared without an error.',
    fix: 'run again; if it comes back, report it with this message. Never send a token or a cache with it.',
  });
}
