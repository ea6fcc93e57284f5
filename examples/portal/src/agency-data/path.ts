/** Where documents may be handed in, beside texts. */
export const filesPath = '/agency-data/proof';

export const dataPath = '/agency-data';
