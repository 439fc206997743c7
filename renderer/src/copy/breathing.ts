/** Words of the breathing space: breaks, quiet hours, how often, quiet areas. */
import { counted, date, dateTime, list } from './format.ts';

const clock = (minute: number): string => `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
const times = (perDay: number): string => (perDay === 0 ? 'Not at all' : perDay === 1 ? 'Once a day' : perDay === 2 ? 'Twice a day' : `${perDay} times a day`);

export const breathingCopy = {
  title: 'Breathing space', lead: 'Take a break, keep some hours quiet, and decide how often companies hear from you. It works at once. No company is told why it gets nothing.',
  pause: 'A break from everyone', pauseText: 'Nobody gets an answer while it lasts. Your permissions stay as they are and go on afterwards.',
  pauseFor: { open: 'Until I end it', day: 'For a day', week: 'For a week' },
  paused: 'You are taking a break', pausedSince: (sinceMs: number, untilMs: number | null) => `Since ${dateTime(sinceMs)}. Nobody gets an answer until ${untilMs === null ? 'you end it' : dateTime(untilMs)}.`,
  endPause: 'End the break', ended: 'The break is over. Companies get answers again, as you allowed.', look: 'Look at it',
  holds: 'Companies on hold', hold: 'Put on hold', holdAll: 'Put all of it on hold', stillPaused: (name: string) => `The hold on ${name} is over. Permissions you paused stay paused.`, held: (name: string) => `${name} is on hold`, heldText: (untilMs: number | null) => `It gets no answer until ${untilMs === null ? 'you end the hold' : dateTime(untilMs)}. What you allowed stays as it is.`, release: 'End the hold', released: (name: string) => `${name} may ask again, as you allowed.`,
  hours: 'Quiet hours', hoursSwitch: 'Keep some hours of the day quiet', hoursHint: 'By the clock of this computer. Whoever asks in these hours gets nothing and may try again later.',
  span: (fromMinute: number, toMinute: number) => `${clock(fromMinute)} to ${clock(toMinute)}`,
  from: 'From', to: 'To', saveHours: 'Save these hours', hoursSaved: 'Quiet hours saved.', quietNow: 'It is quiet now.', overnight: 'Until the next morning.', allDay: 'That is the whole day.',
  often: 'How often', oftenText: 'On top of what each permission says. What is used up comes back at midnight.',
  perDay: 'All companies together, a day', perCompanyDay: 'One company, a day', asPermitted: 'As their permissions say', answers: (n: number) => counted(n, 'answer'),
  today: (answers: number, companies: readonly { readonly name: string; readonly answers: number }[]) => (answers === 0 ? 'Nobody has had an answer today.' : `Today: ${counted(answers, 'answer')}. ${list(companies.map(({ name, answers: own }) => `${name} ${own}`))}.`),
  usedUp: 'Used up for today.',
  areas: 'Areas to keep quiet about', areasText: 'Companies hear nothing of these, or only now and then, whatever you allowed. They cannot see that something was left out.',
  noAreas: 'You keep nothing quiet. “Nothing about travel until June” would be an example.', add: 'Keep an area quiet', addTitle: 'Keep an area quiet', addAction: 'Keep it quiet', howOften: 'How often may it come up?', howLong: 'How long?',
  times, until: { open: 'Until I take it back', week: 'For a week', month: 'For a month', quarter: 'For three months', date: 'Until a day I choose' }, untilDay: 'Until this day', dayPast: 'Choose a day that is still to come.',
  // The last day of it: it ends at the midnight after.
  line: (perDay: number, untilMs: number | null) => `${times(perDay)}, ${untilMs === null ? 'until you take it back' : `until ${date(untilMs - 1)}`}`,
  usedToday: (n: number) => `came up in ${counted(n, 'answer')} today`,
  again: 'Speak of it again', added: (label: string) => `“${label}” is kept quiet.`, removed: (label: string) => `“${label}” may come up again, as you allowed.`,
  less: 'See less of', lessText: 'What you never want to be shown is part of your profile. Companies that you allow to ask for it are told to leave it out.', noLess: 'You have not said what you want to see less of.', lessAction: 'Add it in your profile',
} as const;
