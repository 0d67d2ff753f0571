// A worker of a page.
import { sell } from './sell.js';

sell().catch((error) => `${error.name}: ${error.message}`).then((said) => postMessage(said));
