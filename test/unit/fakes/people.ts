/** Somebody with a work or a personal account. */
export interface FakePerson {
  readonly username: string;
  readonly oid: string;
  readonly tid: string;
}

export const contoso = '11111111-1111-4111-8111-111111111111';
const personalAccounts = '9188040d-6c67-4c5b-b112-36a304b66dad';

export const alice: FakePerson = {
  username: 'alice@contoso.example',
  oid: 'aaaaaaaa-0000-4000-8000-000000000001',
  tid: contoso,
};
export const bob: FakePerson = {
  username: 'bob@contoso.example',
  oid: 'bbbbbbbb-0000-4000-8000-000000000002',
  tid: contoso,
};
export const carolAtHome: FakePerson = {
  username: 'carol@outlook.example',
  oid: '00000000-0000-0000-0000-0000000000ca',
  tid: personalAccounts,
};

export const homeAccountId = ({ oid, tid }: FakePerson): string => `${oid}.${tid}`;
