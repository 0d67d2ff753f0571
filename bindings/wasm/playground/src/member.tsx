// The member as a form: who it is, the tier, points, coupons, and what was bought before.

import type { Activity, HeldCoupon, Lang, Lot, Member, Problem, ProgramFile, Standing } from 'dangol';

import { text, wrong } from './basket';
import { addMonths, instant } from './calendar';
import { Choice, Cross, Field, Group } from './fields';
import { called } from './format';
import { laddersOf, walletName } from './receipt';
import { isRecord, records } from './scenario';
import type { Words } from './words';

interface Props {
  member: Member;
  file: ProgramFile | undefined;
  /** The day that is quoted, for what is added. */
  day: string;
  problems: readonly Problem[];
  lang: Lang;
  say: Words;
  onChange(member: Member): void;
}

/** The form of a member. */
export function MemberForm(props: Props) {
  const { member, problems, say, onChange } = props;
  const field = (name: 'joined_on' | 'birthday' | 'id', label: string, type: 'text' | 'date' = 'text') => (
    <Field
      label={label}
      type={type}
      value={text(member[name])}
      error={wrong(problems, `member.${name}`)}
      onInput={(value) => onChange({ ...member, [name]: value === '' && name !== 'id' ? undefined : value })}
    />
  );
  return (
    <>
      <p class="hint">{say.memberNote}</p>
      <div class="pair">
        {field('id', say.id)}
        <Field
          label={say.orders}
          numeric
          value={text(member.orders)}
          error={wrong(problems, 'member.orders')}
          onInput={(value) => onChange({ ...member, orders: /^\d{1,9}$/.test(value) ? Number(value) : undefined })}
        />
      </div>
      <div class="pair">
        {field('joined_on', say.joined, 'date')}
        {field('birthday', say.birthday)}
      </div>
      <label class="check">
        <input type="checkbox" checked={member.guest === true} onInput={({ currentTarget }) => onChange({ ...member, guest: currentTarget.checked || undefined })} />
        {say.guest}
      </label>
      <Tiers {...props} />
      <Lots {...props} />
      <Coupons {...props} />
      <History {...props} />
    </>
  );
}

function Tiers({ member, file, problems, lang, say, onChange }: Props) {
  const ladders = file ? laddersOf(file) : [];
  if (ladders.length === 0) return null;
  const standings: Record<string, Standing> = isRecord(member.tiers) ? member.tiers : {};
  const set = (ladder: string, tier: string) => {
    const { [ladder]: _, ...rest } = standings;
    onChange({ ...member, tiers: tier === '' ? rest : { ...rest, [ladder]: { tier } } });
  };
  return (
    <div class="pair">
      {ladders.map(({ id, name, tiers }) => (
        <Choice
          key={id}
          label={ladders.length > 1 ? called(name, id, lang) : say.tier}
          value={text(standings[id]?.tier)}
          options={[['', say.beginning], ...records(tiers).map((tier) => [tier.id, called(tier.name, tier.id, lang)] as const)]}
          error={wrong(problems, `member.tiers.${id}.tier`)}
          onInput={(tier) => set(id, tier)}
        />
      ))}
    </div>
  );
}

function Lots({ member, file, day, problems, lang, say, onChange }: Props) {
  const wallets = records(file?.wallets);
  const accounts = isRecord(member.wallets) ? (member.wallets as NonNullable<Member['wallets']>) : {};
  // totals that were written beside the lots would no longer be right
  const set = (wallet: string, lots: Lot[]) => onChange({ ...member, wallets: { ...accounts, [wallet]: { ...accounts[wallet], granted: undefined, lots } } });
  return (
    <>
      {wallets.map(({ id: wallet }) => {
        const lots = records(accounts[wallet]?.lots);
        const change = (index: number, field: Partial<Lot>) => set(wallet, lots.map((lot, at) => (at === index ? { ...lot, ...field } : lot)));
        const earned = { earned_at: instant(day, '00:00', file?.zone ?? 'UTC'), expires_on: addMonths(day, 12) };
        return (
          <Group key={wallet} title={`${say.lots}: ${walletName(file as ProgramFile, wallet, lang)}`}>
            <ul class="rows">
              {lots.map((lot, index) => {
                const at = (field: string) => wrong(problems, `member.wallets.${wallet}.lots[${index}].${field}`);
                return (
                  <li class="lot" key={index}>
                    <Field numeric quiet={index > 0} label={say.points} value={text(lot.points)} error={at('points')} onInput={(points) => change(index, { points })} />
                    <Field quiet={index > 0} label={say.lastDay} type="date" value={text(lot.expires_on)} error={at('expires_on')} onInput={(value) => change(index, { expires_on: value === '' ? undefined : value })} />
                    <Cross label={`${say.remove}: ${text(lot.points)}`} onClick={() => set(wallet, lots.filter((_, other) => other !== index))} />
                  </li>
                );
              })}
            </ul>
            <button type="button" class="quiet-button" onClick={() => set(wallet, [...lots, { id: free(lots, 'lot'), points: '1000', ...earned }])}>+ {say.addLot}</button>
          </Group>
        );
      })}
    </>
  );
}

