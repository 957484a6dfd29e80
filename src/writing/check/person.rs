//! What is said of the person: another name, age or work, and a life that nobody told us of.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::claims::Found;
use super::tokens::{Token, Tokens};
use super::{Checker, ViolationKind, echo, lexicon};
use crate::knowledge::{BridgeBy, KnowledgeBase, Language};
use crate::writing::numbers::{Family, Number, numerals_in};
use crate::writing::pattern::{Pattern, to_cyrillic};
use crate::writing::words;

/// Names by which a person is commonly called: one that is not this person's is a mistake.
const NAMES: &str = "александр алексей анатолий андрей антон артем борис вадим валентин валерий василий виктор виталий владимир \
    вячеслав геннадий георгий григорий денис дмитрий евгений егор иван игорь илья кирилл константин леонид максим михаил \
    никита николай олег павел петр роман руслан сергей станислав степан тимофей федор юрий александра алина алла анастасия анна \
    валентина валерия варвара виктория галина дарья диана ева евгения екатерина елена елизавета зоя инна ирина кира кристина \
    ксения лариса лидия людмила маргарита марина мария надежда наталья наталия нина оксана ольга полина раиса светлана софия \
    тамара татьяна ульяна юлия яна саша маша даша катя лена оля таня наташа дима коля вася ваня петя миша сережа лёша john mary \
    ivan maria anna peter alex michael david james robert sarah emma simon mark lucas oliver jack harry thomas william richard daniel paul \
    laura julia kate alice sophia olivia эдуард тимур ильдар азамат нурлан руслана айгуль динара гульнара алия камила рустам ринат марат \
    арсен ашот карина эльвира земфира регина инга жанна раиса римма эмма злата милана алиса василиса есения агата марк \
    матвей макар захар семен федор яков давид даниил данила богдан святослав ярослав всеволод ростислав эльдар артур герман глеб \
    филипп игнат савелий платон мирон демид родион серафим емельян прохор остап тарас назар оксана ольга леся галя света люда таня \
    лена надя юля ира аня настя ксюша лиза соня рита вика тоня зина клава шура жора гена костя паша гриша федя лева стас \
    влад сема боря жека серега димон колян толя витя юра";

const GREETINGS: [&str; 14] = [
    "здравствуйте",
    "здравствуй",
    "привет",
    "приветствую",
    "утро",
    "день",
    "вечер",
    "уважаемый",
    "уважаемая",
    "дорогой",
    "дорогая",
    "hello",
    "hi",
    "dear",
];

/// Work that people are commonly of: stems are compared.
const WORK: &str = "юрист адвокат бухгалтер врач доктор медсестра учитель преподаватель воспитатель строитель водитель таксист курьер инженер \
    программист разработчик дизайнер повар продавец кассир военный полицейский пожарный пенсионер студент школьник директор предприниматель \
    бизнесмен риелтор маркетолог экономист аналитик журналист фотограф парикмахер электрик сварщик слесарь механик фермер актер музыкант \
    психолог логист кладовщик охранник пилот моряк фрилансер самозанятый lawyer doctor nurse teacher engineer driver builder accountant \
    programmer developer student pensioner manager designer cook";
const LIKES: [&str; 14] = [
    "любите",
    "любишь",
    "увлекаетесь",
    "увлекаешься",
    "занимаетесь",
    "занимаешься",
    "интересуетесь",
    "обожаете",
    "играете",
    "love",
    "enjoy",
    "коллекционируете",
    "фанат",
    "поклонник",
];
/// By which a person is addressed in the middle of a clause.
const TO_PERSON: [&str; 18] = [
    "вы",
    "вас",
    "вам",
    "вами",
    "ваш",
    "ваша",
    "ваше",
    "ваши",
    "вашей",
    "вашего",
    "вашему",
    "ты",
    "тебя",
    "тебе",
    "твой",
    "твоя",
    "you",
    "your",
];
/// What makes of a statement no statement: a condition, a choice, somebody else.
const NO_STATEMENT: [&str; 26] = [
    "если",
    "ли",
    "когда",
    "или",
    "кто",
    "кому",
    "тем",
    "тех",
    "людям",
    "люди",
    "многие",
    "даже",
    "for",
    "if",
    "whether",
    "or",
    "who",
    "those",
    "возможно",
    "может",
    "maybe",
    "perhaps",
    "might",
    "could",
    "бы",
    "чтобы",
];
/// Ages that a person who is written to may have.
const AGES_YEARS: std::ops::RangeInclusive<f64> = 14.0..=110.0;

