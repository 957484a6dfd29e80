//! A person's own names, in any case, inflection and alphabet.

/// One word of a name, ready to be compared.
#[derive(Clone)]
pub(super) struct KnownName {
    /// Lower case, without `ё`.
    folded: String,
    /// What stays of it when it is inflected.
    stems: Vec<String>,
    skeleton: String,
    skeleton_stem: String,
    /// What is written in its place; nothing for a surname.
    placeholder: &'static str,
}

/// Words that Telegram users put where a name belongs, and without which a text loses its meaning.
const NO_NAMES: &[&str] = &[
    "не", "да", "нет", "на", "но", "же", "из", "по", "за", "от", "до", "мы", "вы", "он", "она", "то", "или",
    "для", "как", "что", "это", "the", "no", "of", "and", "is", "to", "in",
];

impl KnownName {
    /// The words of a name.
    pub fn all_of(name: &str, placeholder: &'static str) -> Vec<Self> {
        let cleaned = super::clean::clean(name);
        cleaned
            .split(|c: char| !c.is_alphabetic())
            .map(fold)
            .filter(|word| word.chars().count() >= 2 && !NO_NAMES.contains(&word.as_str()))
            .map(|folded| {
                let skeleton = skeleton(&folded);
                Self {
                    stems: stems(&folded),
                    skeleton_stem: skeleton.trim_end_matches(['a', 'e', 'i', 'o', 'u']).to_owned(),
                    skeleton,
                    folded,
                    placeholder,
                }
            })
            .collect()
    }

    fn matches(&self, token: &str) -> bool {
        let folded = fold(token);
        if self.folded.chars().count() <= 2 {
            // "Ли" is a surname, "ли" is a particle.
            let alike = self.skeleton.len() >= 2 && skeleton(&folded) == self.skeleton;
            return token.chars().next().is_some_and(char::is_uppercase) && (folded == self.folded || alike);
        }
        if folded == self.folded {
            return true;
        }
        if self.stems.iter().any(|stem| inflects(&folded, stem, ENDINGS)) {
            return true;
        }
        let found = skeleton(&folded);
        (found.len() >= 2 && found == self.skeleton)
            || (self.skeleton_stem.len() >= 3 && inflects(&found, &self.skeleton_stem, SKELETON_ENDINGS))
    }
}

/// Replaces every known name.
pub(super) fn mask(text: &str, names: &[KnownName]) -> String {
    if names.is_empty() {
        return text.to_owned();
    }
    let mut result = String::with_capacity(text.len());
    let mut token = String::new();
    for c in text.chars().chain(std::iter::once('\n')) {
        if c.is_alphabetic() || (c == '\'' && !token.is_empty()) {
            token.push(c);
            continue;
        }
        if !token.is_empty() {
            push(&mut result, &token, names);
            token.clear();
        }
        if c == ' ' && result.ends_with(' ') {
            continue;
        }
        result.push(c);
    }
    result.pop();
    for name in [super::FIRST_NAME, super::OTHER_NAME] {
        for between in [" ", "-"] {
            let twice = format!("{name}{between}{name}");
            while result.contains(&twice) {
                result = result.replace(&twice, name);
            }
        }
    }
    result
}

fn push(result: &mut String, token: &str, names: &[KnownName]) {
    let bare = token.trim_end_matches('\'');
    // "[телефон]" and "{{first_name}}" were put there by us.
    let ours = (result.ends_with('[') && PLACEHOLDERS.contains(&token))
        || (result.ends_with("{{") && token == "first");
    let known = names.iter().find(|name| !ours && name.matches(bare));
    // "Д'Артаньян": the pieces count as well as the whole.
    let pieces = || bare.split('\'').filter(|_| bare.contains('\''));
    let known = known.or_else(|| {
        names
            .iter()
            .find(|name| pieces().any(|piece| name.matches(piece)))
    });
    match known {
        Some(name) if name.placeholder.is_empty() => {
            while result.ends_with('-') {
                result.pop();
            }
        }
        Some(name) => result.push_str(name.placeholder),
        None => result.push_str(token),
    }
}

const PLACEHOLDERS: &[&str] = &[
    "имя",
    "телефон",
    "карта",
    "документ",
    "номер",
    "почта",
    "ник",
    "ссылка",
];

fn fold(word: &str) -> String {
    word.to_lowercase().replace('ё', "е")
}

