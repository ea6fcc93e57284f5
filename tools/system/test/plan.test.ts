import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { missingPackages } from '../plan.mjs';

const needs = [
  { for: 'compiling', commands: ['make', 'g++'], packages: ['make', 'g++'] },
  { for: 'cards', commands: ['pcscd'], packages: ['pcscd', 'make'] },
];

test('where every command is there nothing is installed', () => {
  assert.equal(
    missingPackages(needs, () => true),
    [],
  );
});

test('a need that lacks one command brings all its packages, each package once', () => {
  assert.equal(
    missingPackages(needs, (command) => command !== 'g++'),
    ['make', 'g++'],
  );
  assert.equal(
    missingPackages(needs, () => false),
    ['make', 'g++', 'pcscd'],
  );
});

test.run();
