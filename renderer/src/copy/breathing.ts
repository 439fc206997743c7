/** Words of the breathing space: breaks, quiet hours, how often, quiet areas. */
import { date, dateTime, list, number } from '../../../shared/language/format.ts';
import { t } from '../../../shared/language/message.ts';

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const times = (perDay: number): string => (t('{perDay, plural, =0 {Not at all} =1 {Once a day} =2 {Twice a day} other {# times a day}}', { perDay }));

export const breathingCopy = {
  title: t('Breathing space'), lead: t('Take a break, keep some hours quiet, and decide how often companies hear from you. It works at once. No company is told why it gets nothing.'),
  pause: t('A break from everyone'), pauseText: t('Nobody gets an answer while it lasts. Your permissions stay as they are and go on afterwards.'),
  pauseFor: { open: t('Until I end it'), day: t('For a day'), week: t('For a week') },
  paused: t('You are taking a break'), pausedSince: (sinceMs: number, untilMs: number | null) => t('Since {since}. Nobody gets an answer until {open, select, yes {you end it} other {{until}}}.', { since: dateTime(sinceMs), open: untilMs === null, until: dateTime(untilMs ?? 0) }),
  endPause: t('End the break'), ended: t('The break is over. Companies get answers again, as you allowed.'), look: t('Look at it'),
  holds: t('Companies on hold'), hold: t('Put on hold'), holdAll: t('Put all of it on hold'), stillPaused: (name: string) => t('The hold on {name} is over. Permissions you paused stay paused.', { name }), held: (name: string) => t('{name} is on hold', { name }), heldText: (untilMs: number | null) => t('It gets no answer until {open, select, yes {you end the hold} other {{until}}}. What you allowed stays as it is.', { open: untilMs === null, until: dateTime(untilMs ?? 0) }), release: t('End the hold'), released: (name: string) => t('{name} may ask again, as you allowed.', { name }),
  hours: t('Quiet hours'), hoursSwitch: t('Keep some hours of the day quiet'), hoursHint: t('By the clock of this computer. Whoever asks in these hours gets nothing and may try again later.'),
  span: (fromMinute: number, toMinute: number) => t('{fromMinute} to {toMinute}', { fromMinute: clock(fromMinute), toMinute: clock(toMinute) }),
  from: t('From'), to: t('To'), saveHours: t('Save these hours'), hoursSaved: t('Quiet hours saved.'), quietNow: t('It is quiet now.'), overnight: t('Until the next morning.'), allDay: t('That is the whole day.'),
  often: t('How often'), oftenText: t('On top of what each permission says. What is used up comes back at midnight.'),
  perDay: t('All companies together, a day'), perCompanyDay: t('One company, a day'), asPermitted: t('As their permissions say'), answers: (n: number) => t('{n, plural, one {# answer} other {# answers}}', { n }),
  today: (answers: number, companies: readonly { readonly name: string; readonly answers: number }[]) => (t('{answers, plural, =0 {Nobody has had an answer today.} other {Today: {answers, plural, one {# answer} other {# answers}}. {companies}.}}', { answers, companies: list(companies.map(({ name, answers: own }) => `${name} ${number(own)}`)) })),
  usedUp: t('Used up for today.'),
  areas: t('Areas to keep quiet about'), areasText: t('Companies hear nothing of these, or only now and then, whatever you allowed. They cannot see that something was left out.'),
  noAreas: t('You keep nothing quiet. “Nothing about travel until June” would be an example.'), add: t('Keep an area quiet'), addTitle: t('Keep an area quiet'), addAction: t('Keep it quiet'), howOften: t('How often may it come up?'), howLong: t('How long?'),
  times, until: { open: t('Until I take it back'), week: t('For a week'), month: t('For a month'), quarter: t('For three months'), date: t('Until a day I choose') }, untilDay: t('Until this day'), dayPast: t('Choose a day that is still to come.'),
  // The last day of it: it ends at the midnight after.
  line: (perDay: number, untilMs: number | null) => t('{times}, {open, select, yes {until you take it back} other {until {until}}}', { times: times(perDay), open: untilMs === null, until: date((untilMs ?? 1) - 1) }),
  usedToday: (n: number) => t('came up in {n, plural, one {# answer} other {# answers}} today', { n }),
  again: t('Speak of it again'), added: (label: string) => t('“{label}” is kept quiet.', { label }), removed: (label: string) => t('“{label}” may come up again, as you allowed.', { label }),
  less: t('Never show me'), lessText: t('What you never want to be shown is part of your profile. Companies that you allow to ask for it are told to leave it out.'), noLess: t('You have not said what you never want to be shown.'), lessAction: t('Add it in your profile'),
} as const;
