import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as dangol from 'dangol';

import { readSuite } from './suite.mjs';
import { runVectors } from './vectors.mjs';

test('the vectors hold', () => {
  const { cases, failures } = runVectors(readSuite(), dangol);
  console.log([...failures, `${cases} vectors`].join('\n'));
  assert.notEqual(cases, 0, 'no case was found');
  assert.equal(failures.length, 0);
});
