// The sign-in provider of the tests: npm oidc-provider with its own login form, on a free port of this machine. A test
// tells it by POST /control who its people are, and how its next answers are spoiled.
import { createHash, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { pathToFileURL } from 'node:url';

const { PROVIDER_PACKAGES: packages, PROVIDER_CERTIFICATE: certificate, PROVIDER_KEY: keyFile } = process.env;
const { Provider } = await import(pathToFileURL(`${packages}/node_modules/oidc-provider/lib/index.js`));
const state = {
  // Claims of a person by what they type as login.
  people: {},
  // Claims that stand in the ID token in the place of the right ones.
  claims: null,
  // The ID token is signed by a key that the provider does not name.
  foreignKey: false,
  // Milliseconds before an answer, and bytes that are added to it, for a path.
  delays: {},
  bytes: {},
};

const [own, foreign] = [0, 1].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
const kid = createHash('sha256').update(createPublicKey(own).export({ type: 'spki', format: 'der' })).digest('hex');
const jwk = { ...own.export({ format: 'jwk' }), kid, use: 'sig', alg: 'ES256' };

const server = certificate
  ? createHttpsServer({ cert: readFileSync(certificate), key: readFileSync(keyFile) })
  : createHttpServer();
await new Promise((done) => server.listen(Number(process.env.PROVIDER_PORT ?? 0), '127.0.0.1', done));
const issuer = `${certificate ? 'https' : 'http'}://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [{
    client_id: 'nengce',
    client_secret: 'secret-of-the-tests',
    redirect_uris: ['http://127.0.0.1/sign-in'],
    post_logout_redirect_uris: ['http://127.0.0.1/sign-in'],
    id_token_signed_response_alg: 'ES256',
  }],
  jwks: { keys: [jwk] },
  cookies: { keys: ['key-of-the-tests'] },
  claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'roles', 'units', 'districts'] },
  // Claims stand in the ID token and not only behind a request of their own.
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  acrValues: ['factor'],
  findAccount: (_, id) => ({
    accountId: id,
    claims: () => ({ sub: id, name: id, ...state.people[id] }),
  }),
});
// The server under test has another port in each test.
const isOurs = (address) => /^http:\/\/127\.0\.0\.1:\d+\/sign-in$/.test(address);
provider.Client.prototype.redirectUriAllowed = isOurs;
provider.Client.prototype.postLogoutRedirectUriAllowed = isOurs;

const base64 = (value) => Buffer.from(value).toString('base64url');

// The token with other claims, signed anew.
function spoil(token) {
  const [head, body] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')));
  const key = state.foreignKey ? foreign : own;
  const claims = { ...body, ...state.claims };
  for (const [name, value] of Object.entries(claims)) {
    if (value === null) delete claims[name];
  }
  const text = `${base64(JSON.stringify(head))}.${base64(JSON.stringify(claims))}`;
  return `${text}.${sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url')}`;
}

provider.use(async (ctx, next) => {
  if (ctx.path === '/control') {
    const parts = [];
    for await (const part of ctx.req) parts.push(part);
    Object.assign(state, JSON.parse(Buffer.concat(parts).toString()));
    ctx.body = {};
    return;
  }
  await new Promise((done) => setTimeout(done, state.delays[ctx.path] ?? 0));
  await next();
  if (ctx.path === '/token' && ctx.body?.id_token && (state.claims || state.foreignKey)) {
    ctx.body = { ...ctx.body, id_token: spoil(ctx.body.id_token) };
  }
  if (state.bytes[ctx.path]) {
    ctx.body = { ...ctx.body, padding: 'x'.repeat(state.bytes[ctx.path]) };
  }
});

server.on('request', provider.callback());
console.log(`issuer ${issuer}`);
