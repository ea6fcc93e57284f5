/**
 * Random lives of a few agencies: numbers that choose, among what may happen next, what happens.
 */
import fc from 'fast-check';
import * as make from './events.js';
import { type AnyEvent, minute, type World } from './world.js';

/** One step: which agency, what kind of thing, and two choices within it. */
export interface Step {
  readonly agency: number;
  readonly kind: number;
  readonly a: number;
  readonly b: number;
}

export const steps = (maxLength = 40): fc.Arbitrary<ReadonlyArray<Step>> =>
  fc.array(fc.record({ agency: fc.nat(2), kind: fc.nat(19), a: fc.nat(6), b: fc.nat(6) }), {
    maxLength,
    size: 'max',
  });

export const functionCodes = ['pay', 'join', 'leave', 'report'];
export const agencyCodes = ['10001', '10002', '10003'];
export const names = ['甲', '乙', '丙', '丁', '戊', '己', '庚'];

/** Whoever registers a credential. */
export const officerOf = (name: string): string => `${name}員`;

interface ClerkModel {
  readonly id: string;
  readonly name: string;
  readonly held: Set<string>;
  card: string;
  typed: boolean;
}

interface AgencyModel {
  status: 'unregistered' | 'registered' | 'suspended' | 'deregistered';
  manager: string;
  managerCard: string;
  card: string;
  /** Waits, and was approved last and not used yet. */
  review: string | undefined;
  approved: string | undefined;
  readonly clerks: ClerkModel[];
  readonly credentials: { readonly row: string; readonly name: string; active: boolean }[];
}

