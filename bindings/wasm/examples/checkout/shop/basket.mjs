// What the page and the server must do alike: the basket that is asked about. No rule of the program is here.

/**
 * The basket as the package wants it.
 * @param shop what articles.json has
 * @param wanted `{ items, codes, points }`: how many of each article, codes shown, whether points pay
 */
export function basketOf(shop, { items, codes, points }) {
  const lines = Object.entries(items).map(([sku, quantity]) => {
    const article = shop.articles.find((each) => each.sku === sku);
    if (!article) throw new RangeError(`items.${sku}: there is no such article; the shop has articles.json`);
    const { price, categories } = article;
    return { id: sku, sku, price, quantity, categories };
  });
  return { lines, shipping: shop.shipping, codes, ...(points && { points: { points: 'max' } }) };
}
