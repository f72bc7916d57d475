import { axe } from '@folkmoot/testkit/axe';
import type { Browser, Page, Visit } from '@folkmoot/testkit/browser';
import { openSite, sitting } from '@folkmoot/testkit/site';
import type { Town } from '@folkmoot/testkit/town';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

const PAGE = '/organisations/friends-of-weir-fields';

describe('The page of a group', () => {
  let town: Town;
  let browser: Browser;
  openSite((site) => ({ town, browser } = site));

  const open = async (name: string | null, options: Visit = {}) => {
    const context = await sitting({ town, browser }, name, options);
    return { context, page: await context.newPage() };
  };
  const whole = async (page: Page) => expect(await axe(page)).toEqual([]);
  const photo = () =>
    sharp({ create: { width: 900, height: 600, channels: 3, background: '#274' } })
      .jpeg()
      .toBuffer();

  for (const javaScript of [true, false])
    it(`Huw changes it where it stands, ${javaScript ? 'with' : 'without'} a script`, async () => {
      const { context, page } = await open('Huw Bevan', { javaScript });
      await page.goto(PAGE);
      const when = javaScript ? 'Saturdays at ten' : 'Sundays at noon';
      await page.getByText('Change when we meet').click();
      await page.getByLabel('When we meet, in English').fill(when);
      if (javaScript) await whole(page);
      await page
        .locator('details', { has: page.getByLabel('When we meet, in English') })
        .getByRole('button', { name: 'Save' })
        .click();
      await page.locator('p', { hasText: when }).waitFor();
      await page.getByLabel('When we meet, in English').waitFor({ state: 'hidden' });
      if (javaScript) await page.locator('summary:focus', { hasText: 'Change when we meet' }).waitFor();
      await page.getByText('Change how to reach us').click();
      await page.getByLabel('Website').fill('no address of anything');
      await page
        .locator('details', { has: page.getByLabel('Website') })
        .getByRole('button', { name: 'Save' })
        .click();
      await page.getByText('Write a web address, like weirfields.example').first().waitFor();
      expect(await page.getByLabel('Website').inputValue()).toBe('no address of anything');
      if (javaScript) await whole(page);
      await page.getByLabel('Website').fill('weirfields.example');
      await page
        .locator('details', { has: page.getByLabel('Website') })
        .getByRole('button', { name: 'Save' })
        .click();
      await page.getByRole('link', { name: 'weirfields.example' }).waitFor();

      await page.getByText(/Add a picture or your crest|Change the picture/).click();
      await page
        .getByLabel('Picture')
        .setInputFiles({ name: 'us.txt', mimeType: 'image/jpeg', buffer: Buffer.from('not a photo at all') });
      await page.getByRole('button', { name: 'Use this picture' }).click();
      await page.getByText('This is not a photo we can read.').waitFor();
      await expect.poll(() => page.locator('.bad .err').count()).toBe(1);
      await page
        .getByLabel('Picture')
        .setInputFiles({ name: 'us.jpg', mimeType: 'image/jpeg', buffer: await photo() });
      await page.getByRole('button', { name: 'Use this picture' }).click();
      await page.locator('img.us').waitFor();
      await context.close();
    });

  it('Grace joins by the link, and leaves; a stranger is asked to sign in first; an old link says so', async () => {
    const huw = await town.as('Huw Bevan');
    const { door } = (await huw.call('readGroup', { params: { slug: 'friends-of-weir-fields' } })).desk!;
    const stranger = await open(null, { dark: true });
    await stranger.page.goto(door);
    await whole(stranger.page);
    const link = await stranger.page.getByRole('link', { name: 'Sign in to join' }).getAttribute('href');
    expect(decodeURIComponent(link!)).toContain(door);
    await stranger.context.close();

    const { context, page } = await open('Grace Okafor', { javaScript: false });
    await page.goto(door);
    await page.getByRole('button', { name: 'Join' }).click();
    await page.getByText('You belong to this group.').waitFor();
    expect(await page.getByText('Who belongs').count()).toBe(0);
    await page.getByRole('button', { name: 'Leave the group' }).click();
    await page.getByRole('heading', { name: 'Friends of Weir Fields' }).waitFor();
    expect(await page.getByText('You belong to this group.').count()).toBe(0);
    await page.goto(`${PAGE}/join?key=old`);
    await page.getByRole('heading', { name: 'This link does not work any more' }).waitFor();
    await context.close();
  });

  it('Huw asks somebody else to organise, and takes it back, in Welsh and at night', async () => {
    const { context, page } = await open('Huw Bevan', { dark: true });
    await page.goto(`/cy${PAGE}`);
    await page.getByLabel('Eu cyfeiriad e-bost').fill('x');
    await page.getByRole('button', { name: 'Anfon y gwahoddiad' }).click();
    await page.locator('.errors').waitFor();
    await page.getByLabel('Eu cyfeiriad e-bost').fill('non@example.org');
    await page.getByRole('button', { name: 'Anfon y gwahoddiad' }).click();
    const back = page.getByRole('button', { name: /^Tynnu’n ôl.*non@example.org/ });
    await back.waitFor();
    await whole(page);
    await back.click();
    await back.waitFor({ state: 'detached' });
    await context.close();
  });

  it('without a script Huw is told, too, that somebody he takes out had gone already', async () => {
    const slug = 'friends-of-weir-fields';
    const huw = await town.as('Huw Bevan');
    const asked = { email: 'carys@example.org', lang: 'en' as const };
    await huw.call('inviteOrganiser', { params: { slug }, body: asked });
    const { context, page } = await open('Huw Bevan', { javaScript: false });
    await page.goto(PAGE);
    const { invited } = (await huw.call('readGroup', { params: { slug } })).desk!;
    const { id: invitation } = invited.find((one) => one.email === asked.email)!;
    await huw.call('endOrganiserInvitation', { params: { slug, invitation } });
    await page.getByRole('button', { name: /carys@example.org/ }).click();
    await page.locator('.errors').waitFor();
    expect(await page.getByText(asked.email).count()).toBe(0);
    await context.close();
  });
});