/** A name that none of them has. */
function free(known: readonly { id: string }[], word: string): string {
  let number = known.length + 1;
  while (known.some(({ id }) => id === `${word}-${number}`)) number += 1;
  return `${word}-${number}`;
}

function Coupons({ member, file, day, problems, lang, say, onChange }: Props) {
  const offers = records(file?.offers).filter(({ coupon }) => coupon);
  const coupons = records(member.coupons);
  if (offers.length + coupons.length === 0) return null;
  const set = (held: HeldCoupon[]) => onChange({ ...member, coupons: held });
  const change = (index: number, field: Partial<HeldCoupon>) => set(coupons.map((coupon, at) => (at === index ? { ...coupon, ...field } : coupon)));
  const issued = { issued_at: instant(day, '00:00', file?.zone ?? 'UTC'), expires_on: addMonths(day, 1) };
  return (
    <Group title={say.coupons}>
      <ul class="rows">
        {coupons.map((coupon, index) => (
          <li class="lot" key={index}>
            <Choice
              quiet={index > 0}
              label={say.coupon}
              value={text(coupon.offer)}
              options={offers.map(({ id, name }) => [id, called(name, id, lang)] as const)}
              error={wrong(problems, `member.coupons[${index}].offer`)}
              onInput={(offer) => change(index, { offer })}
            />
            <Field quiet={index > 0} label={say.lastDay} type="date" value={text(coupon.expires_on)} error={wrong(problems, `member.coupons[${index}].expires_on`)} onInput={(value) => change(index, { expires_on: value === '' ? undefined : value })} />
            <Cross label={`${say.remove}: ${text(coupon.offer)}`} onClick={() => set(coupons.filter((_, other) => other !== index))} />
          </li>
        ))}
      </ul>
      {offers[0] && (
        <button type="button" class="quiet-button" onClick={() => set([...coupons, { id: free(coupons, 'coupon'), offer: offers[0]?.id ?? '', ...issued }])}>+ {say.addCoupon}</button>
      )}
    </Group>
  );
}

function History({ member, day, problems, say, onChange }: Props) {
  const days = records(member.activity);
  const set = (activity: Activity[]) => onChange({ ...member, activity });
  const change = (index: number, field: Partial<Activity>) => set(days.map((one, at) => (at === index ? { ...one, ...field } : one)));
  return (
    <Group title={say.history}>
      <ul class="rows">
        {days.map((one, index) => {
          const at = (field: string) => wrong(problems, `member.activity[${index}].${field}`);
          return (
            <li class="lot" key={index}>
              <Field quiet={index > 0} label={say.day} type="date" value={text(one.on)} error={at('on')} onInput={(on) => change(index, { on })} />
              <Field quiet={index > 0} numeric label={say.spent} value={text(one.spend)} error={at('spend')} onInput={(spend) => change(index, { spend })} />
              <Cross label={`${say.remove}: ${text(one.on)}`} onClick={() => set(days.filter((_, other) => other !== index))} />
            </li>
          );
        })}
      </ul>
      <button type="button" class="quiet-button" onClick={() => set([...days, { on: day, spend: '10000' }])}>+ {say.addDay}</button>
    </Group>
  );
}
