//! Small patterns over the words of a message.
//!
//! `a|b` alternatives, `a*` a prefix, `a?` optional (also `a|b?`), `~2` up to two other words, none of them a negation.

use super::words;

/// One word of a pattern, folded.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    text: String,
    squeezed: String,
    prefix: bool,
}

impl Word {
    fn new(source: &str) -> Self {
        let (source, prefix) = match source.strip_suffix('*') {
            Some(stem) => (stem, true),
            None => (source, false),
        };
        let text = key(&words::fold(source));
        Self {
            squeezed: words::squeeze(&text),
            text,
            prefix,
        }
    }

    /// Whether the token is this word.
    pub fn is(&self, token: &str) -> bool {
        if self.prefix {
            token.starts_with(&self.text)
        } else {
            token == self.text
        }
    }

    /// Whether it is, with every doubled letter taken as one.
    pub fn is_squeezed(&self, token: &str) -> bool {
        !self.prefix && words::squeeze(token) == self.squeezed
    }
}

#[derive(Debug)]
enum Item {
    Words { any: Vec<Word>, optional: bool },
    Gap(usize),
}

/// A compiled pattern.
#[derive(Debug)]
pub(crate) struct Pattern {
    items: Vec<Item>,
    /// The letters with which a match can begin; `None`: with any. Most words are told by it that nothing begins there.
    begins: Option<Vec<char>>,
}

impl Pattern {
    pub fn new(source: &str) -> Self {
        let items = source.split_whitespace().map(|item| {
            if let Some(width) = item.strip_prefix('~') {
                return Item::Gap(width.parse().unwrap_or(1));
            }
            let (item, optional) = match item.strip_suffix('?') {
                Some(item) => (item, true),
                None => (item, false),
            };
            Item::Words {
                any: item.split('|').map(Word::new).collect(),
                optional,
            }
        });
        let items: Vec<Item> = items.collect();
        let begins = match items.first() {
            Some(Item::Words { any, optional: false }) => {
                any.iter().map(|word| word.text.chars().next()).collect()
            }
            _ => None,
        };
        Self { items, begins }
    }

    /// Where the match that begins at `start` ends.
    pub fn matches(&self, tokens: &[String], start: usize) -> Option<usize> {
        let first = tokens.get(start).and_then(|token| token.chars().next());
        let may = self
            .begins
            .as_ref()
            .is_none_or(|begins| first.is_some_and(|first| begins.contains(&first)));
        if may {
            run(&self.items, tokens, start)
        } else {
            None
        }
    }
}

fn run(items: &[Item], tokens: &[String], at: usize) -> Option<usize> {
    let Some((item, rest)) = items.split_first() else {
        return Some(at);
    };
    match item {
        Item::Words { any, optional } => {
            let here = tokens
                .get(at)
                .is_some_and(|token| any.iter().any(|word| word.is(token)));
            let taken = if here { run(rest, tokens, at + 1) } else { None };
            taken.or_else(|| if *optional { run(rest, tokens, at) } else { None })
        }
        Item::Gap(width) => {
            for skipped in 0..=*width {
                if let Some(end) = run(rest, tokens, at + skipped) {
                    return Some(end);
                }
                if tokens.get(at + skipped).is_none_or(|token| is_negation(token)) {
                    return None;
                }
            }
            None
        }
    }
}

fn is_negation(token: &str) -> bool {
    matches!(
        token,
        "не" | "ни" | "not" | "dont" | "never" | "no" | "doesnt" | "wont"
    )
}

/// Words of a list separated by spaces.
pub(crate) fn words(source: &str) -> Vec<Word> {
    source.split_whitespace().map(Word::new).collect()
}

/// The tokens of a folded text, in the form in which patterns compare them.
pub(crate) fn tokens(folded: &str) -> Vec<String> {
    let found: Vec<String> = words::tokens(folded)
        .iter()
        .map(|token| key(token))
        .filter(|token| !token.is_empty())
        .collect();
    // "с т о п": letters apart make one word.
    let single = |token: &String| token.chars().count() == 1 && token.chars().all(char::is_alphabetic);
    if found.len() >= 3 && found.iter().all(single) {
        vec![found.concat()]
    } else {
        found
    }
}

/// Letters of the listed languages brought to common ones, soft signs and apostrophes dropped, stretching undone.
pub(crate) fn key(token: &str) -> String {
    let lettered = token.chars().any(char::is_alphabetic);
    let cyrillic = token.chars().any(words::is_cyrillic);
    let plain: String = token
        .chars()
        .filter(|c| !matches!(c, 'ь' | 'ъ' | '\''))
        .map(|c| match c {
            'ы' | 'і' | 'ї' | 'й' => 'и',
            'є' | 'э' | 'ә' => 'е',
            'қ' => 'к',
            'ң' => 'н',
            'ғ' | 'ґ' => 'г',
            'ү' | 'ұ' | 'ў' => 'у',
            'ө' => 'о',
            'һ' | 'ҳ' => 'х',
            'щ' => 'ш',
            '0' if cyrillic => 'о',
            '0' if lettered => 'o',
            other => other,
        })
        .collect();
    words::unstretch(&plain)
}

/// Russian written in Latin letters, back in Cyrillic. `ts` may be one letter (цена) or two (отстаньте).
pub(crate) fn to_cyrillic(folded: &str, ts_is_one: bool) -> String {
    const PAIRS: [(&str, &str); 14] = [
        ("shch", "щ"),
        ("sch", "щ"),
        ("sh", "ш"),
        ("ch", "ч"),
        ("zh", "ж"),
        ("kh", "х"),
        ("ts", "ц"),
        ("ya", "я"),
        ("ja", "я"),
        ("yu", "ю"),
        ("ju", "ю"),
        ("yo", "е"),
        ("jo", "е"),
        ("ye", "е"),
    ];
    const SINGLE: &str = "aаbбcкdдeеfфgгhхiиjйkкlлmмnнoоpпqкrрsсtтuуvвwвxхyыzз";
    let mut written = String::with_capacity(folded.len() * 2);
    let mut rest = folded;
    while let Some(c) = rest.chars().next() {
        if let Some((latin, cyrillic)) = PAIRS
            .iter()
            .find(|(latin, _)| rest.starts_with(latin) && (ts_is_one || *latin != "ts"))
        {
            written.push_str(cyrillic);
            rest = &rest[latin.len()..];
            continue;
        }
        let mut pairs = SINGLE.chars();
        let mut found = c;
        while let (Some(latin), Some(cyrillic)) = (pairs.next(), pairs.next()) {
            if latin == c {
                found = cyrillic;
            }
        }
        written.push(found);
        rest = &rest[c.len_utf8()..];
    }
    written
}
