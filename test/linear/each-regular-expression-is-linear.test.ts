import assert from 'node:assert/strict';
import test from 'node:test';
import { regularExpressionsIn, regularExpressionsInSource, whyNotLinear } from './regular-expressions.ts';

test('Each regular expression of the source takes no more steps than its text has characters, however hostile', () => {
  const all = regularExpressionsInSource();
  assert.ok(all.length > 50);
  const slow = all.flatMap((expression) => {
    if (expression.pattern === undefined) return `${expression.file}: one is made at run time`;
    const why = whyNotLinear(expression);
    return why ? `${expression.file}: /${expression.pattern}/${expression.flags} is ${why}` : [];
  });
  assert.deepEqual(slow, []);
});

for (const [source, why] of [
  ['text.replace(/\\/+$/, "")', 'quadratic'],
  ['/ *(Trace ID|Timestamp): .*$/.exec(text)', 'quadratic'],
  ['/^(a+)+$/.test(text)', 'exponential'],
] as const) {
  test(`${source} would be found: it is ${why}`, () => {
    const [found] = regularExpressionsIn(source, 'src/new.ts');
    assert.ok(found?.pattern);
    assert.match(whyNotLinear(found) ?? '', new RegExp(`^${why}`));
  });
}

test('an expression that is made at run time would be found', () => {
  const found = regularExpressionsIn('new RegExp(text); RegExp(`a+$`, flags);', 'src/new.ts');
  assert.deepEqual(
    found.map(({ pattern }) => pattern),
    [undefined, undefined],
  );
});
