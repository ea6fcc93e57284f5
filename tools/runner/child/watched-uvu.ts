// What a test file gets for `uvu`: uvu itself, with every declaration and every outcome recorded.
import { inspect } from 'node:util';
import { type Callback, exec, suite as realSuite, test as realTest, type Test } from 'uvu';
import { record } from './record.js';

type Need = Readonly<{ reason?: string; remedy?: string }>;

let suites = 0;
let tests = 0;

// uvu reads properties of what was thrown, and stops in silence when it is no object.
const asError = (thrown: unknown): Error =>
  thrown instanceof Error ? thrown : new Error(`thrown: ${inspect(thrown)}`);

const watchTest = <T>(id: number, handler: Callback<T>): Callback<T> => {
  return async (context) => {
    record({ kind: 'started', test: id });
    try {
      await handler(context);
    } catch (thrown) {
      record({ kind: 'failed', test: id });
      throw asError(thrown);
    }
    record({ kind: 'passed', test: id });
  };
};

const watchHook = <T>(suite: number, hook: string, add: (handler: Callback<T>) => void) => {
  return (handler: Callback<T>): void =>
    add(async (context) => {
      try {
        await handler(context);
      } catch (thrown) {
        record({ kind: 'hook-failed', suite, hook, error: inspect(thrown) });
        throw asError(thrown);
      }
    });
};

const watchHooks = <T>(suite: number, hook: string, real: Test<T>['before']): Test<T>['before'] =>
  Object.assign(watchHook(suite, hook, real), { each: watchHook(suite, `${hook}.each`, real.each) });

const watch = <T>(real: Test<T>, name: string): Test<T> => {
  const suite = suites++;
  record({ kind: 'suite', suite, name });
  const declare = (testName: string, handler: Callback<T>): Callback<T> => {
    const test = tests++;
    record({ kind: 'test', suite, test, name: testName });
    return watchTest(test, handler);
  };
  return Object.assign(
    (testName: string, handler: Callback<T>): void => real(testName, declare(testName, handler)),
    {
      only: (testName: string, handler: Callback<T>): void => {
        record({ kind: 'only', suite, name: testName });
        real.only(testName, declare(testName, handler));
      },
      skip: (testName = '', _handler?: Callback<T>, need: Need = {}): void => {
        record({
          kind: 'skip',
          suite,
          name: testName,
          ...(need.reason === undefined ? {} : { reason: need.reason }),
          ...(need.remedy === undefined ? {} : { remedy: need.remedy }),
        });
        real.skip(testName);
      },
      before: watchHooks(suite, 'before', real.before),
      after: watchHooks(suite, 'after', real.after),
      run: (): void => {
        record({ kind: 'run', suite });
        real.run();
      },
    },
  );
};

export { exec };
export const suite = <T = Record<string, unknown>>(title = '', context?: T): Test<T> =>
  watch(realSuite<T>(title, context), title);
export const test = watch(realTest, '');
