// The way to the server: orders, which are sent until the server has answered, and the member.

const WAITING = 'checkout-order';

/** The order that was not answered yet, also after the page was closed. */
export function waiting() {
  try {
    return JSON.parse(localStorage.getItem(WAITING)) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps an order until it is answered. */
export function keepOrder(order) {
  localStorage.setItem(WAITING, JSON.stringify(order));
}

/**
 * Sends the order that waits. The same id never books twice, so it may be sent as often as one likes.
 * @returns `{ booked }`, `{ refused }`, or `{ offline: true }`, after which it still waits
 */
export async function sendWaiting() {
  let response;
  let answer;
  try {
    response = await fetch('/api/orders', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: localStorage.getItem(WAITING),
    });
    answer = await response.json();
  } catch {
    return { offline: true };
  }
  if (response.status >= 500) return { offline: true };
  localStorage.removeItem(WAITING);
  return response.ok ? { booked: answer } : { refused: answer };
}

/** The member as the server knows it, and how far its clock is from ours; from the last time where there is no network. */
export async function readMember(id) {
  const response = await fetch(`/api/members/${id}`);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  const { member, now } = await response.json();
  const offline = response.headers.has('x-kept');
  return { member, ahead: offline ? 0 : Date.parse(now) - Date.now(), offline };
}
