//! Claims in words: other products, promises, names, what is said of the person, and who speaks.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::{Checker, ViolationKind, approved};
use crate::knowledge::{BridgeBy, FactValue, KnowledgeBase, Language, Product};
use crate::writing::asked::mentions;
use crate::writing::pattern::Pattern;
use crate::writing::words;

/// Promises that only a fact could back.
const FORBIDDEN: [&str; 27] = [
    "одобрен|одобрена|одобрено|одобрим|одобрят|предодобрен*|предварительно-одобрен*",
    "гарантир*|гарантия|гарантии|гарантию|гарантией",
    "последний|последние|последняя день|дни|шанс|возможность|неделя",
    "только сегодня|сейчас|завтра",
    "осталось|осталась|остались ~2 мест|места|место|час*|дней|дня|карт|заявок",
    "спешите|успейте|поторопитесь|торопитесь",
    "без риска|рисков|отказа|отказов|проверки|проверок",
    "никаких|нет рисков|риска|проверок|отказов",
    "самая|самый|самые|самое|лучшая|лучший|лучшие|лучшее низк*|выгодн*|лучш*|ставк*|услови*|предложени*|карт*|кредит*|банк",
    "выгоднее|лучше|дешевле всех|остальных|других|конкурентов",
    "уже ~2 воспользовал*|оформил* ~1 тысяч*|миллион*|сотн*|многие|все",
    "тысяч*|миллион*|сотни ~1 клиент*|людей|человек",
    "эксклюзивн*|уникальн*",
    "ограниченн* ~1 предложени*|врем*|количеств*",
    "акция|предложение ~2 закончится|заканчивается|истекает|сгорит|действует",
    "сто процентов",
    "точно|наверняка|обязательно ~1 дадут|одобрят|выдадут|получите",
    "approved|pre-approved|preapproved",
    "guarantee*",
    "last day|chance|days",
    "only|just today",
    "hurry",
    "limited time|offer",
    "risk free",
    "no risk|risks|checks",
    "the best|lowest|cheapest",
    "exclusive|unique",
];

/// The bank's voice. "Не", "not" before it makes it honest.
const BANK_VOICE: [&str; 13] = [
    "я|мы|вам|тебе|это ~2 сотрудник|сотрудница|менеджер|специалист|представитель|консультант|работник ~1 банка|альфа*",
    "сотрудник|сотрудница|менеджер|специалист|представитель|консультант|работник банка|альфа*",
    "из банка|альфа*",
    "работаю ~2 в ~1 банке|альфа*",
    "от имени|лица ~1 банка|альфа*",
    "мы|наш|нашего|нашем|нашему|нашим|наша ~1 банк|банка|банке|банку|банком|альфа*",
    "служба безопасности|поддержки",
    "пишет|сообщает|предлагает|информирует|беспокоит|приветствует ~1 банк|вас альфа*|банк",
    "i|we|this ~3 bank|alfa employee|staff|manager|representative|officer",
    "bank|alfa ~1 employee|staff|manager|representative|officer",
    "i|we work ~1 at|for ~1 bank|alfa*",
    "on behalf of ~1 bank|alfa*",
    "our bank",
];

static FORBIDDEN_PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| FORBIDDEN.iter().map(|p| Pattern::new(p)).collect());
static FREE_PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    ["бесплатн*", "даром", "free", "безвозмездн*"]
        .iter()
        .map(|p| Pattern::new(p))
        .collect()
});
static VOICE_PATTERNS: LazyLock<Vec<Pattern>> =
    LazyLock::new(|| BANK_VOICE.iter().map(|p| Pattern::new(p)).collect());

/// Names by which a person is commonly called: one that is not this person's is a mistake.
const NAMES: &str = "александр алексей анатолий андрей антон артем борис вадим валентин валерий василий виктор виталий владимир \
    вячеслав геннадий георгий григорий денис дмитрий евгений егор иван игорь илья кирилл константин леонид максим михаил \
    никита николай олег павел петр роман руслан сергей станислав степан тимофей федор юрий александра алина алла анастасия анна \
    валентина валерия варвара виктория галина дарья диана ева евгения екатерина елена елизавета зоя инна ирина кира кристина \
    ксения лариса лидия людмила маргарита марина мария надежда наталья наталия нина оксана ольга полина раиса светлана софия \
    тамара татьяна ульяна юлия яна саша маша даша катя лена оля таня наташа дима коля вася ваня петя миша сережа лёша john mary \
    ivan maria anna peter alex michael david james robert sarah emma";

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

