import type { Log } from '../../src/action/log.ts';
import { type Markdown, markdown, markdownText } from '../../src/action/markdown.ts';
import type { Terminal } from '../../src/command-line/terminal.ts';
import type { ShowName } from '../../src/entra/sign-in-account.ts';
import { Failure } from '../../src/failure.ts';
import { joined, type PlainText, plain, plainText } from '../../src/text/plain-text.ts';
import type { TokenPorts } from '../../src/token/token-ports.ts';

// Checked by the compiler, and never run: each line that it must refuse says so, and fails the check if it is not refused.

/** What goes into the log, an annotation, and the terminal. */
export function printed(log: Log, ports: TokenPorts, terminal: Terminal, server: string): void {
  log.info(plain`The server says ${plainText(server)}, ${3} times.`);
  log.warning(plainText(server));
  log.notice(plain`Sign in.`, plain`Sign-in needed`);
  terminal.log(plain`One line.`, plain`Another.`);

  // @ts-expect-error: a server's text was not made harmless
  log.info(server);
  // @ts-expect-error: even a literal is a string like any other, so that none is put together with a server's text
  log.info('A sign-in is needed.');
  // @ts-expect-error: a template makes a string, whatever it is filled with
  log.warning(`The server says ${plainText(server)}.`);
  // @ts-expect-error: only harmless text is filled in
  log.warning(plain`The server says ${server}.`);
  // @ts-expect-error: adding makes a string
  log.debug(plain`The server says ` + server);
  // @ts-expect-error: a part of a harmless text may be half of a character, and is looked at again
  log.debug(plainText(server).slice(1));
  // @ts-expect-error: what is joined must be harmless
  log.debug(joined([plain`The server says`, server], plain` `));
  // @ts-expect-error: what an error says may be a server's
  log.warning(new Error(server).message);
  // @ts-expect-error: a failure is made of strings, and its lines are what is shown
  log.warning(new Failure('internal-error', { what: server, why: server, fix: server }).message);
  // @ts-expect-error: an annotation is read like the log
  log.notice(server, plain`Sign-in needed`);
  // @ts-expect-error: so is its title
  log.notice(plain`Sign in.`, server);
  // @ts-expect-error: what is told on the way to a token takes no other text either
  ports.events.onIgnored(server, plain`It has expired.`);
  // @ts-expect-error: nor does its reason
  ports.events.onIgnored(plain`token-cache`, server);
  // @ts-expect-error: nor does the reason for which a person is asked
  void ports.person.prompt(server, []);
  // @ts-expect-error: a terminal obeys escape sequences
  terminal.log(server);
}

/** What makes harmless text. */
export function made(show: ShowName, failure: Failure, server: string): readonly PlainText[] {
  const texts: PlainText[] = [show(server), plainText(server), ...failure.lines];
  // @ts-expect-error: Markdown is no text of the log
  texts.push(markdownText(server));
  return texts;
}

/** What goes into the job summary. */
export function summarized(server: string): readonly Markdown[] {
  const lines: Markdown[] = [markdown`| Account | ${markdownText(server)} |`];
  // @ts-expect-error: a server's text may be Markdown
  lines.push(server);
  // @ts-expect-error: a template makes a string
  lines.push(`| Account | ${markdownText(server)} |`);
  // @ts-expect-error: what is harmless in the log may be a link or a mention here
  lines.push(plainText(server));
  // @ts-expect-error: and is not filled in either
  lines.push(markdown`| Account | ${plainText(server)} |`);
  return lines;
}
