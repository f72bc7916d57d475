/** The words of the foot of every page, made on the server: no phone fetches them as script, twice over. */
import type { Contracts } from '@folkmoot/core/contracts';
import type { CallAnswer } from '@folkmoot/core/kit/contract';
import { inLang, type Lang } from '@folkmoot/core/kit/plain';
import { localizeHref, m } from '@folkmoot/words';

export function footOf(place: CallAnswer<Contracts['readPlace']>, lang: Lang) {
  const link = (href: string, text: string) => ({ href: localizeHref(href), text });
  const hours = inLang(place.hours, lang).text;
  const address = inLang(place.address, lang).text;
  return {
    talk: m.frame_rather_talk(),
    ring: m.frame_ring(),
    phone: place.phone,
    hours: hours ? `, ${hours}.` : '.',
    address: address ? m.frame_call_in({ address }) : '',
    demo: place.demo ? [link('/demo', m.frame_be_someone()), link('/demo/mails', m.frame_mailbox())] : [],
    about: {
      label: m.frame_about(),
      links: [
        link('/decisions', m.frame_decisions()),
        link('/petitions', m.frame_petitions()),
        link('/wards', m.frame_wards()),
        link('/about/privacy', m.frame_privacy()),
        link('/about/cookies', m.frame_cookies()),
      ],
    },
    help: {
      label: m.frame_helping(),
      links: [
        link('/about/accessibility', m.frame_accessibility()),
        link('/reports/help', m.frame_reports_help()),
        link('/petitions/help', m.frame_petitions_help()),
        link('/about/house-rules', m.frame_house_rules()),
        link('/about/terms', m.frame_terms()),
        link('/about/how-it-is-made', m.frame_how_made()),
        link('/about/open-data', m.petitionshare_data_title()),
      ],
    },
    by: m.frame_by(),
    source: { href: place.source, text: m.frame_source() },
  };
}
export type FootWords = ReturnType<typeof footOf>;
