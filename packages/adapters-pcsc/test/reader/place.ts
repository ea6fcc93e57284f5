/** Where the drivers work in the tests of a file: here, or on the far side of a transport. */
export const place: { isFar: boolean } = { isFar: false };
