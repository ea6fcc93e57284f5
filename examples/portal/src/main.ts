/** The reference portal; see README.md of this example. */
export {};
