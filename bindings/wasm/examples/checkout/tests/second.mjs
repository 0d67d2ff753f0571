// Another server on the same book, for the test in which two of them are asked at once.
import { serve } from '../server.mjs';
import { Shop } from '../shop.mjs';

const [folder, now] = process.argv.slice(2);
const server = serve(new Shop(folder, () => new Date(now))).listen(0, '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}/`);
});
