// The few things that the views need of the document.

/** An element: `make('p', { class: 'faint' }, 'text', child)`. Attributes that are undefined are left out. */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) node.setAttribute(name, value);
  node.append(...children.filter((child) => child !== undefined));
  return node;
}

/** The picture of an article, or a sign. */
export function picture(name) {
  const space = 'http://www.w3.org/2000/svg';
  const [svg, use] = ['svg', 'use'].map((tag) => document.createElementNS(space, tag));
  svg.setAttribute('aria-hidden', 'true');
  use.setAttribute('href', `/pictures.svg#${name}`);
  svg.append(use);
  return svg;
}

/**
 * Brings a list up to date. Items that stay keep their element, so that the focus stays where it is.
 * @param key what tells items apart
 * @param create makes the element of a new item
 * @param update writes into it what may have changed
 */
export function keep(list, items, key, create, update) {
  const old = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let place = list.firstElementChild;
  for (const item of items) {
    let node = old.get(key(item));
    if (node) old.delete(key(item));
    else {
      node = create(item);
      node.dataset.key = key(item);
    }
    update(node, item);
    if (node === place) place = place.nextElementSibling;
    else list.insertBefore(node, place);
  }
  for (const node of old.values()) node.remove();
}

export const byId = (id) => document.getElementById(id);

/** Writes a text only where it is another one, so that screen readers do not say it again. */
export function say(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** The name of a control for those who hear the page. */
export function label(node, text) {
  if (node.getAttribute('aria-label') !== text) node.setAttribute('aria-label', text);
}
