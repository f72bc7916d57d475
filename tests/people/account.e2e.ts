import { faults } from '@folkmoot/testkit/axe';
import { type Browser, type Page, visit } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import { Secret, TOTP } from 'otpauth';
import { describe, expect, it } from 'vitest';

const grace = 'grace@anybridge.example';

describe('An account on a phone', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  /** The page as it stands has nothing that axe objects to, and does not scroll sideways. */
  const whole = async (page: Page) => {
    expect(await faults(page), page.url()).toEqual([]);
  };
  const heading = (page: Page) => page.locator('h1').first().innerText();

  it('lets Grace in by a mailed button, without JavaScript, and shows her what is held', async () => {
    const context = await visit(browser, town.url, { javaScript: false });
    const page = await context.newPage();
    await page.goto('/me/data');
    expect(new URL(page.url()).pathname).toBe('/sign-in');

    await page.getByLabel('E-mail').first().fill('nonsense');
    await page.getByRole('button', { name: 'Send me a link' }).click();
    expect(await page.locator('.errors').innerText()).toContain('Write an e-mail address');
    expect(await page.getByLabel('E-mail').first().inputValue()).toBe('nonsense');
    await page.getByLabel('E-mail').first().fill(grace);
    await page.getByRole('button', { name: 'Send me a link' }).click();
    expect(await heading(page)).toBe('Look in your mail');

    await page.goto(`/confirm/${await town.tokenTo(grace)}`);
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    expect(await heading(page)).toContain('What is held about you');
    expect(await page.getByRole('main').innerText()).toContain('Nobody of the staff has opened anything');

    await page.goto('/me/details');
    await page.getByLabel('Postcode').fill('nowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.locator('.errors').innerText()).toContain('Write a whole postcode');
    expect(await page.getByLabel('Postcode').inputValue()).toBe('nowhere');
    await page.getByLabel('Postcode').fill('');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('status').first().innerText()).toContain('Saved');

    await page.goto('/me/password');
    await page.getByLabel('New password').fill('seven wet bridges');
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await page.getByRole('status').first().innerText()).toContain('Saved');

    await page.goto('/me');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.goto('/me');
    expect(new URL(page.url()).pathname).toBe('/sign-in');
    await context.close();
  });

  it('lets her in by password with JavaScript, and says what is wrong on the spot', async () => {
    const context = await visit(browser, town.url);
    const page = await context.newPage();
    await page.goto('/sign-in?to=/me/devices');
    await whole(page);
    await page.getByText('I have a password').click();
    await page.locator('#email2').fill(grace);
    await page.getByLabel('Password').fill('not this one at all');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.errors').waitFor();
    expect(await page.locator('.errors').innerText()).toContain('That is not right');
    await page.getByLabel('Password').fill('seven wet bridges');
    await page.getByRole('main').getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === '/me/devices');
    await page.getByRole('main').getByText('this one').first().waitFor();
    for (const path of [
      '/me',
      '/me/details',
      '/me/password',
      '/me/devices',
      '/me/data',
      '/me/data/erase',
      '/demo',
    ]) {
      await page.goto(path);
      await whole(page);
    }
    await page.goto('/cy/me/data');
    expect(await heading(page)).toBe('Beth sydd gennym amdanoch');
    await whole(page);
    await context.close();
  });

  it('takes a new officer from the invitation to the second key, without JavaScript', async () => {
    const admin = await town.as('Tomasz Nowak');
    const email = 'seren.new@example.org';
    await admin.call('inviteMember', { params: { slug: 'council' }, body: { email, role: 'officer' } });
    const token = /\/invitation\/([\w-]+)/.exec((await town.mailTo(email)).text)![1]!;

    const context = await visit(browser, town.url, { javaScript: false });
    const page = await context.newPage();
    await page.goto(`/invitation/${token}`);
    await page.getByLabel('Your name').fill('Seren Gwilym');
    await page.getByRole('button', { name: 'Accept' }).click();
    expect(await page.locator('.errors').innerText()).toContain('Tick the box to agree');
    await page.getByLabel('I act in this role only for the work').check();
    await page.getByRole('button', { name: 'Accept' }).click();
    expect(await heading(page)).toBe('Your second key');

    const secret = async () => (await page.locator('.secret').innerText()).replaceAll(' ', '');
    const first = await secret();
    await page.getByLabel('Code', { exact: true }).fill('000000');
    await page.getByRole('button', { name: 'Turn it on' }).click();
    expect(await page.locator('.errors').innerText()).toContain('That is not right');
    // the app holds the secret of the first picture, so a wrong code changes nothing
    expect(await secret()).toBe(first);
    const code = new TOTP({ secret: Secret.fromBase32(first) }).generate({
      timestamp: town.clock.now.getTime(),
    });
    await page.getByLabel('Code', { exact: true }).fill(code);
    await page.getByRole('button', { name: 'Turn it on' }).click();
    expect(await heading(page)).toBe('Keep these codes');
    expect(await page.locator('.codes li').count()).toBe(10);
    await context.close();
  });

  it('shows an administrator who holds which role, and the register of personal data', async () => {
    const context = await sitting({ town, browser }, 'Tomasz Nowak');
    const page = await context.newPage();
    for (const path of [
      '/admin',
      '/admin/organisations',
      '/admin/organisations/county',
      '/admin/people',
      '/admin/people/changes',
      '/admin/privacy',
      '/organisations',
      '/organisations/council',
    ]) {
      await page.goto(path);
      await whole(page);
    }
    await page.goto('/admin/people?q=Dylan+Rees');
    expect(await page.getByRole('main').innerText()).toContain('Anyshire County Highways');
    await context.close();
  });
});
