// A page: what it gets itself, and what its worker gets.
import { sell } from './sell.js';

const worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
const told = new Promise((resolve) => worker.addEventListener('message', ({ data }) => resolve(data)));
const said = await sell().catch((error) => `${error.name}: ${error.message}`);
document.querySelector('p').textContent = `page: ${said}; worker: ${await told}`;
