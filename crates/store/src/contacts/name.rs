//! The folded form of a name, by which contacts are sorted and searched.

/// Longest key, in characters: what the column takes.
const KEY_CHARS: usize = 255;

/// Lower case, `ё` as `е`, no blanks at the ends, one blank between words; at most 255 characters.
/// Names and queries are folded alike, because no database does it for Cyrillic.
#[must_use]
pub fn fold_name(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    let mut chars = 0;
    for word in name
        .split(|c: char| c.is_whitespace() || c == '\0')
        .filter(|word| !word.is_empty())
    {
        if chars > 0 {
            key.push(' ');
            chars += 1;
        }
        for c in word.chars().flat_map(char::to_lowercase) {
            key.push(if c == 'ё' { 'е' } else { c });
            chars += 1;
        }
        if chars >= KEY_CHARS {
            break;
        }
    }
    if chars > KEY_CHARS {
        key.chars().take(KEY_CHARS).collect()
    } else {
        key
    }
}

#[cfg(test)]
mod tests {
    use super::fold_name;

    #[test]
    fn folds_case_yo_and_blanks() {
        assert_eq!(fold_name("  Пётр\u{a0} \t АЛЁХИН "), "петр алехин");
        assert_eq!(fold_name("O'Brien"), "o'brien");
        assert_eq!(fold_name(" \n"), "");
        assert_eq!(fold_name(&"Я".repeat(400)).chars().count(), 255);
        assert_eq!(fold_name(&"я ".repeat(400)).chars().count(), 255);
    }
}
