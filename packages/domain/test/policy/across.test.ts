import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { planEverywhere, type StandsAs } from '../../src/policy/across.js';
import { docPolicy, ecpaPolicy, gepiPolicy, nhiPolicy } from '../../src/policy/packs/index.js';

const packs = [gepiPolicy, nhiPolicy, ecpaPolicy, docPolicy];

const told = (places: ReadonlyArray<StandsAs>) =>
  planEverywhere(packs, places).map(({ policy, agencyCode, plan }) => [
    policy.portal,
    agencyCode,
    ...(plan?.operations.map(({ purpose }) => purpose.id) ?? ['ask']),
  ]);

const test = suite('what to do everywhere after a renewal');

test('MOICA-16, GEPI-43, GEPI-45, NHI-13: one card, an operation or two wherever it stands', () => {
  assert.equal(
    told([
      { portal: 'doc', agencyCode: '301000000A', holder: 'clerk' },
      { portal: 'gepi', agencyCode: '10002', holder: 'clerk' },
      { portal: 'gepi', agencyCode: '10001', holder: 'clerk' },
      { portal: 'gepi', agencyCode: '10001', holder: 'manager' },
      { portal: 'nhi', agencyCode: '123456789', holder: 'clerk' },
    ]),
    [
      ['gepi', '10001', 'replace-manager', 'delegation'],
      ['gepi', '10002', 'delegation'],
      ['nhi', '123456789', 'managers'],
      ['doc', '301000000A', 'credentials'],
    ],
  );
});

test('GEPI-44, NHI-16: an agency’s card is replaced by whom each portal says', () => {
  const agency = (portal: string, agencyCode: string): StandsAs => ({ portal, agencyCode, holder: 'agency' });
  assert.equal(told([agency('gepi', '10001'), agency('nhi', '123456789'), agency('ecpa', '301000000A')]), [
    ['gepi', '10001', 'replace-agency'],
    ['nhi', '123456789', 'replace-unit'],
    ['ecpa', '301000000A', 'replace-agency'],
  ]);
});

test('X-1: where the pack has no row its helpdesk is asked; a portal without a pack is passed over', () => {
  assert.equal(told([{ portal: 'ecpa', agencyCode: '301000000A', holder: 'clerk' }]), [
    ['ecpa', '301000000A', 'ask'],
  ]);
  assert.equal(told([{ portal: 'other', agencyCode: '10001', holder: 'clerk' }]), []);
  assert.equal(told([]), []);
});

test.run();
