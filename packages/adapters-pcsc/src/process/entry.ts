import { fileURLToPath } from 'node:url';

/** Where a program of this package lies, and how Node runs it. */
export interface Entry {
  readonly path: string;
  readonly execArgv: ReadonlyArray<string>;
}

// A debugger's port is taken by the parent: a child that asks for the same one waits for ever.
const isInspector = (argument: string): boolean => argument.startsWith('--inspect');

/**
 * `beside('./pcsc-main', import.meta.url)`: the `.js` of what is published, which needs nothing of the parent's
 * arguments; from the sources the `.ts`, through whatever loader runs the parent.
 */
export const beside = (name: string, from: string): Entry => {
  const source = from.endsWith('.ts');
  return {
    path: fileURLToPath(new URL(`${name}${source ? '.ts' : '.js'}`, from)),
    execArgv: source ? process.execArgv.filter((argument) => !isInspector(argument)) : [],
  };
};