struct Token {
    key: String,
    word: String,
    start: usize,
    end: usize,
}

pub(super) fn check(checker: &mut Checker<'_>) {
    let tokens = tokens(&checker.normal.chars);
    let keys: Vec<String> = tokens.iter().map(|token| token.key.clone()).collect();
    let mut found: Vec<(usize, usize, ViolationKind)> = Vec::new();
    for (patterns, kind) in [
        (&*FORBIDDEN_PATTERNS, ViolationKind::Forbidden),
        (&*VOICE_PATTERNS, ViolationKind::Persona),
    ] {
        for (start, end) in matches(patterns, &keys) {
            if !denied(&keys, start) && same_sentence(checker, &tokens, start, end) {
                found.push((start, end, kind));
            }
        }
    }
    for (start, end) in matches(&FREE_PATTERNS, &keys) {
        if !denied(&keys, start) && !free_is_backed(checker, &tokens, start) {
            found.push((start, end, ViolationKind::Forbidden));
        }
    }
    other_products(checker, &tokens, &mut found);
    if checker.context.profile.is_some() {
        names(checker, &tokens, &mut found);
        about_person(checker, &tokens, &mut found);
    }
    let approved = if found.is_empty() {
        Default::default()
    } else {
        approved(checker.context.kb)
    };
    for (start, end, kind) in found {
        let (from, to) = (tokens[start].start, tokens[end - 1].end);
        let sentence = words::fold(checker.normal.sentence(from).trim());
        let exempt = kind != ViolationKind::FirstName && approved.contains(&sentence);
        if !exempt {
            checker.add(from, to, kind);
        }
    }
}

fn tokens(chars: &[char]) -> Vec<Token> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let inside = |index: usize| {
            let c = chars[index];
            c.is_alphanumeric()
                || (matches!(c, '\'' | '-')
                    && index > at
                    && chars.get(index + 1).is_some_and(|next| next.is_alphabetic()))
        };
        let end = (at..chars.len())
            .find(|index| !inside(*index))
            .unwrap_or(chars.len());
        if end > at {
            let word: String = chars[at..end].iter().collect();
            found.push(Token {
                key: crate::writing::pattern::key(&word),
                word,
                start: at,
                end,
            });
        }
        at = end.max(at + 1);
    }
    found
}

/// Every match of the patterns, as ranges of tokens.
fn matches(patterns: &[Pattern], keys: &[String]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for start in 0..keys.len() {
        if let Some(end) = patterns
            .iter()
            .filter_map(|pattern| pattern.matches(keys, start))
            .max()
            && end > start
        {
            found.push((start, end));
        }
    }
    found
}

/// "Не", "не сам", "not the" within the three words before.
fn denied(keys: &[String], start: usize) -> bool {
    let before = &keys[start.saturating_sub(3)..start];
    before.iter().any(|key| {
        matches!(
            key.as_str(),
            "не" | "ни" | "not" | "no" | "never" | "isnt" | "dont" | "нет" | "без" | "without"
        )
    })
}

fn same_sentence(checker: &Checker<'_>, tokens: &[Token], start: usize, end: usize) -> bool {
    let bounds = checker.normal.sentence_bounds(tokens[start].start);
    tokens[end - 1].end <= bounds.1
}

/// "Бесплатное обслуживание" needs a fact of zero for what the sentence speaks of; "feel free" promises nothing.
fn free_is_backed(checker: &Checker<'_>, tokens: &[Token], at: usize) -> bool {
    let beside = |index: Option<usize>| {
        index
            .and_then(|index| tokens.get(index))
            .map_or("", |token| token.word.as_str())
    };
    if beside(at.checked_sub(1)) == "feel" || beside(Some(at + 1)).starts_with("minute") {
        return true;
    }
    let sentence = words::tokens(&checker.normal.sentence(tokens[at].start));
    let interest_free = tokens[at].word == "free" && beside(at.checked_sub(1)) == "interest";
    let mut live = checker
        .context
        .products
        .iter()
        .flat_map(|product| product.live_facts(checker.context.today));
    live.any(|fact| {
        let zero = matches!(fact.value, FactValue::Number(value) if value == 0.0);
        (zero && mentions(&sentence, fact)) || (interest_free && fact.attribute == "grace_period")
    })
}

