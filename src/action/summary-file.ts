/** The library's job summary, apart from the rest of it: loading it takes Node's `fs/promises`, which silent runs do not use. */
export { summary } from '@actions/core';
