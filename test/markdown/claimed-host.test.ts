import { expect } from '@open-wc/testing';
import { claimedHost } from '../../src/markdown/reader/claimed-host.js';

/** What links of answers say every day, and lead to where it is told about. */
const EVERYDAY = `
README.md | README.md#usage | see CONTRIBUTING.md. | src/app.py | main.rs:12 | user.ts:10 | index.html.erb | the index.html.erb template
docker-compose.yml | vite.config.mts | app.component.spec.ts | types.d.ts | main.cc | foo.ex | Program.fs file | messages.mo file
a.out | archive.zip | archive.tar.gz download | data.csv | style.scss | page.aspx | foo.ipynb | .env.local | rules.mk file
the user.id field | user.name | fs.cp | the fs.rm function | node:fs.cp | Array.from | Array.of() | Array.prototype.at() | req.is() | call user.app() first
String.prototype.at method | document.title | obj.to.do | System.in | System.in stream | i18n.t | pandas.DataFrame.at property
torch.nn | the torch.nn module | torch.nn.Linear | nn.Module | numpy.pi | np.ma module | java.io package | java.io.File | java.net
java.net.URL | System.Net | System.Net.Http | System.IO namespace | android.app.Activity | com.example.MyApp | org.springframework.web
os.path | process.env | import.meta | console.log | the logger.info call | asyncio.run | Promise.all | React.FC type | jest.fn mock functions
Node.js | Node.js/Express | Vue.js | D3.js | Next.js 15.2 | ASP.NET | ASP.NET Core | VB.NET | ML.NET tutorial | Json.NET docs
1.2.3 | version 1.2.3 | v2.0.1-rc.1 | e.g. this one | i.e. that | U.S. Census | 9 a.m. to 5 p.m. | z.B. hier | d.h. so | usw. | Ph.D. thesis
J.R.R. Tolkien | Washington, D.C. | St.Gallen | Mr.Smith | Nr.1 | bzw.das
It was late.So we went | gut.Es geht weiter | C'est fini.Il faut partir | fini.la suite | Bitti.Bu da var | bitti.bu da var | the end.so we go
docs.a.test | a.test | the docs.a.test page | A.test's blog | jane.doe@a.test | docs.a.test/x?of=bank.com | docs.a.test/x/https://bank.com
`
  .split(/[|\n]/)
  .map((text) => text.trim())
  .filter(Boolean);

const DECEPTIVE = `
bank.com | Bank.com | BANK.COM | www.bank.cloud | bank.com. | bank.com! | (bank.com) | “bank.com” | bank.com → | bank.com:443 | bank.com#x
bank.com – sign in | Sign in at bank.com | PayPal.com: your account | bank.com(secure) | my bank.com-login | 请访问bank.com登录
sparkasse.de | anmelden bei sparkasse.de | auf nzz.ch | visit amazon.es today | poste.it – accedi | amazon.in deals | visit amazon.com.br today
bbc.co.uk | bbc.co.uk news | apply on gov.uk today | amazon.co.jp | orf.at | id.me | notion.so | t.co | youtu.be/abc | zoom.us | join at zoom.us/j/1
claude.ai | go to claude.ai | crates.io | open fly.io | twitch.tv | via bit.ly | bank.studio/login | login.bank.studio/x | github.com/lit/lit
help@bank.com | help@bank.studio | write to help@bank.de | bank.com@b.test/ | bank.com/login.html | bank.com?x | на сайте хост.рф
`
  .split(/[|\n]/)
  .map((text) => text.trim())
  .filter(Boolean);

describe('the host that the words of a link name', () => {
  for (const text of EVERYDAY)
    it(`is none in ${text}`, () => expect(claimedHost(text, 'https://docs.a.test/x')).to.equal(undefined));

  for (const text of DECEPTIVE)
    it(`is one in ${text}`, () => expect(claimedHost(text, 'https://b.test/x')).to.not.equal(undefined));
});
