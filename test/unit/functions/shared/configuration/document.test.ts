import { describe, expect, it } from 'vitest';
import { configurationOf, DEFAULT_CONFIGURATION } from '../../../../../functions/shared/configuration/document.ts';
import type { Json } from '../../../../../functions/shared/configuration/merged.ts';
import { settingsOfPartner } from '../../../../../functions/shared/configuration/partner-settings.ts';

describe('The configuration document', () => {
  it('is the defaults without any setting', () => {
    expect(configurationOf()).toEqual({ ok: true, value: DEFAULT_CONFIGURATION });
  });

  it('takes what differs from the defaults, and the last layer wins', () => {
    const configuration = configurationOf(
      { breaker: { openSeconds: 5, probes: 3 }, monitoring: { logLevel: 'DEBUG' } },
      { breaker: { openSeconds: 7 } },
    );
    expect(configuration).toEqual({
      ok: true,
      value: {
        ...DEFAULT_CONFIGURATION,
        breaker: { ...DEFAULT_CONFIGURATION.breaker, openSeconds: 7, probes: 3 },
        monitoring: { logLevel: 'DEBUG' },
      },
    });
  });

  it('takes null for opening by the share of failures, which turns that off', () => {
    const configuration = configurationOf({ breaker: { failureRate: null } });
    expect(configuration.ok && configuration.value.breaker.failureRate).toBeNull();
  });

  it('takes a part of the rule by shares for one partner, the rest being that of all partners or the default', () => {
    const partners = { carrier: { breaker: { failureRate: { percent: 40 } } } };
    for (const [all, minimumCalls] of [
      [{ minimumCalls: 7 }, 7],
      [null, 20],
    ] as const) {
      const configuration = configurationOf({ partners, breaker: { failureRate: all } });
      expect(configuration.ok && settingsOfPartner(configuration.value, 'carrier').breaker.failureRate).toEqual({
        percent: 40,
        minimumCalls,
        windowSeconds: 60,
      });
    }
  });

  it('takes null for one partner, and leaves that to the others which they have', () => {
    const configuration = configurationOf({ partners: { carrier: { breaker: { failureRate: null } } } });
    const rateOf = (partner: string) =>
      configuration.ok && settingsOfPartner(configuration.value, partner).breaker.failureRate;
    expect(['carrier', 'payment-gateway'].map(rateOf)).toEqual([null, DEFAULT_CONFIGURATION.breaker.failureRate]);
  });

  it('is refused with every fault and its place', () => {
    const configuration = configurationOf({
      breaker: { openSeconds: 0, halfOpen: true },
      partners: { carrier: { timeoutMs: 'soon' } },
      recovery: { paymentWindowSeconds: 7_200, checkoutLimitSeconds: 3_600 },
      retries: {},
    });
    expect(!configuration.ok && configuration.refusal).toEqual([
      { path: 'breaker.openSeconds', detail: 'It is 0; expected at least 1.' },
      { path: 'breaker.halfOpen', detail: 'This setting is not known.' },
      { path: 'partners.carrier.timeoutMs', detail: 'It is "soon"; expected a number.' },
      { path: 'recovery.paymentWindowSeconds', detail: 'It is longer than checkoutLimitSeconds.' },
      { path: 'retries', detail: 'This setting is not known.' },
    ]);
  });

  it('is refused when a round of waiting orders would be larger at its beginning than at its end', () => {
    const configuration = configurationOf({ recovery: { ramp: { initial: 50, maximum: 2 } } });
    expect(!configuration.ok && configuration.refusal).toEqual([
      { path: 'recovery.ramp.initial', detail: 'It is larger than maximum.' },
    ]);
  });

  it.each([null, 5, 'text', []])('cannot be %j', (document) => {
    expect(configurationOf(document).ok).toBe(false);
  });

  it('is refused when goods are kept for a shorter time than a customer has to pay, or a channel does not take it', () => {
    const payments = { payWithinSeconds: { bank_transfer: 86_400 } };
    const recovery = { paymentWindowSeconds: 60, checkoutLimitSeconds: 60 };
    expect(configurationOf({ payments, recovery, inventory: { reservationSeconds: 86_400 } })).toMatchObject({
      refusal: [{ path: 'inventory.reservationSeconds', detail: expect.stringMatching(/payments\.payWithinSeconds/) }],
    });
    expect(configurationOf({ payments, recovery, inventory: { reservationSeconds: 86_401 } }).ok).toBe(true);
    expect(configurationOf({ payments: { payWithinSeconds: { wechat_pay: 7_201 } } })).toMatchObject({
      refusal: [{ path: 'payments.payWithinSeconds.wechat_pay' }],
    });
  });

  it('gives a customer who pays by transfer up to two weeks', () => {
    const within = (bank_transfer: number) =>
      configurationOf({
        payments: { payWithinSeconds: { bank_transfer } },
        inventory: { reservationSeconds: 15 * 86_400 },
      });
    expect(within(14 * 86_400).ok).toBe(true);
    expect(within(14 * 86_400 + 1)).toMatchObject({ refusal: [{ path: 'payments.payWithinSeconds.bank_transfer' }] });
  });

  it('promises a delivery within a year, or nothing', () => {
    const promising = (deliverWithinDays: number | null) => configurationOf({ promises: { deliverWithinDays } });
    for (const days of [1, 365, null]) expect(promising(days).ok).toBe(true);
    for (const days of [0, 366]) {
      expect(promising(days)).toMatchObject({ refusal: [{ path: 'promises.deliverWithinDays' }] });
    }
  });

  it('names locations with what is not said of them as usual, one of which is active, and twenty at most', () => {
    const withLocations = (locations: Json) => configurationOf({ inventory: { locations } });
    expect(withLocations({ north: { country: 'US' } })).toMatchObject({
      value: { inventory: { locations: { main: {}, north: { country: 'US', priority: 100, active: true } } } },
    });
    const off = { active: false };
    const faults = {
      refusal: [{ path: 'inventory.locations', detail: 'None of them is active; expected at least one.' }],
    };
    expect(withLocations({ main: off, north: off })).toMatchObject(faults);
    expect(withLocations({ main: off, north: {} }).ok).toBe(true);
    const many = (count: number) =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`at-${index}`, {}]));
    expect(withLocations(many(19)).ok).toBe(true);
    expect(withLocations(many(20))).toMatchObject({ refusal: [{ detail: 'There are more than 20.' }] });
    expect(withLocations({ 'North Hall': {} }).ok).toBe(false);
    expect(withLocations({ north: { country: 'China' } })).toMatchObject({
      refusal: [
        {
          path: 'inventory.locations.north.country',
          detail: 'It is no country code; expected two capital letters, such as CN.',
        },
      ],
    });
  });

  it('knows no setting by the name of a prototype', () => {
    const configuration = configurationOf(JSON.parse('{"__proto__": {"openSeconds": 1}}') as Json);
    expect(!configuration.ok && configuration.refusal).toEqual([
      { path: '__proto__', detail: 'This setting is not known.' },
    ]);
  });
});

describe('The settings of a partner', () => {
  const configuration = configurationOf({
    breaker: { openSeconds: 20 },
    partners: { carrier: { timeoutMs: 500, breaker: { probes: 9 }, retry: { transient: { attempts: 1 } } } },
  });
  if (!configuration.ok) throw new Error('The example is wrong.');

  it('are its own, over those of all partners', () => {
    const { breaker, retry } = DEFAULT_CONFIGURATION;
    expect(settingsOfPartner(configuration.value, 'carrier')).toEqual({
      timeoutMs: 500,
      balancing: 'round-robin',
      breaker: { ...breaker, openSeconds: 20, probes: 9 },
      retry: { transient: { ...retry.transient, attempts: 1 }, connection: retry.connection },
    });
  });

  it('are those of all partners when the document does not name it', () => {
    expect(settingsOfPartner(configuration.value, 'new-partner')).toMatchObject({
      timeoutMs: 2_000,
      breaker: { openSeconds: 20 },
    });
  });
});
