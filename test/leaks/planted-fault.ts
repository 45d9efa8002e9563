/**
 * Loaded into the action before it starts: as soon as the action prints what PLANTED_WHEN says, something breaks, with a
 * message that holds PLANTED_MESSAGE.
 */
const { PLANTED_FAULT: fault, PLANTED_WHEN: when = '', PLANTED_MESSAGE: message = '' } = process.env;

const faults: Readonly<Record<string, () => void>> = {
  'an uncaught exception': () => {
    throw new Error(message);
  },
  'an unhandled rejection': () => void Promise.reject(new Error(message)),
  'an uncaught exception that is text': () => {
    throw message;
  },
  'an unhandled rejection whose cause tells': () =>
    void Promise.reject(new AggregateError([new Error(message)], message, { cause: message })),
  'an error whose stack looks like a place': () => {
    throw Object.assign(new Error(message), {
      stack: `Error\n    at /${message}\n    at x (/${message}.js:1:1)`,
    });
  },
  'an error whose name tells': () => {
    throw Object.assign(new Error(message), { name: message, errorCode: message });
  },
};

const breakNow = faults[fault ?? ''];
if (breakNow && process.argv[1]?.endsWith('main.js')) {
  const write = process.stdout.write;
  let isBroken = false;
  process.stdout.write = (text: string | Uint8Array): boolean => {
    if (!isBroken && String(text).includes(when)) {
      isBroken = true;
      setImmediate(breakNow);
    }
    return write.call(process.stdout, text);
  };
}
