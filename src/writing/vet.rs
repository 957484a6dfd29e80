//! What the engine writes is checked before it is queued; a text that may not leave is written anew.

use super::check::{CheckContext, ViolationKind, check};

/// How often another text is tried before none is.
pub const MAX_TRIES: u64 = 5;

/// The first text of those that `write` makes from `seed` and its successors that may leave. `None`: there is nothing to
/// write, or every try broke a rule; the violations are logged by kind, without the text.
pub fn vetted<T>(
    context: &CheckContext<'_>,
    seed: u64,
    write: impl Fn(u64) -> Option<T>,
    text_of: impl Fn(&T) -> &str,
) -> Option<T> {
    for attempt in 0..MAX_TRIES {
        let written = write(seed.wrapping_add(attempt))?;
        let violations = check(text_of(&written), context);
        if violations.is_empty() {
            return Some(written);
        }
        let kinds: Vec<ViolationKind> = violations.iter().map(|violation| violation.kind).collect();
        tracing::warn!(attempt, ?kinds, "a text that was written may not leave");
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::KnowledgeBase;

    #[test]
    fn another_text_is_tried_and_the_tries_are_bounded() {
        let kb = KnowledgeBase::sample().unwrap();
        let context = CheckContext {
            kb: &kb,
            products: Vec::new(),
            profile: None,
            today: chrono::NaiveDate::from_ymd_opt(2026, 11, 20).unwrap(),
        };
        let write = |seed: u64| {
            let text = if seed < 2 {
                "Ставка 3 % годовых"
            } else {
                "Добрый день!"
            };
            Some(text.to_owned())
        };
        assert_eq!(
            vetted(&context, 0, write, String::as_str).as_deref(),
            Some("Добрый день!")
        );
        let never = |_| Some("Ставка 3 % годовых".to_owned());
        assert_eq!(vetted(&context, 0, never, String::as_str), None);
    }
}
