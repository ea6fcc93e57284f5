/** Names, purposes and the limits of CAs, along real paths. */
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Extension } from '../../src/certificate.js';
import { encodeName, keyUsageExtension, type NameSpec } from '../../src/der/encode-certificate.js';
import * as w from '../../src/der/writer.js';
import { type PathDemands, pathBudget, verifyPath } from '../../src/index.js';
import { refusal, today } from '../support.js';
import {
  alternativeNamesExtension,
  type Limits,
  type NameOf,
  nameConstraintsExtension,
  purposesExtension,
} from './extensions.js';
import { caExtensions, leaf, link, trusting } from './support.js';

const at = today;
const usage = keyUsageExtension(['digitalSignature']);

/** What is said of an end certificate with these names below a CA with these limits. */
const judged = async (
  limits: Limits,
  names: ReadonlyArray<NameOf>,
  more: { readonly critical?: boolean; readonly subject?: Uint8Array<ArrayBuffer> } = {},
) => {
  const trust = await trusting(await link({ subject: 'root', issuer: 'root' }));
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    extensions: [...caExtensions, nameConstraintsExtension(limits, more.critical)],
  });
  const certificate = await leaf('ca', {
    extensions: [usage, ...(names.length === 0 ? [] : [alternativeNamesExtension(names)])],
    ...(more.subject === undefined ? {} : { change: { subject: more.subject } }),
  });
  return refusal(verifyPath({ certificate, extra: [ca], trust, at }));
};

const dns = (value: string): NameOf => ({ type: 'dns', value });
const mail = (value: string): NameOf => ({ type: 'rfc822', value });
const country: NameSpec = { type: '2.5.4.6', value: 'TW' };
const directory = (...name: ReadonlyArray<NameSpec>): NameOf => ({ type: 'directory', name });

const constraints = suite('name constraints');

constraints('6.1.3 (b) (c): inside a permitted subtree and outside every excluded one', async () => {
  const limits = { permitted: [dns('agency.invalid')], excluded: [dns('test.agency.invalid')] };
  assert.is(await judged(limits, [dns('www.agency.invalid')]), 'accepted');
  assert.is(await judged(limits, [dns('other.invalid')]), 'NAME_NOT_PERMITTED');
  assert.is(await judged(limits, [dns('a.test.agency.invalid')]), 'NAME_NOT_PERMITTED');
  assert.is(await judged(limits, [dns('www.agency.invalid'), dns('other.invalid')]), 'NAME_NOT_PERMITTED');
});

constraints('a constraint that is not critical binds as well', async () => {
  const code = await judged({ permitted: [dns('agency.invalid')] }, [dns('other.invalid')], {
    critical: false,
  });
  assert.is(code, 'NAME_NOT_PERMITTED');
});

constraints('a limit that cannot be read refuses a name of its form, permitted or excluded', async () => {
  for (const base of [mail(''), mail('"wang"@agency.invalid'), mail('agency.invalid.')]) {
    for (const limits of [{ permitted: [base] }, { excluded: [base] }]) {
      assert.is(await judged(limits, [mail('wang@agency.invalid')]), 'CONSTRAINT_NOT_SUPPORTED');
      assert.is(await judged(limits, [dns('agency.invalid')]), 'accepted');
    }
  }
});

constraints('an excluded name is excluded with marks in it that nobody sees (RFC 4518 2.2)', async () => {
  const organisation = (value: string): NameSpec => ({ type: '2.5.4.10', value });
  const limits = { excluded: [directory(country, organisation('內政部'))] };
  for (const value of ['內政部', '內政\u200b部', '內政部\ufeff', '\u202e內政部']) {
    const subject = encodeName([country, organisation(value)]);
    assert.is(await judged(limits, [], { subject }), 'NAME_NOT_PERMITTED', encodeURI(value));
  }
});

constraints('subtrees of one form say nothing of names of another', async () => {
  assert.is(await judged({ permitted: [dns('agency.invalid')] }, [mail('wang@other.invalid')]), 'accepted');
  assert.is(await judged({ permitted: [dns('agency.invalid')] }, []), 'accepted');
});

constraints('a wildcard that could stand for an excluded host is refused', async () => {
  const limits = { excluded: [dns('secret.agency.invalid')] };
  assert.is(await judged(limits, [dns('*.agency.invalid')]), 'NAME_NOT_PERMITTED');
  assert.is(await judged(limits, [dns('*.other.invalid')]), 'accepted');
});

