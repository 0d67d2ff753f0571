// What somebody tries: a program, a member, a basket, what was bought before, and the instant. All of it stands in a link.

import type { Basket, Member, Text } from 'dangol';

/** An article on the shelf, to be put into the basket. */
export interface Article {
  sku: string;
  name?: Text;
  price: string;
  categories?: string[];
  tags?: string[];
}

/** A basket that was bought: the member of today is the given one after these orders. */
export interface Sale {
  basket: Basket;
  now: string;
}

/** Everything that a visitor can change. */
export interface Scenario {
  /** The program as JSON text, which need not be right. */
  program: string;
  /** The member before the first sale. */
  member: Member;
  basket: Basket;
  sales: Sale[];
  /** The civil day and time in the program's zone that is quoted. */
  day: string;
  time: string;
  /** The first day of the timeline, and how many months it has. */
  from: string;
  months: number;
  shelf: Article[];
}

/** A scenario that the playground offers. */
export interface Sample extends Scenario {
  id: string;
  title: Record<'en' | 'ko', string>;
}

/** Whether it is an object with fields, as opposed to a list, a text or nothing. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The items of what should be a list, without those that are no objects: a form shows what is there. */
export function records<T extends object>(value: readonly T[] | undefined | null): T[] {
  return Array.isArray(value) ? value.filter(isRecord) as T[] : [];
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^\d\d:\d\d$/;

/** A scenario out of a link, or nothing where that is none. What is in the basket the engine says. */
export function readScenario(value: unknown): Scenario | undefined {
  if (!isRecord(value)) return undefined;
  const { program, member, basket, sales = [], day, time, from = day, months = 12, shelf = [] } = value;
  const right =
    typeof program === 'string' &&
    isRecord(member) &&
    isRecord(basket) &&
    isDay(day) &&
    isDay(from) &&
    typeof time === 'string' && TIME.test(time) &&
    (months === 6 || months === 12 || months === 24) &&
    Array.isArray(sales) && sales.every(isSale) &&
    Array.isArray(shelf) && shelf.every(isArticle);
  return right ? ({ program, member, basket, sales, day, time, from, months, shelf } as unknown as Scenario) : undefined;
}

/** Whether it is a civil day that exists, in the years that a timeline is for. */
export function isDay(value: unknown): value is string {
  if (typeof value !== 'string' || !DAY.test(value) || value < '1900' || value > '2200') return false;
  const at = new Date(`${value}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(value);
}

const isSale = (value: unknown) => isRecord(value) && isRecord(value.basket) && typeof value.now === 'string';

function isArticle(value: unknown): boolean {
  if (!isRecord(value) || typeof value.sku !== 'string' || typeof value.price !== 'string') return false;
  const { name, categories = [], tags = [] } = value;
  const named = name === undefined || typeof name === 'string' || (isRecord(name) && Object.values(name).every(isText));
  return named && [categories, tags].every((words) => Array.isArray(words) && words.every(isText));
}

const isText = (value: unknown) => typeof value === 'string';