/** Everything is chosen by a counter as well, so that no two cards, clerks or reviews are the same. */
export const live = async (world: World, life: ReadonlyArray<Step>): Promise<void> => {
  const agencies = agencyCodes.map(
    (): AgencyModel => ({
      status: 'unregistered',
      manager: '',
      managerCard: '',
      card: '',
      review: undefined,
      approved: undefined,
      clerks: [],
      credentials: [],
    }),
  );
  let catalogue = 0;
  for (const [index, step] of life.entries()) {
    const code = agencyCodes[step.agency % agencyCodes.length] ?? '10001';
    const model = agencies[step.agency % agencies.length];
    if (model === undefined) continue;
    const at = minute(index * 10);
    const around = { at, actor: { kind: 'manager', person: make.person(model.manager) } as const };
    const home = make.agency(code);
    const name = names[step.a % names.length] ?? '甲';
    const fresh = `${code} ${index}`;
    const write = (events: ReadonlyArray<AnyEvent>) => world.write(home, events, around);
    // Every now and then something takes effect only later.
    const later = step.b === 6 ? { effectiveAt: minute(index * 10 + 35) } : {};

    if (step.kind === 0) {
      catalogue++;
      await world.write(
        make.catalogueOf,
        [make.cataloguePublished(catalogue, functionCodes.slice(0, 1 + (step.a % 4)))],
        { at },
      );
      continue;
    }
    if (step.kind === 1) {
      await world.forget(make.person(name), { at });
      continue;
    }
    if (step.kind > 17) {
      // Of another portal, where people of their own register what they sign with.
      const sign = (events: ReadonlyArray<AnyEvent>) => world.write(`agency-doc.${code}`, events, { at });
      const officer = officerOf(name);
      const row = model.credentials[step.a % Math.max(1, model.credentials.length)];
      if (row === undefined || step.kind === 18) {
        model.credentials.push({ row: fresh, name: officer, active: false });
        await sign([make.credentialRegistered(fresh, officer)]);
      } else if (row.active && step.b % 2 === 0) {
        row.active = false;
        await sign([make.credentialDeactivated(row.row, 'byHand')]);
      } else {
        const others = model.credentials.filter((one) => one !== row && one.active && one.name === row.name);
        for (const other of others) other.active = false;
        row.active = true;
        await sign([
          ...others.map((other) => make.credentialDeactivated(other.row, 'otherActivated')),
          make.credentialActivated(row.row, row.name),
        ]);
      }
      continue;
    }
    const review = async (purpose: string) => {
      if (model.review === undefined || step.b === 0) {
        model.review = fresh;
        await write([make.reviewRequested(fresh, code, purpose)]);
        return;
      }
      const outcome = step.b % 3 === 0 ? 'rejected' : 'approved';
      if (outcome === 'approved') model.approved = model.review;
      await write([make.reviewDecided(model.review, outcome)]);
      model.review = undefined;
    };
    // An approval is used, or something else comes about and leaves it pointless.
    const letIn = <E extends Parameters<typeof make.through>[1]>(event: E): E => {
      const { approved } = model;
      Object.assign(model, { review: undefined, approved: undefined });
      return approved === undefined || step.b % 4 === 0 ? event : make.through(approved, event);
    };
    if (model.status === 'unregistered' || model.status === 'deregistered') {
      if (step.kind === 2 || step.kind === 3) {
        await review('first-registration');
      } else {
        Object.assign(model, {
          status: 'registered',
          manager: name,
          managerCard: `manager ${fresh}`,
          card: `agency ${fresh}`,
        });
        model.clerks.length = 0;
        await write([
          make.termsAccepted(1 + step.b),
          letIn(make.registered(code, `機關${fresh}`, model.card)),
          make.appointed(name, { card: model.managerCard }),
        ]);
      }
      continue;
    }
    if (step.kind === 2) {
      await write([
        model.status === 'suspended' ? { ...make.reopened, ...later } : make.suspended,
        { type: 'AgencyDreamt', data: { reason: 'night' } },
      ]);
      model.status = model.status === 'suspended' ? 'registered' : 'suspended';
      continue;
    }
    if (step.kind === 3 && step.a % 2 === 0) {
      await write([make.deregistered]);
      Object.assign(model, { status: 'deregistered', review: undefined, approved: undefined });
      model.clerks.length = 0;
      continue;
    }
    if (step.kind === 3) {
      await review('replace-agency');
      continue;
    }
    if (step.kind === 4) {
      const next = `agency ${fresh}`;
      const events: AnyEvent[] = [
        letIn(make.replaced('agency', make.certificate('GCA', model.card), make.certificate('GCA', next))),
      ];
      model.card = next;
      if (step.a % 2 === 0) {
        const card = `manager ${fresh}`;
        events.push(
          make.replaced(
            'manager',
            make.certificate('MOICA', model.managerCard),
            make.certificate('MOICA', card),
          ),
        );
        model.managerCard = card;
      }
      await write(events);
      continue;
    }
    if (step.kind === 5) {
      const card = `manager ${fresh}`;
      await write([
        make.appointed(name, { previous: model.manager, card }),
        make.contactChanged(name, `${name}某`),
      ]);
      model.manager = name;
      model.managerCard = card;
      continue;
    }
    const clerk = model.clerks[step.a % Math.max(1, model.clerks.length)];
    if (clerk === undefined || step.kind < 10) {
      if (model.clerks.some((other) => other.name === name)) continue;
      const held = functionCodes.filter((_, n) => (step.b >> (n % 3)) % 2 === n % 2);
      const typed = step.b % 2 === 0;
      const card = `clerk ${fresh}`;
      const id = make.clerkId(fresh);
      const credential = typed ? make.typedSerial(card) : make.certificate('MOICA', card);
      await write([{ ...make.authorized(name, held, { credential, id }), ...later }]);
      model.clerks.push({ id, name, held: new Set(held), card, typed });
    } else if (step.kind < 13) {
      const code1 = functionCodes[step.b % 4] ?? 'pay';
      const code2 = functionCodes[(step.a + 1) % 4] ?? 'join';
      const granted = clerk.held.has(code1) ? [] : [code1];
      const revoked = clerk.held.has(code2) && code2 !== code1 ? [code2] : [];
      for (const each of granted) clerk.held.add(each);
      for (const each of revoked) clerk.held.delete(each);
      await write([
        { ...make.permissionsChanged(clerk.id, granted, revoked, Math.max(1, catalogue)), ...later },
        make.detailsChanged(clerk.id, clerk.name, `${clerk.name}${step.b}`),
      ]);
    } else if (step.kind < 15) {
      const credential = clerk.typed ? make.typedSerial(clerk.card) : make.certificate('MOICA', clerk.card);
      if (clerk.typed && step.b % 2 === 0) {
        await write([make.proved(clerk.id, clerk.card)]);
      } else {
        const card = `clerk ${fresh}`;
        await write([make.replaced('clerk', credential, make.certificate('MOICA', card), clerk.id)]);
        clerk.card = card;
      }
      clerk.typed = false;
    } else {
      await write([make.revoked(clerk.id, step.b % 2 === 0 ? 'deleted' : 'personChanged')]);
      model.clerks.splice(model.clerks.indexOf(clerk), 1);
    }
  }
};
