// The scenarios that the playground offers. The build puts them together from the project's own samples.

import type { Sample } from './scenario';
import built from './samples.json';

/** The samples, the first to begin with. */
export const samples = built as unknown as Sample[];