pub(super) fn check(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    names(checker, tokens, found);
    about_person(checker, tokens, found);
    life(checker, tokens, found);
    work_and_likes(checker, tokens, found);
    ages(checker, tokens, found);
}

static WORK_STEMS: LazyLock<BTreeSet<String>> = LazyLock::new(|| words::stems(WORK).into_iter().collect());
static COMMON: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NAMES.split_whitespace().collect());
static DECLINED: LazyLock<BTreeSet<String>> =
    LazyLock::new(|| COMMON.iter().map(|name| words::stem(name)).collect());
static LIFE: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| lexicon::LIFE.iter().map(|source| Pattern::new(source)).collect());
static SAID: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| lexicon::SAID.iter().map(|source| Pattern::new(source)).collect());

/// "Вы с мужем", "вы уволились весной", "вы говорили, что…": what the person did not tell.
fn life(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let known = echo::said_words(checker.context);
    for (start, end) in tokens.matches(&LIFE) {
        let stem = words::stem(&tokens.all[end - 1].word);
        let beginning: String = stem.chars().take(5).collect();
        let told = known.iter().any(|word| {
            word.starts_with(&beginning) || (word.chars().count() > 3 && stem.starts_with(word.as_str()))
        });
        let asked = checker
            .normal
            .sentence(tokens.all[start].start)
            .trim_end()
            .ends_with('?');
        let statement =
            !asked && !is_hedged(tokens, start) && !tokens.denied(start) && !tokens.denied(end - 1);
        if !told && statement {
            found.push((start, end, ViolationKind::AboutPerson));
        }
    }
    let is_silent = checker
        .context
        .profile
        .is_some_and(|profile| profile.said.is_empty());
    for (start, end) in tokens.matches(&SAID) {
        // What the profile tells may be known without having been said.
        let known_otherwise = tokens
            .clauses_from(start, end)
            .iter()
            .any(|token| known.contains(&words::stem(&token.word)));
        if is_silent && !known_otherwise && !tokens.denied(start) && !is_hedged(tokens, start) {
            found.push((start, end, ViolationKind::AboutPerson));
        }
    }
}

/// A condition, a choice, or about somebody else.
fn is_hedged(tokens: &Tokens, at: usize) -> bool {
    tokens
        .clause(at)
        .iter()
        .any(|token| NO_STATEMENT.contains(&token.word.as_str()))
}

/// "Вы юрист", "вы любите рыбалку", said to somebody who is not or did not say so.
fn work_and_likes(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let known = echo::said_words(checker.context);
    let ours = our_words(checker.context.kb);
    let told = |stem: &String| {
        known.iter().any(|word| {
            word.starts_with(stem.as_str()) || (word.chars().count() > 3 && stem.starts_with(word.as_str()))
        })
    };
    for (at, token) in tokens.all.iter().enumerate() {
        let stem = words::stem(&token.word);
        let liked = LIKES.contains(&token.word.as_str());
        if !(liked || WORK_STEMS.contains(&stem))
            || ours.contains(&token.word)
            || !is_statement(checker, tokens, at)
        {
            continue;
        }
        let is_told = if liked {
            tokens
                .clause(at)
                .iter()
                .any(|word| told(&words::stem(&word.word)))
        } else {
            told(&stem)
        };
        if !is_told && !tokens.denied(at) {
            found.push((at, at + 1, ViolationKind::AboutPerson));
        }
    }
}