/// From this length on a stem is enough to know a name by, whatever short ending follows.
const TELLING_STEM: usize = 5;
/// The longest ending after such a stem.
const LONGEST_ENDING: usize = 4;

fn inflects(word: &str, stem: &str, endings: &[&str]) -> bool {
    let Some(ending) = word.strip_prefix(stem) else {
        return false;
    };
    match stem.chars().count() {
        0..=1 => false,
        2..TELLING_STEM => endings.contains(&ending),
        _ => ending.chars().count() <= LONGEST_ENDING,
    }
}

const ENDINGS: &[&str] = &[
    "", "а", "я", "у", "ю", "е", "и", "ы", "о", "й", "ь", "ой", "ей", "ою", "ею", "ом", "ем", "ым", "им",
    "ам", "ям", "ах", "ях", "ами", "ями", "ов", "ев", "ого", "его", "ому", "ему", "ых", "их", "ый", "ий",
    "ая", "яя", "ую", "юю", "ые", "ие", "ия", "ию", "ии", "ием", "ией", "ью", "ья", "ье",
];

/// The same in the skeleton's letters.
const SKELETON_ENDINGS: &[&str] = &[
    "", "a", "u", "e", "i", "o", "oi", "ei", "ou", "eu", "om", "em", "im", "am", "ah", "ami", "ov", "ev",
    "ogo", "ego", "omu", "emu", "ih", "ai", "ui", "ea", "aa", "uu",
];

/// What stays of a Russian name when it is inflected: without its last vowel, without the ending of an adjective, and
/// without a fleeting vowel (Павел, Павла).
fn stems(folded: &str) -> Vec<String> {
    let letters: Vec<char> = folded.chars().collect();
    let take = |count: usize| letters.iter().take(count).collect::<String>();
    let mut stems = Vec::new();
    let soft = |c: &char| "аяоеиыуюйь".contains(*c);
    if letters.last().is_some_and(soft) {
        stems.push(take(letters.len() - 1));
    } else {
        stems.push(folded.to_owned());
        if let [start @ .., vowel, last] = letters.as_slice()
            && matches!(vowel, 'е' | 'о')
        {
            let start: String = start.iter().collect();
            stems.extend([format!("{start}{last}"), format!("{start}ь{last}")]);
        }
    }
    let adjective = ["ий", "ый", "ой", "ая", "яя", "ия"]
        .iter()
        .any(|ending| folded.ends_with(ending));
    if adjective && letters.len() >= 5 {
        stems.push(take(letters.len() - 2));
    }
    stems
}

/// One spelling for all the ways to write a name in either alphabet.
fn skeleton(folded: &str) -> String {
    let latin: String = folded.chars().map(latin).collect();
    let mut word = latin;
    for (from, to) in [
        ("shch", "sh"),
        ("sch", "sh"),
        ("kh", "h"),
        ("tz", "ts"),
        ("ph", "f"),
        ("ck", "k"),
        ("x", "ks"),
        ("w", "v"),
        ("q", "k"),
        ("y", "i"),
        ("j", "i"),
        ("ch", "#"),
        ("c", "k"),
        ("#", "ch"),
        ("ii", "i"),
        ("ia", "a"),
        ("iu", "u"),
        ("ie", "e"),
        ("io", "e"),
    ] {
        word = word.replace(from, to);
    }
    let mut single = String::with_capacity(word.len());
    for c in word.chars() {
        if !single.ends_with(c) {
            single.push(c);
        }
    }
    single
}

fn latin(c: char) -> &'static str {
    match c {
        'а' | 'a' => "a",
        'б' | 'b' => "b",
        'в' | 'v' => "v",
        'г' | 'g' => "g",
        'д' | 'd' => "d",
        'е' | 'э' | 'e' => "e",
        'ж' => "zh",
        'з' | 'z' => "z",
        'и' | 'й' | 'ы' | 'і' | 'i' => "i",
        'к' | 'k' => "k",
        'л' | 'l' => "l",
        'м' | 'm' => "m",
        'н' | 'n' => "n",
        'о' | 'o' => "o",
        'п' | 'p' => "p",
        'р' | 'r' => "r",
        'с' | 's' => "s",
        'т' | 't' => "t",
        'у' | 'u' => "u",
        'ф' | 'f' => "f",
        'х' | 'h' => "h",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "sh",
        'ю' => "iu",
        'я' => "ia",
        'c' => "c",
        'j' => "j",
        'q' => "q",
        'w' => "w",
        'x' => "x",
        'y' => "y",
        _ => "",
    }
}
