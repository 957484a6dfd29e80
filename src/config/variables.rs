//! The variables that Alfa knows, and how near another name is to one of them.

/// How the value of a variable may be shown in a refusal.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Show {
    Plain,
    Secret,
    Phone,
    /// An address that may carry a user name and a password.
    Url,
}

/// Every variable that has a meaning.
pub const KNOWN: &[(&str, Show)] = &[
    ("TELEGRAM_API_ID", Show::Plain),
    ("TELEGRAM_API_HASH", Show::Secret),
    ("TELEGRAM_PHONE_NUMBER", Show::Phone),
    ("TELEGRAM_BOT_TOKEN", Show::Secret),
    ("GEMINI_API_KEY", Show::Secret),
    ("GEMINI_BASE_URL", Show::Url),
    ("GEMINI_MODEL", Show::Plain),
    ("GEMINI_LIMITS", Show::Plain),
    ("GEMINI_PRICES", Show::Plain),
    ("GEMINI_SEES", Show::Plain),
    ("GROQ_API_KEY", Show::Secret),
    ("GROQ_BASE_URL", Show::Url),
    ("GROQ_MODEL", Show::Plain),
    ("GROQ_LIMITS", Show::Plain),
    ("GROQ_PRICES", Show::Plain),
    ("GROQ_SEES", Show::Plain),
    ("OLLAMA_URL", Show::Url),
    ("OLLAMA_BASE_URL", Show::Url),
    ("OLLAMA_MODEL", Show::Plain),
    ("OLLAMA_LIMITS", Show::Plain),
    ("OLLAMA_PRICES", Show::Plain),
    ("OLLAMA_SEES", Show::Plain),
    ("HUGGINGFACE_TOKEN", Show::Secret),
    ("HUGGINGFACE_API_KEY", Show::Secret),
    ("HUGGINGFACE_BASE_URL", Show::Url),
    ("HUGGINGFACE_MODEL", Show::Plain),
    ("HUGGINGFACE_LIMITS", Show::Plain),
    ("HUGGINGFACE_PRICES", Show::Plain),
    ("HUGGINGFACE_SEES", Show::Plain),
    ("TIMEWEB_API_TOKEN", Show::Secret),
    ("TIMEWEB_AGENT_ACCESS_ID", Show::Secret),
    ("TIMEWEB_BASE_URL", Show::Url),
    ("TIMEWEB_MODEL", Show::Plain),
    ("TIMEWEB_LIMITS", Show::Plain),
    ("TIMEWEB_PRICES", Show::Plain),
    ("TIMEWEB_SEES", Show::Plain),
    ("OPENAI_API_KEY", Show::Secret),
    ("OPENAI_BASE_URL", Show::Url),
    ("OPENAI_MODEL", Show::Plain),
    ("OPENAI_LIMITS", Show::Plain),
    ("OPENAI_PRICES", Show::Plain),
    ("OPENAI_SEES", Show::Plain),
    ("AI_DIALOG_TEXT", Show::Plain),
    ("AI_DISCLOSURE", Show::Plain),
    ("AI_OUTREACH", Show::Plain),
    ("AI_ASSISTANT", Show::Plain),
    ("AI_WRITING", Show::Plain),
    ("ALFA_API_KEY", Show::Secret),
    ("ALFA_ADMIN_PASSWORD", Show::Secret),
    ("ALFA_SECRET_KEY", Show::Secret),
    ("ALFA_TIMEZONE", Show::Plain),
    ("ALFA_CURRENCY", Show::Plain),
    ("KNOWLEDGE_SYNC_URL", Show::Url),
    ("DATABASE_URL", Show::Url),
    ("DATA_DIR", Show::Plain),
    ("HOST", Show::Plain),
    ("PORT", Show::Plain),
    ("QUIET_HOURS", Show::Plain),
    ("NEW_DIALOGS_PER_DAY", Show::Plain),
    ("CONTACTS_UPLOAD_CONSENT", Show::Plain),
    ("APPROVAL", Show::Plain),
    ("PACING", Show::Plain),
    ("LOG_LEVEL", Show::Plain),
    ("SETTLE_SECONDS", Show::Plain),
    ("SANDBOX_SCENARIO", Show::Plain),
    ("SIMULATOR", Show::Plain),
];