/// Whether the clause says something of the person: addresses them, asks nothing, is about nobody else.
fn is_statement(checker: &Checker<'_>, tokens: &Tokens, at: usize) -> bool {
    let clause = tokens.clause(at);
    let has = |list: &[&str]| clause.iter().any(|token| list.contains(&token.word.as_str()));
    let sentence = checker.normal.sentence(tokens.all[at].start);
    let said: Vec<String> = words::tokens(&sentence);
    has(&TO_PERSON)
        && !is_hedged(tokens, at)
        && !sentence.trim_end().ends_with('?')
        && !is_role_of_ours(&said)
}

/// "Вам 70", "в ваши 45", "вам уже за пятьдесят".
fn ages(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    for number in numerals_in(&checker.normal.chars) {
        if let Some(years) = age_told(tokens, &number)
            && !is_own_age(checker, years)
            && !checker.is_taken(number.start, number.end)
        {
            let at = tokens.at(number.start);
            let end = tokens.at(number.end.saturating_sub(1)) + 1;
            found.push((at, end.min(tokens.all.len()), ViolationKind::AboutPerson));
        }
    }
}

/// Whether it is the person's own age.
pub(super) fn is_own_age(checker: &Checker<'_>, years: f64) -> bool {
    let age = checker.context.profile.and_then(|profile| profile.age);
    let said = echo::said_numbers(checker.context);
    age.is_some_and(|age| f64::from(age) == years)
        || said
            .iter()
            .any(|number| number.value == years || number.value == years * 12.0)
}

/// The age in years that a number tells of the person, if it tells one.
pub(super) fn age_told(tokens: &Tokens, number: &Number) -> Option<f64> {
    const OWNERS: [&str; 13] = [
        "вам",
        "тебе",
        "ваши",
        "твои",
        "вашем",
        "свои",
        "you",
        "you're",
        "aged",
        "your",
        "вы",
        "возраст",
        "возрасте",
    ];
    const BETWEEN: [&str; 22] = [
        "уже",
        "ведь",
        "только",
        "всего",
        "скоро",
        "за",
        "под",
        "около",
        "больше",
        "старше",
        "моложе",
        "почти",
        "в",
        "are",
        "re",
        "over",
        "at",
        "is",
        "исполнилось",
        "исполнится",
        "almost",
        "возрасте",
    ];
    let years = match number.family {
        Family::Bare if !number.multiplied => number.value,
        Family::Months => number.value / 12.0,
        _ => return None,
    };
    if !AGES_YEARS.contains(&years) || years.fract() != 0.0 {
        return None;
    }
    let at = tokens.at(number.start);
    let clause = tokens.clause(at);
    let mut before = clause
        .iter()
        .rev()
        .skip_while(|token| token.start >= number.start)
        .map(|token| token.word.as_str());
    let mut owner = before.next()?;
    let mut skipped = 0;
    while BETWEEN.contains(&owner) && skipped < 4 {
        skipped += 1;
        owner = before.next()?;
    }
    OWNERS.contains(&owner).then_some(years)
}

/// Addressing somebody else.
fn names(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let Some(profile) = checker.context.profile else {
        return;
    };
    let own: Vec<String> = [profile.first_name.as_deref(), profile.last_name.as_deref()]
        .into_iter()
        .flatten()
        .flat_map(|name| words::tokens(&words::fold(name)))
        .collect();
    let ours = our_words(checker.context.kb);
    for (index, token) in tokens.all.iter().enumerate() {
        let (from, _) = checker.normal.original(token.start, token.end);
        let capital = checker.normal.source.get(from).is_some_and(|c| c.is_uppercase());
        if !capital || token.word.split('-').all(|part| ours.contains(part)) {
            continue;
        }
        let parts: Vec<&str> = token.word.split('-').collect();
        let stem = words::stem(&token.word);
        let written = [token.word.clone(), to_cyrillic(&token.word, true)];
        let is_own = own.iter().any(|name| {
            written.contains(name) || parts.contains(&name.as_str()) || words::stem(name) == stem
        });
        let follows = token.end;
        let next = checker.normal.chars.get(follows).copied().unwrap_or(' ');
        let after_greeting = index > 0
            && GREETINGS.contains(&tokens.all[index - 1].word.as_str())
            && checker.normal.chars[tokens.all[index - 1].end..token.start]
                .iter()
                .all(|c| matches!(c, ' ' | ','))
            && matches!(next, '!' | ',' | '.');
        let begins = checker.normal.sentence_bounds(token.start).0 + 2 > token.start;
        let known = COMMON.contains(token.word.as_str()) || (!begins && DECLINED.contains(&stem));
        // "Понимаю вас, Григорий.": a capital between a comma and the end.
        let called = index > 0
            && token.word.chars().count() > 2
            && token.word.chars().all(words::is_cyrillic)
            && checker.normal.chars[tokens.all[index - 1].end..token.start] == [',', ' ']
            && matches!(next, '!' | '.' | '?' | ',');
        if !is_own && (known || after_greeting || called) {
            found.push((index, index + 1, ViolationKind::FirstName));
        }
    }
}

