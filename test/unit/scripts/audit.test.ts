import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judge } from '../../../scripts/audit.ts';

test('a report of vulnerabilities, or of bad signatures, is a finding', () => {
  assert.deepEqual(judge(1, '{"auditReportVersion":2,"vulnerabilities":{"a":{"severity":"low"}}}'), {
    kind: 'findings',
  });
  assert.deepEqual(judge(1, '{"invalid":[{"name":"a"}],"missing":[]}'), { kind: 'findings' });
});

test('an empty report is clean', () => {
  assert.deepEqual(judge(0, '{"auditReportVersion":2,"vulnerabilities":{}}'), { kind: 'clean' });
  assert.deepEqual(judge(0, '{"invalid":[],"missing":[]}'), { kind: 'clean' });
});

test('a registry that refuses, or cannot be reached, is neither', () => {
  const refusal = '{"message":"405 Method Not Allowed","statusCode":405,"error":{"summary":"","detail":""}}';
  assert.deepEqual(judge(1, refusal), { kind: 'not asked', reason: '405 Method Not Allowed' });
  const unreachable = '{"error":{"code":"ENOTFOUND","summary":"no such host"}}';
  assert.deepEqual(judge(1, unreachable), { kind: 'not asked', reason: 'no such host' });
});

test('where npm itself fails, nothing was checked, and that is no refusal', () => {
  assert.deepEqual(judge(1, ''), { kind: 'broken', reason: 'npm ended with 1 and said nothing' });
  const broken = '{"error":{"summary":"minTimeout is greater than maxTimeout","detail":""}}';
  assert.deepEqual(judge(1, broken), { kind: 'broken', reason: 'minTimeout is greater than maxTimeout' });
});