/// Beginnings of names that are ours alone in a `.env` file.
const PREFIXES: &[&str] = &[
    "TELEGRAM_",
    "GEMINI_",
    "GROQ_",
    "OLLAMA_",
    "HUGGINGFACE_",
    "TIMEWEB_",
    "OPENAI_",
    "ALFA_",
    "KNOWLEDGE_",
    "CONTACTS_",
    "AI_",
    "QUIET_",
    "SANDBOX_",
    "SIMULATOR_",
];

/// Names shorter than this are refused in `.env` only at one slip, since any short word is near another.
const SHORT_NAME_CHARS: usize = 8;

/// How `name` may be shown; names that are not known are shown as secrets, since nobody knows what they hold.
#[must_use]
pub fn show_of(name: &str) -> Show {
    KNOWN
        .iter()
        .find(|(known, _)| *known == name)
        .map_or(Show::Secret, |(_, show)| *show)
}

#[must_use]
pub fn is_known(name: &str) -> bool {
    KNOWN.iter().any(|(known, _)| *known == name)
}

/// The known name that `name` in a `.env` file was surely meant to be: `Some(None)` when its beginning is ours but no
/// name is near, `None` when it is a stranger that may stand there for another program.
#[must_use]
pub fn misspelt_in_file(name: &str) -> Option<Option<&'static str>> {
    let upper = name.to_uppercase();
    let near = nearest(
        &upper,
        if upper.chars().count() < SHORT_NAME_CHARS {
            1
        } else {
            2
        },
    );
    if near.is_some() {
        return Some(near);
    }
    PREFIXES
        .iter()
        .any(|prefix| upper.starts_with(prefix))
        .then_some(None)
}

/// The same for the process's environment, which holds much that is not ours: only long names that are near.
#[must_use]
pub fn misspelt_in_environment(name: &str) -> Option<&'static str> {
    (name.chars().count() >= SHORT_NAME_CHARS)
        .then(|| nearest(name, 2))
        .flatten()
}

fn nearest(name: &str, most: usize) -> Option<&'static str> {
    KNOWN
        .iter()
        .map(|(known, _)| (distance(name, known), *known))
        .filter(|(slips, _)| *slips <= most)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, known)| known)
}

/// Slips between two names: a letter added, lost, changed, or two neighbours swapped.
fn distance(left: &str, right: &str) -> usize {
    let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
    let width = right.len() + 1;
    let mut table: Vec<Vec<usize>> = vec![(0..width).collect()];
    for i in 1..=left.len() {
        let mut row = vec![i; width];
        for j in 1..width {
            let same = usize::from(left[i - 1] != right[j - 1]);
            row[j] = (table[i - 1][j] + 1)
                .min(row[j - 1] + 1)
                .min(table[i - 1][j - 1] + same);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                row[j] = row[j].min(table[i - 2][j - 2] + 1);
            }
        }
        table.push(row);
    }
    table[left.len()][right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised() {
        assert_eq!(misspelt_in_file("DATABSE_URL"), Some(Some("DATABASE_URL")));
        assert_eq!(misspelt_in_file("PROT"), Some(Some("PORT")));
        assert_eq!(misspelt_in_file("telegram_api_id"), Some(Some("TELEGRAM_API_ID")));
        assert_eq!(misspelt_in_file("TELEGRAM_SOMETHING"), Some(None));
    }

    #[test]
    fn strangers_are_left_alone() {
        assert_eq!(misspelt_in_file("COMPOSE_PROJECT_NAME"), None);
        assert_eq!(misspelt_in_environment("HOME"), None);
        assert_eq!(misspelt_in_environment("OPENAI_ORG_ID"), None);
        assert_eq!(misspelt_in_environment("ALFA_SERVICE_HOST"), None);
        assert_eq!(
            misspelt_in_environment("TELEGRAM_API_HAS"),
            Some("TELEGRAM_API_HASH")
        );
    }

    #[test]
    fn no_known_name_is_a_slip_of_another() {
        for (name, _) in KNOWN {
            assert!(is_known(name));
            assert_eq!(distance(name, name), 0);
        }
    }
}