/// "Вы врач", said to somebody who is not.
fn about_person(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    const ADDRESS: [&str; 14] = [
        "вы",
        "вас",
        "вам",
        "ваш",
        "ваша",
        "ваше",
        "ваши",
        "вашей",
        "ты",
        "тебя",
        "тебе",
        "твоя",
        "you",
        "your",
    ];
    let context = checker.context;
    let Some(profile) = context.profile else { return };
    let mut known = words::stems(profile.profession.as_deref().unwrap_or_default());
    known.extend(
        profile
            .said
            .iter()
            .chain(&profile.interests)
            .flat_map(|text| words::stems(text)),
    );
    let audience = context
        .kb
        .products
        .iter()
        .flat_map(|product| &product.audience.professions)
        .map(|entry| &entry.words);
    let bridges = context
        .kb
        .blocks
        .bridges
        .iter()
        .filter(|block| block.by == Some(BridgeBy::Profession));
    let ours = our_words(context.kb);
    let addressed = |token: &Token| {
        let sentence = words::tokens(&checker.normal.sentence(token.start));
        sentence.iter().any(|word| ADDRESS.contains(&word.as_str())) && !is_role_of_ours(&sentence)
    };
    let spoken: Vec<(usize, String)> = tokens
        .all
        .iter()
        .enumerate()
        .filter(|(_, token)| {
            token.word.chars().count() > 2 && !ours.contains(&token.word) && addressed(token)
        })
        .map(|(index, token)| (index, words::stem(&token.word)))
        .collect();
    if spoken.is_empty() {
        return;
    }
    // Each group of words for one profession: its stems, and whether the person is of it.
    let groups: Vec<(Vec<String>, bool)> = audience
        .chain(bridges.map(|block| &block.words))
        .map(|group| {
            let single = group
                .iter()
                .filter(|word| !word.contains(' '))
                .map(|word| words::stem(&words::fold(word)));
            (
                single.collect(),
                group.iter().any(|word| words::says(&known, word)),
            )
        })
        .collect();
    for (index, stem) in spoken {
        let mut naming = groups
            .iter()
            .filter(|(stems, _)| stems.contains(&stem))
            .peekable();
        if naming.peek().is_some() && !naming.any(|(_, is_theirs)| *is_theirs) {
            found.push((index, index + 1, ViolationKind::AboutPerson));
        }
    }
}

/// The words of the programme's, the bank's and the persona's names, folded.
fn our_words(kb: &KnowledgeBase) -> BTreeSet<String> {
    let names = [&kb.program.name, &kb.program.bank, &kb.program.persona];
    let texts = names.into_iter().flat_map(|name| {
        Language::ALL
            .into_iter()
            .filter_map(|language| name.get(language))
    });
    texts.flat_map(|text| words::tokens(&words::fold(text))).collect()
}

/// "Вам позвонит менеджер": our side, not the person's work.
fn is_role_of_ours(sentence: &[String]) -> bool {
    const OURS: [&str; 9] = [
        "позвон",
        "напиш",
        "ответ",
        "передам",
        "свяж",
        "подключ",
        "помо",
        "call",
        "contact",
    ];
    sentence
        .iter()
        .any(|word| OURS.iter().any(|start| word.starts_with(start)))
}