/// Names and aliases of products that the text is not about. What the person named may be echoed.
fn other_products(checker: &Checker<'_>, tokens: &[Token], found: &mut Vec<(usize, usize, ViolationKind)>) {
    let context = checker.context;
    let stems: Vec<String> = tokens.iter().map(|token| words::stem(&token.word)).collect();
    let own = |product: &Product| context.products.iter().any(|own| own.id == product.id);
    let own_names: Vec<Vec<String>> = context
        .products
        .iter()
        .flat_map(|product| product.names())
        .map(words::stems)
        .collect();
    let echo = context.profile.map(|profile| {
        let said = [profile.profession.as_deref(), profile.goal.as_deref()]
            .into_iter()
            .flatten();
        let lists = profile
            .interests
            .iter()
            .chain(&profile.said)
            .chain(&profile.has)
            .map(String::as_str);
        let mut said: Vec<String> = said.chain(lists).flat_map(words::stems).collect();
        // An interest may be spoken of in another language: words of one bridge mean the same.
        let groups = context
            .kb
            .blocks
            .bridges
            .iter()
            .filter(|block| block.by == Some(BridgeBy::Interest));
        let shared: Vec<String> = groups
            .filter(|block| block.words.iter().any(|word| words::says(&said, word)))
            .flat_map(|block| block.words.iter().flat_map(|word| words::stems(word)))
            .collect();
        said.extend(shared);
        said
    });
    for product in context.kb.products.iter().filter(|product| !own(product)) {
        for name in product.names().map(words::stems).filter(|name| !name.is_empty()) {
            for start in 0..stems.len().saturating_sub(name.len() - 1) {
                let end = start + name.len();
                let same = stems[start..end] == name[..];
                // "Кредит" within "кредит наличными" is this product's own name.
                let within_own = own_names.iter().any(|own| {
                    (0..own.len()).any(|shift| {
                        start >= shift
                            && stems.get(start - shift..start - shift + own.len()) == Some(&own[..])
                    })
                });
                let echoed = echo
                    .as_ref()
                    .is_some_and(|said| name.iter().all(|stem| said.contains(stem)));
                let keys: Vec<String> = tokens[start.saturating_sub(3)..start]
                    .iter()
                    .map(|token| token.key.clone())
                    .collect();
                if same && !within_own && !echoed && !denied(&keys, keys.len()) {
                    found.push((start, end, ViolationKind::OtherProduct));
                }
            }
        }
    }
}

/// Addressing somebody else.
fn names(checker: &Checker<'_>, tokens: &[Token], found: &mut Vec<(usize, usize, ViolationKind)>) {
    let Some(profile) = checker.context.profile else {
        return;
    };
    let own: Vec<String> = [profile.first_name.as_deref(), profile.last_name.as_deref()]
        .into_iter()
        .flatten()
        .flat_map(|name| words::tokens(&words::fold(name)))
        .collect();
    let common: Vec<&str> = NAMES.split_whitespace().collect();
    let ours = our_words(checker.context.kb);
    for (index, token) in tokens.iter().enumerate() {
        let (from, _) = checker.normal.original(token.start, token.end);
        let capital = checker.normal.source.get(from).is_some_and(|c| c.is_uppercase());
        if !capital || ours.contains(&token.word) {
            continue;
        }
        let parts: Vec<&str> = token.word.split('-').collect();
        let is_own = own
            .iter()
            .any(|name| *name == token.word || parts.contains(&name.as_str()));
        let follows = token.end;
        let next = checker.normal.chars.get(follows).copied().unwrap_or(' ');
        let after_greeting = index > 0
            && GREETINGS.contains(&tokens[index - 1].word.as_str())
            && checker.normal.chars[tokens[index - 1].end..token.start]
                .iter()
                .all(|c| matches!(c, ' ' | ','))
            && matches!(next, '!' | ',' | '.');
        let known = common.contains(&token.word.as_str());
        if !is_own && (known || after_greeting) {
            found.push((index, index + 1, ViolationKind::FirstName));
        }
    }
}

/// "Вы врач", said to somebody who is not.
fn about_person(checker: &Checker<'_>, tokens: &[Token], found: &mut Vec<(usize, usize, ViolationKind)>) {
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