constraints(
  'a name that cannot be read is refused where its form is constrained, and only there',
  async () => {
    for (const limits of [{ permitted: [dns('')] }, { excluded: [dns('other.invalid')] }]) {
      assert.is(await judged(limits, [dns('agency.invalid.')]), 'NAME_NOT_PERMITTED');
    }
    assert.is(await judged({ permitted: [mail('agency.invalid')] }, [dns('agency.invalid.')]), 'accepted');
  },
);

constraints('4.2.1.10: the subject is a directory name, and an address in it a mailbox', async () => {
  const inside = encodeName([country, { type: '2.5.4.10', value: '行政院' }]);
  const limits = { permitted: [directory(country, { type: '2.5.4.10', value: '行政院' })] };
  assert.is(await judged(limits, [], { subject: inside }), 'accepted');
  assert.is(await judged(limits, []), 'NAME_NOT_PERMITTED');
  assert.is(await judged({ excluded: [directory(country)] }, []), 'NAME_NOT_PERMITTED');
  const address = { type: '1.2.840.113549.1.9.1', value: 'wang@agency.invalid' };
  const subject = encodeName([country, address]);
  assert.is(await judged({ permitted: [mail('agency.invalid')] }, [], { subject }), 'accepted');
  assert.is(await judged({ permitted: [mail('other.invalid')] }, [], { subject }), 'NAME_NOT_PERMITTED');
  // Beside an alternative name, too: nobody is to find another address in the subject.
  const allowed = [mail('wang@other.invalid')];
  assert.is(await judged({ permitted: [mail('other.invalid')] }, allowed, { subject }), 'NAME_NOT_PERMITTED');
});

constraints(
  'an empty subject is no name: only what stands in the alternative names is compared',
  async () => {
    const subject = w.sequence();
    const limits = { permitted: [directory(country), dns('agency.invalid')] };
    assert.is(await judged(limits, [dns('agency.invalid')], { subject }), 'accepted');
  },
);

constraints(
  'a form that nobody can compare refuses a certificate that has such a name, and no other',
  async () => {
    const other: NameOf = { type: 'other', oid: '1.2.3' };
    const registered: NameOf = { type: 'registeredId', oid: '1.2.3' };
    for (const name of [other, registered]) {
      for (const limits of [{ permitted: [name] }, { excluded: [name] }]) {
        assert.is(await judged(limits, [name]), 'CONSTRAINT_NOT_SUPPORTED');
        assert.is(await judged(limits, [dns('agency.invalid')]), 'accepted');
      }
    }
    const holes: NameOf = { type: 'ip', octets: [10, 0, 0, 0, 255, 0, 255, 0] };
    assert.is(
      await judged({ excluded: [holes] }, [{ type: 'ip', octets: [10, 0, 0, 1] }]),
      'CONSTRAINT_NOT_SUPPORTED',
    );
  },
);

constraints('6.1.4 (g): what two CAs permit is what both permit', async () => {
  const trust = await trusting(await link({ subject: 'root', issuer: 'root' }));
  const limited = (value: string) => [...caExtensions, nameConstraintsExtension({ permitted: [dns(value)] })];
  const upper = await link({ subject: 'upper', issuer: 'root', extensions: limited('agency.invalid') });
  const lower = await link({ subject: 'lower', issuer: 'upper', extensions: limited('www.agency.invalid') });
  // A lower CA cannot widen what the upper one narrowed.
  const wider = await link({ subject: 'wider', issuer: 'upper', extensions: limited('invalid') });
  for (const [issuer, name, code] of [
    ['lower', 'www.agency.invalid', 'accepted'],
    ['lower', 'mail.agency.invalid', 'NAME_NOT_PERMITTED'],
    ['wider', 'mail.agency.invalid', 'accepted'],
    ['wider', 'other.invalid', 'NAME_NOT_PERMITTED'],
  ] as const) {
    const certificate = await leaf(issuer, { extensions: [usage, alternativeNamesExtension([dns(name)])] });
    const request = { certificate, extra: [upper, lower, wider], trust, at };
    assert.is(await refusal(verifyPath(request)), code, `${issuer} ${name}`);
  }
});

