// Module hooks of a test process: whoever imports uvu gets the watched one.

/** @type {string} */
let watched;

export const initialize = (/** @type {{ watched: string }} */ data) => {
  watched = data.watched;
};

/** @type {import('node:module').ResolveHook} */
export const resolve = (specifier, context, next) =>
  specifier === 'uvu' && context.parentURL !== watched
    ? { url: watched, format: 'module', shortCircuit: true }
    : next(specifier, context);
