import init, { DangolError, Program, type Member } from 'dangol';
await init();
const m: Member = { id: 'x' };
// @ts-expect-error private
new Program();
