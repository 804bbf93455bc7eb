import { describe, expect, test } from 'vitest';
import { knownCountries } from '../../../../../../functions/orders/adapters/countries.ts';
import { faultsOfAddress } from '../../../../../../functions/orders/domain/address/check-address.ts';
import type { ShippingAddress } from '../../../../../../functions/published/order-events.ts';

const faultsOf = (address: Partial<ShippingAddress>) =>
  Object.fromEntries(
    faultsOfAddress({ name: 'Li Wei', street: '1 Road', country: 'CN', ...address }, knownCountries()).map(
      ({ field, detail }) => [field, detail],
    ),
  );

describe('An address that a parcel finds its way by is taken', () => {
  test.each<Partial<ShippingAddress>>([
    { country: 'CN', city: 'Shanghai', state: 'Shanghai', postalCode: '200000' },
    { country: 'CN', city: '上海市', state: '上海市', postalCode: '200000' },
    { country: 'HK', state: 'Kowloon' },
    { country: 'HK', state: '九龍', city: 'Mong Kok' },
    { country: 'IE', city: 'Dublin' },
    { country: 'IE', city: 'Dublin', postalCode: 'D02 X285', state: 'Co. Dublin' },
    { country: 'AE', state: 'Dubai' },
    { country: 'JP', state: 'Tokyo', postalCode: '100-0001' },
    { country: 'JP', state: '東京都', postalCode: '1000001' },
    { country: 'JP', state: '東京都', postalCode: '１００－０００１' },
    { country: 'JP', state: '東京都', postalCode: '１００ー０００１' },
    { country: 'JP', state: '東京都', postalCode: '100−0001' },
    { country: 'IN', city: 'Bengaluru', state: 'Karnataka', postalCode: '560 001' },
    { country: 'PL', city: 'Warszawa', postalCode: '00–950' },
    { country: 'SE', city: 'Stockholm', postalCode: '11122' },
    { country: 'BR', city: 'São Paulo', state: 'SP', postalCode: '01310-100' },
    { country: 'BR', city: 'São Paulo', state: 'sao paulo', postalCode: '01310100' },
    { country: 'GB', city: 'London', postalCode: 'SW1A 1AA' },
    { country: 'GB', city: 'London', state: 'Greater London', postalCode: 'sw1a1aa' },
    { country: 'US', city: 'Cupertino', state: 'CA', postalCode: '95014' },
    { country: 'US', city: 'Cupertino', state: 'california', postalCode: '95014-0001' },
    { country: 'US', city: 'APO', state: 'AP', postalCode: '96303' },
    { country: 'CA', city: 'Montréal', state: 'Québec', postalCode: 'H3Z 2Y7' },
    { country: 'CA', city: 'Montreal', state: 'QC', postalCode: 'h3z2y7' },
    { country: 'DE', city: 'Köln', postalCode: '50667' },
    { country: 'NL', city: 'Amsterdam', postalCode: '1012 AB' },
    { country: 'SG', postalCode: '018956' },
    { country: 'KR', city: '강남구', state: '서울', postalCode: '06236' },
    { country: 'KR', city: 'Gangnam-gu', state: 'Seoul', postalCode: '06236' },
    { country: 'MX', city: 'Monterrey', state: 'Nuevo León', postalCode: '64000' },
    { country: 'MX', city: 'Tijuana', state: 'BC', postalCode: '22000' },
    { country: 'PA', city: 'Panamá' },
    { country: 'AG' },
  ])('%o', (address) => {
    expect(faultsOf(address)).toEqual({});
  });
});

describe('An address without what its country has is told what that is', () => {
  test.each<[Partial<ShippingAddress>, Record<string, unknown>]>([
    [
      { country: 'US', city: 'Cupertino' },
      {
        state: 'Addresses in United States have a state: one of 62, such as AL or AK; expected it here.',
        postalCode: 'Addresses in United States have a ZIP code, such as 95014; expected it here.',
      },
    ],
    [
      { country: 'HK', city: 'Hong Kong' },
      {
        state:
          'Addresses in Hong Kong SAR China have an area: Kowloon, Hong Kong Island, New Territories; expected it here.',
      },
    ],
    [
      { country: 'JP', postalCode: '100-0001' },
      { state: expect.stringMatching(/^Addresses in Japan have a prefecture: one of 47, such as Hokkaido or Aomori/) },
    ],
    [{ country: 'DE', postalCode: '50667' }, { city: 'Addresses in Germany have a city; expected it here.' }],
    [{ country: 'SG' }, { postalCode: 'Addresses in Singapore have a postal code, such as 546080; expected it here.' }],
    [
      { country: 'AE', city: 'Dubai' },
      { state: expect.stringMatching(/^Addresses in United Arab Emirates have an emirate: Abu Dhabi, Sharjah,/) },
    ],
  ])('%o', (address, faults) => {
    expect(faultsOf(address)).toEqual(faults);
  });
});

describe('An address with what its country has not is told what it expects', () => {
  test.each<[Partial<ShippingAddress>, Record<string, unknown>]>([
    [
      { country: 'US', city: 'Paris', state: 'Texass', postalCode: '7546' },
      {
        state: '"Texass" is not known in United States; expected its state: one of 62, such as AL or AK.',
        postalCode: '"7546" is no ZIP code of United States; expected one such as 95014.',
      },
    ],
    [
      { country: 'DE', city: 'Köln', postalCode: 'D-50667' },
      { postalCode: '"D-50667" is no postal code of Germany; expected one such as 26133.' },
    ],
    [
      { country: 'IE', city: 'Dublin', postalCode: '2' },
      { postalCode: '"2" is no Eircode of Ireland; expected one such as A65 F4E2.' },
    ],
    [
      { country: 'IN', city: 'Pune', state: 'Maharashtra', postalCode: '4110014' },
      { postalCode: '"4110014" is no PIN code of India; expected one such as 110034.' },
    ],
    [
      { country: 'CA', city: 'Ottawa', state: 'O', postalCode: 'K1A 0B1' },
      {
        state: expect.stringMatching(/^"O" is not known in Canada; expected its province: AB, .*, YT\.$/),
      },
    ],
  ])('%o', (address, faults) => {
    expect(faultsOf(address)).toEqual(faults);
  });
});

describe('A country that is none by ISO 3166-1 is told its code', () => {
  test.each([
    ['China', 'CN for China'],
    ['de', 'DE for Germany'],
    ['united kingdom', 'GB for United Kingdom'],
    ['UK', 'CN for China'],
    ['ZZ', 'CN for China'],
    ['__proto__', 'CN for China'],
    ['toString', 'CN for China'],
  ])('%s', (country, hint) => {
    expect(faultsOf({ country, state: 'anything' })).toEqual({
      country: `"${country}" is no country code of ISO 3166-1; expected two capital letters, such as ${hint}.`,
    });
  });
});

test('Each country’s own example of a postal code is one of its postal codes, and the name of each state is known', () => {
  const faults = Object.entries(knownCountries()).flatMap(([country, { postalCode, state }]) => [
    ...(postalCode ? faultsOfAddress(filled({ country, postalCode: postalCode.example }), knownCountries()) : []),
    ...(state?.names.flat() ?? []).flatMap((name) =>
      faultsOfAddress(filled({ country, state: name }), knownCountries()),
    ),
  ]);
  expect(
    faults.filter(({ detail }) => detail.includes('expected one such as') || detail.includes('is not known')),
  ).toEqual([]);
});

const filled = (address: Partial<ShippingAddress> & { country: string }): ShippingAddress => ({
  name: 'Li Wei',
  street: '1 Road',
  city: 'City',
  ...address,
});
