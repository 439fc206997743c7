/** The lessons: how it works, in plain words. */
import { t } from '../../../shared/language/message.ts';

export interface Lesson { readonly id: string; readonly title: string; readonly paragraphs: readonly string[]; readonly example?: string }

export const learnCopy = {
  title: t('Learn'), lead: t('How Penchant works, in short lessons. Each takes about a minute.'), contents: t('Lessons'), progress: (read: number, all: number) => t('{state, select, none {{all, number} lessons, none read yet.} all {You have read all {all, number}.} other {{read, number} of {all, number} read.}}', { state: read === 0 ? 'none' : read >= all ? 'all' : 'some', read, all }), read: t('I have read this'), all: t('All lessons'), isRead: t('read'),
  lessons: [
    {
      id: 'token', title: t('What a company gets is a token'),
      paragraphs: [
        t('When you allow something, the company does not get your profile. It gets a token: a signed note that says what it may ask, how often, and until when. None of your preferences is in it.'),
        t('To learn anything, it has to come back with the token and prove with a secret key that the token is its own. Your vault then looks at what you allow today and answers, or does not. A stolen token is of no use without that key.'),
      ],
      example: t('A shop may ask twice a week until March for the kinds of things you like. You end it in January. The next time it asks, it gets nothing.'),
    },
    {
      id: 'precision', title: t('Precision: say it coarsely'),
      paragraphs: [
        t('Everything you can say has steps, from coarse to fine. “Food and drink” is coarse. “Cooking” is finer. “Baking” is finer still. The coarser you say it, the more people it could be.'),
        t('On every request you can choose a coarser step than the company asked for. The wheel shows it: the light stays in the outer ring.'),
      ],
      example: t('Instead of “30 to 34” you can say “30 to 39”, “18 to 39”, or just “adult”.'),
    },
    {
      id: 'crowd', title: t('A crowd to hide in'),
      paragraphs: [
        t('Many people like cooking. Fewer like cooking and birds. Fewer still like cooking, birds and old trains, and are between 30 and 39. Each thing that is said makes the crowd smaller, until only one person is left. That one could be found by it.'),
        t('So the vault reckons, for each company, how many adults fit all it was ever told. It knows how many people live in your country, by age, and has rough shares for the rest. It divides the result by thirteen, because likings hang together more than one would think.'),
        t('Before a crowd falls below the size you want, the vault says the least useful thing less exactly, or leaves it out. The strongest of what you like goes last. You can ask for a larger crowd, or accept a smaller one, for one company or for all.'),
        t('The vault cannot know what a company learnt elsewhere, and a company that has your name needs no crowd to find you.'),
      ],
      example: t('A shop knows that you like gardens and buy in the middle price range. A hundred thousand people fit. If it also knew your five-year age range and your state, three hundred would. So it hears your country instead.'),
    },
    {
      id: 'deniable', title: t('Sometimes wrong on purpose'),
      paragraphs: [
        t('You can let a company hear about your interests deniably. The vault draws a few broad areas for it. For each of them it mostly says what is true, and now and then something it made up: that you like it, or that you do not. Which areas, and which of them are made up, is chance. Nothing about you decides it.'),
        t('So whatever the company hears, it may be made up. A hundred such answers together still tell a shop how many of its customers like gardens, for it knows how often the vault makes things up. They do not tell it whether you do.'),
        t('Asking again does not help it: the same company hears the same for three months. Each new draw tells a little more, so there is a budget. When it is used up, nothing more is said this way.'),
      ],
      example: t('A shop hears “garden”. Out of a hundred people of whom it hears that, some have no garden and do not want one.'),
    },
    {
      id: 'balance', title: t('What it gains, what it costs'),
      paragraphs: [
        t('Saying something makes what a company shows you fit better. It also makes you easier to find. Most things do a lot of one and little of the other. A shoe size makes half the difference for shoes, and says little about who you are. Your age says a lot about who you are, and changes hardly anything in a shop.'),
        t('So a request shows both. The vault ranks a catalogue of its own by what would be said, and compares that with a ranking by all it knows. The line shows how useful the answer stays for each size of the crowd. Move the point to where you want to be: the answer changes with it.'),
        t('It is a trial, not a promise. A real shop knows more about its goods than this catalogue does.'),
      ],
    },
    {
      id: 'pseudonym', title: t('Pseudonym: a different name for everyone'),
      paragraphs: [
        t('A pseudonym is a made-up name. Every company knows you by a different one, with a different key behind it. Two companies that put their lists side by side find nothing in them that matches.'),
        t('After 90 days at the latest a permission ends. Every three months the vault makes new names: what you allow after that is under a new one. Within the same three months a company knows you by the same name.'),
      ],
    },
    {
      id: 'required', title: t('What “required” means'),
      paragraphs: [
        t('A company may mark a thing as required. That is its word: it says that it cannot do its part without this. Nobody has checked it. You can still say no to all of it, and it cannot tell your no from silence.'),
        t('You can give what is required more coarsely than it asks: a required interest may be “Food and drink” instead of “Baking”. And where too few people would fit, the vault says less of it, required or not.'),
        t('What a company marks as optional it can do without. It never learns whether you left it out or had nothing to say.'),
      ],
    },
    {
      id: 'closed', title: t('Closed categories stay shut'),
      paragraphs: [
        t('Some things can be used to shame or harm people: health, belief, politics, sexuality, origin, debt, addiction, grief, pregnancy, children. Your records may say something about them anyway.'),
        t('You see what the vault concluded, with a small lock beside it. No company is told, and it cannot even see that something was held back.'),
      ],
    },
    {
      id: 'three-kinds', title: t('Three kinds of promise'),
      paragraphs: [
        t('On a request you see three lists. What Penchant makes sure happens in the vault, and nobody gets around it. What the terms promise is the company’s signed word. What the company says is only what it says.'),
        t('They look different on purpose. Only the first list is certain.'),
      ],
    },
    {
      id: 'breathing', title: t('Room to breathe'),
      paragraphs: [
        t('You can take a break from everyone, keep hours of the day quiet, say how many answers there are a day, and keep whole areas quiet for a time. It holds for every company, on top of what you allowed each of them, and it works at the very next question.'),
        t('A company that meets it is only told to try again later. It cannot see whether you are asleep, on a break, or have simply had enough, and all of them are told the same.'),
      ],
      example: t('You are looking for a present and want no trace of it: you keep “Jewellery” quiet until the birthday is over.'),
    },
    {
      id: 'log', title: t('The log remembers what was asked'),
      paragraphs: [
        t('Every question, answer, refusal and change is written into a log before anything leaves. Each entry is tied to the one before it, so that none can be changed or taken out without it showing. “Check the log” on the Activity page does the sum again.'),
        t('The log holds names and counts, never what you like.'),
      ],
    },
    {
      id: 'limits', title: t('What we cannot promise'),
      paragraphs: [
        t('What a company has learnt, it knows. Ending a permission stops the next answer; it does not make anyone forget. You can ask them to, and the law may oblige them.'),
        t('If someone controls your computer while the vault is open, they can see what you see. Lock it when you leave.'),
        t('A company may know you from elsewhere, such as your account or your address when you order. A pseudonym does not hide you from someone who already has your name.'),
        t('Conclusions can be wrong. You can look at why, put them right, or forbid them.'),
        t('If you lose both the passphrase and the recovery phrase, nobody can open the vault. Not us either.'),
      ],
    },
  ] satisfies readonly Lesson[] as readonly Lesson[],
  exampleTitle: t('For example'),
} as const;
