//! Other products: by the names of the knowledge base, by their kind, or by a name in quotes that nobody knows.

use std::cell::LazyCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::claims::Found;
use super::tokens::Tokens;
use super::{Checker, ViolationKind, echo};
use crate::knowledge::{Language, Product};
use crate::writing::pattern::Pattern;
use crate::writing::words;

/// Kinds of financial products: beginnings of words. One that nothing of the knowledge base names is an invented one.
const KINDS: [&str; 26] = [
    "вклад",
    "депозит",
    "ипотек",
    "автокредит",
    "рассрочк",
    "страховк",
    "страхован",
    "полис",
    "осаго",
    "каско",
    "рефинансир",
    "микрозайм",
    "займы",
    "займа",
    "займом",
    "овердрафт",
    "криптовалют",
    "лизинг",
    "факторинг",
    "deposit",
    "insurance",
    "mortgage",
    "overdraft",
    "refinanc",
    "crypto",
    "microloan",
];
/// What stands before a product's own name.
const BEFORE_NAME: [&str; 12] = [
    "карт",
    "кредит",
    "счет",
    "тариф",
    "пакет",
    "программ",
    "фонд",
    "подписк",
    "card",
    "loan",
    "account",
    "plan",
];

static VARIETIES: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    [
        "золот*|платинов*|премиальн*|премиум*|детск*|молодежн*|пенсионн*|зарплатн*|виртуальн*|туристическ* карт*|пакет*|счет*|тариф*",
        "накопительн*|сберегательн*|депозитн*|металлическ* счет*|вклад*|карт*",
        "пенсионн*|страхов*|накопительн*|сберегательн* ~1 план*|программ*|полис*",
        "gold|platinum|premium|black|junior|virtual|travel ~1 card|account|plan|package|savings",
        "savings|deposit account|plan|deposit|certificate",
    ]
    .iter()
    .map(|source| Pattern::new(source))
    .collect()
});

pub(super) fn check(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    other_products(checker, tokens, found);
    let known = LazyCell::new(|| known(checker));
    unknown_kinds(checker, tokens, &|stem| known.contains(stem), found);
    unknown_names(checker, tokens, &|stem| known.contains(stem), found);
    unknown_varieties(tokens, &|stem| known.contains(stem), found);
}

/// The stems that the texts about our products use, and what the person said.
fn known(checker: &Checker<'_>) -> BTreeSet<String> {
    let context = checker.context;
    let mut texts: Vec<&String> = Vec::new();
    for language in Language::ALL {
        let program = &context.kb.program;
        let names = [&program.name, &program.bank, &program.persona];
        texts.extend(names.into_iter().filter_map(|name| name.get(language)));
        for product in &context.products {
            texts.extend(
                [&product.name, &product.description]
                    .into_iter()
                    .filter_map(|text| text.get(language)),
            );
            for fact in &product.facts {
                texts.extend(fact.sentences.get(language).into_iter().flatten());
                texts.extend(fact.label.get(language));
            }
        }
    }
    let mut known = echo::said_words(context);
    known.extend(texts.into_iter().flat_map(|text| words::stems(text)));
    known.extend(
        context
            .products
            .iter()
            .flat_map(|product| product.names())
            .flat_map(words::stems),
    );
    known
}

/// "Золотая карта", "savings account": a variety that nothing of ours is called.
fn unknown_varieties(tokens: &Tokens, known: &dyn Fn(&String) -> bool, found: &mut Vec<Found>) {
    for (start, end) in tokens.matches(&VARIETIES) {
        let named = known(&words::stem(&tokens.all[start].word));
        if !named && !tokens.denied(start) {
            found.push((start, end, ViolationKind::OtherProduct));
        }
    }
}

fn unknown_kinds(
    checker: &Checker<'_>,
    tokens: &Tokens,
    known: &dyn Fn(&String) -> bool,
    found: &mut Vec<Found>,
) {
    for (at, token) in tokens.all.iter().enumerate() {
        let kind = KINDS.iter().any(|start| token.word.starts_with(start));
        // "Вклад в будущее" and "страховать" are no products; what the person has elsewhere may be spoken of.
        let figure =
            token.word.starts_with("вклад") && tokens.all.get(at + 1).is_some_and(|next| next.word == "в");
        let verb = token.word.starts_with("вкладыв");
        if kind
            && !figure
            && !verb
            && !known(&words::stem(&token.word))
            && !tokens.denied(at)
            && !echo::is_attributed(checker, tokens, at)
        {
            found.push((at, at + 1, ViolationKind::OtherProduct));
        }
    }
}

/// "Карта «Детская Люкс»".
fn unknown_names(
    checker: &Checker<'_>,
    tokens: &Tokens,
    known: &dyn Fn(&String) -> bool,
    found: &mut Vec<Found>,
) {
    let normal = &checker.normal;
    for (at, pair) in tokens.all.windows(2).enumerate() {
        let between = &normal.chars[pair[0].end..pair[1].start];
        let quoted = between.iter().any(|c| matches!(c, '«' | '“' | '"' | '„'));
        let (from, _) = normal.original(pair[1].start, pair[1].end);
        let capital = normal.source.get(from).is_some_and(|c| c.is_uppercase());
        let product = BEFORE_NAME.iter().any(|start| pair[0].word.starts_with(start));
        if quoted && capital && product && !known(&words::stem(&pair[1].word)) {
            found.push((at + 1, at + 2, ViolationKind::OtherProduct));
        }
    }
}

/// Names and aliases of products that the text is not about. What the person named may be echoed.
fn other_products(checker: &Checker<'_>, tokens: &Tokens, found: &mut Vec<Found>) {
    let context = checker.context;
    let stems: Vec<String> = tokens.all.iter().map(|token| words::stem(&token.word)).collect();
    let own = |product: &Product| context.products.iter().any(|own| own.id == product.id);
    let own_names: Vec<Vec<String>> = context
        .products
        .iter()
        .flat_map(|product| product.names())
        .map(words::stems)
        .collect();
    let said = echo::said_words(context);
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
                let echoed = name.iter().all(|stem| said.contains(stem));
                if same
                    && !within_own
                    && !echoed
                    && !tokens.denied(start)
                    && !asks_of_use(checker, tokens, start)
                {
                    found.push((start, end, ViolationKind::OtherProduct));
                }
            }
        }
    }
}

/// "Вы пользуетесь картой с кэшбэком?": a question about what the person has, not an offer.
fn asks_of_use(checker: &Checker<'_>, tokens: &Tokens, at: usize) -> bool {
    const USE: [&str; 8] = [
        "пользуетесь",
        "пользуешься",
        "пользовались",
        "используете",
        "используешь",
        "have",
        "use",
        "using",
    ];
    let sentence = checker.normal.sentence(tokens.all[at].start);
    sentence.trim_end().ends_with('?')
        && tokens
            .clause(at)
            .iter()
            .any(|token| USE.contains(&token.word.as_str()))
}