constraints('a self-issued CA below a limit is exempt, an end certificate is not', async () => {
  const trust = await trusting(await link({ subject: 'root', issuer: 'root' }));
  const limit = nameConstraintsExtension({ excluded: [directory(country)] });
  const ca = await link({ subject: 'ca', issuer: 'root', extensions: [...caExtensions, limit] });
  const again = await link({ subject: 'ca', issuer: 'ca', key: 'ca 2', signer: 'ca' });
  const outside = encodeName([{ type: '2.5.4.3', value: 'outside' }]);
  const below = await leaf('ca', { signer: 'ca 2', change: { subject: outside } });
  const extra = [ca, again];
  assert.is(await refusal(verifyPath({ certificate: below, extra, trust, at })), 'accepted');
  const other = await link({ subject: 'other', issuer: 'ca', key: 'ca 2', signer: 'ca' });
  const belowOther = await leaf('other', { signer: 'ca 2', change: { subject: outside } });
  const code = await refusal(verifyPath({ certificate: belowOther, extra: [ca, other], trust, at }));
  assert.is(code, 'NAME_NOT_PERMITTED');
  const selfIssuedEnd = await leaf('ca', { subject: 'ca', key: 'end' });
  assert.is(
    await refusal(verifyPath({ certificate: selfIssuedEnd, extra: [ca], trust, at })),
    'NAME_NOT_PERMITTED',
  );
});

constraints('6.1.1 (h) (i): limits of an anchor are told by the caller', async () => {
  const trust = await trusting(await link({ subject: 'root', issuer: 'root' }));
  const certificate = await leaf('root');
  const name = { type: 'directory', name: certificate.subject } as const;
  const request = { certificate, trust, at };
  assert.is(await refusal(verifyPath({ ...request, names: { permitted: [name] } })), 'accepted');
  assert.is(await refusal(verifyPath({ ...request, names: { excluded: [name] } })), 'NAME_NOT_PERMITTED');
});

constraints('names times subtrees beyond the budget are not compared at all', async () => {
  const names = Array.from({ length: 120 }, (_, i) => dns(`n${i}.invalid`));
  const excluded = Array.from({ length: 120 }, (_, i) => dns(`x${i}.invalid`));
  assert.ok(names.length * excluded.length > pathBudget.nameComparisons);
  assert.is(await judged({ excluded }, names), 'PATH_BUDGET_EXCEEDED');
  assert.is(await judged({ excluded: excluded.slice(0, 60) }, names), 'accepted');
});

constraints.run();

// -------------------------------------------------------------------------------------
// purposes
// -------------------------------------------------------------------------------------

const purposes = suite('extended key usage');

const [clientAuth, serverAuth, mailing, any] = [
  '1.3.6.1.5.5.7.3.2',
  '1.3.6.1.5.5.7.3.1',
  '1.3.6.1.5.5.7.3.4',
  '2.5.29.37.0',
] as const;

const withPurposes = async (
  inCa: Extension | undefined,
  inEnd: Extension | undefined,
  demands: PathDemands,
): Promise<string> => {
  const trust = await trusting(await link({ subject: 'root', issuer: 'root' }));
  const ca = await link({
    subject: 'ca',
    issuer: 'root',
    extensions: [...caExtensions, ...(inCa ? [inCa] : [])],
  });
  const certificate = await leaf('ca', { extensions: [usage, ...(inEnd ? [inEnd] : [])] });
  return refusal(verifyPath({ certificate, extra: [ca], trust, at, ...demands }));
};

const refused = 'EXTENDED_KEY_USAGE_NOT_ACCEPTED';
const states = (...list: ReadonlyArray<string>) => purposesExtension(list);

purposes('4.2.1.12: a certificate that states purposes states a wanted one, or any', async () => {
  const wanted = { purposes: [clientAuth, mailing] };
  assert.is(await withPurposes(undefined, undefined, wanted), 'accepted');
  assert.is(await withPurposes(undefined, states(mailing), wanted), 'accepted');
  assert.is(await withPurposes(undefined, states(any), wanted), 'accepted');
  assert.is(await withPurposes(undefined, states(serverAuth), wanted), refused);
  assert.is(await withPurposes(undefined, states(serverAuth), { purposes: [] }), refused);
});

purposes('the purposes of a CA limit what is below it', async () => {
  const wanted = { purposes: [clientAuth, mailing] };
  assert.is(await withPurposes(states(serverAuth), undefined, wanted), refused);
  assert.is(await withPurposes(states(clientAuth), states(clientAuth), wanted), 'accepted');
  assert.is(await withPurposes(states(any), states(clientAuth), wanted), 'accepted');
  // One of the wanted purposes must run through the whole path.
  assert.is(await withPurposes(states(clientAuth), states(mailing), wanted), refused);
});

purposes('a certificate that insists on its purposes is refused where none is wanted', async () => {
  assert.is(await withPurposes(undefined, states(serverAuth), {}), 'accepted');
  assert.is(await withPurposes(undefined, purposesExtension([serverAuth], true), {}), refused);
  assert.is(await withPurposes(undefined, purposesExtension([any], true), {}), 'accepted');
  const wanted = { purposes: [serverAuth] };
  assert.is(await withPurposes(undefined, purposesExtension([serverAuth], true), wanted), 'accepted');
});

purposes.run();
