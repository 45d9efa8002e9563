/** Loaded into the action: as soon as it masks a token, the token is put where PLANTED_PLACE says. */
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const { PLANTED_PLACE: place, PLANTED_TOKEN: token = '', RUNNER_TEMP: temp = '' } = process.env;
const file = (variable: string): string => process.env[variable] ?? '';
const write = process.stdout.write.bind(process.stdout);
const segments = token.split('.');

const leaks: Readonly<Record<string, () => void>> = {
  'standard output': () => void write(`the token is ${token}\n`),
  'standard output, in hexadecimal': () => void write(`${Buffer.from(token).toString('hex')}\n`),
  'standard output, its signature alone': () => void write(`${segments.at(-1)}\n`),
  'standard error': () => void process.stderr.write(`${token}\n`),
  'the summary': () => appendFileSync(file('GITHUB_STEP_SUMMARY'), token),
  'an output': () => appendFileSync(file('GITHUB_OUTPUT'), `other=${token}\n`),
  'the state': () => appendFileSync(file('GITHUB_STATE'), `token=${token}\n`),
  'the environment of later steps': () => appendFileSync(file('GITHUB_ENV'), `TOKEN=${token}\n`),
  'a file in RUNNER_TEMP': () => writeFileSync(join(temp, 'left'), token),
  'an annotation': () => void write(`::notice title=${token}::look\n`),
};

const leak = leaks[place ?? ''];
if (leak && process.argv[1]?.endsWith('main.js')) {
  let isLeaked = false;
  process.stdout.write = (text: string | Uint8Array): boolean => {
    const went = write(text);
    if (!isLeaked && String(text).includes(token)) {
      isLeaked = true;
      leak();
    }
    return went;
  };
}
