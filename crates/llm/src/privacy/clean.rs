//! Makes look-alikes alike, so that the shapes are seen.

use unicode_normalization::UnicodeNormalization;

/// Digits and letters of full width, in circles, as mathematical signs and of other scripts become plain ones; invisible
/// characters go; every kind of space that is not an end of line becomes a space. The rest stays as it was written.
pub(super) fn clean(text: &str) -> String {
    text.chars().filter_map(plain).collect()
}

fn plain(c: char) -> Option<char> {
    if c.is_ascii() {
        return Some(c);
    }
    if invisible(c) {
        return None;
    }
    if let Some(digit) = foreign_digit(c) {
        return Some(digit);
    }
    if c.is_whitespace() {
        return Some(if matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
            '\n'
        } else {
            ' '
        });
    }
    let mut normal = c.nfkc();
    match (normal.next(), normal.next()) {
        (Some(single), None) if single.is_ascii() => Some(single),
        _ => Some(c),
    }
}

/// Joiners, marks of direction, selectors and the keycap of `1️⃣`: with them a phone would look broken into pieces.
fn invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{20e3}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}'
    )
}

/// Decimal digits of the scripts in which people might write a number.
fn foreign_digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => '\u{660}',
        '\u{6f0}'..='\u{6f9}' => '\u{6f0}',
        '\u{966}'..='\u{96f}' => '\u{966}',
        '\u{9e6}'..='\u{9ef}' => '\u{9e6}',
        '\u{e50}'..='\u{e59}' => '\u{e50}',
        // Digits in black circles have no plain form in Unicode's tables.
        '\u{2776}'..='\u{277e}' => '\u{2775}',
        _ => return None,
    };
    char::from_digit(u32::from(c) - u32::from(zero), 10)
}
