//! Slots: `{{name}}` in an approved text.

/// A slot found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The name between the braces, trimmed.
    pub name: &'a str,
    /// Byte offset of the opening braces.
    pub start: usize,
    /// Byte offset after the closing braces.
    pub end: usize,
}

/// Slots that every text may have, besides `fact.<attribute>`.
pub(super) const COMMON: [&str; 6] = [
    "first_name",
    "persona",
    "program.name",
    "program.bank",
    "product.name",
    "product.link",
];

/// The slots of a text in order. Braces that never close are the error: their byte offset.
pub fn slots(text: &str) -> Result<Vec<Slot<'_>>, usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("{{") {
        let start = at + open;
        let close = text[start..].find("}}").ok_or(start)?;
        let end = start + close + 2;
        found.push(Slot {
            name: text[start + 2..start + close].trim(),
            start,
            end,
        });
        at = end;
    }
    match text[at..].find("}}") {
        Some(stray) => Err(at + stray),
        None => Ok(found),
    }
}

/// Fills the slots of `text`; the first slot without a value is the error.
pub fn fill<'a, 'v>(text: &'a str, value: impl Fn(&str) -> Option<&'v str>) -> Result<String, &'a str> {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut at = 0;
    for slot in slots(text).map_err(|_| text)? {
        filled.push_str(&text[at..slot.start]);
        filled.push_str(value(slot.name).ok_or(slot.name)?);
        at = slot.end;
    }
    filled.push_str(&text[at..]);
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_slots_and_unclosed_braces() {
        let names: Vec<_> = slots("a {{first_name}} b {{ fact.rate }}")
            .unwrap()
            .into_iter()
            .map(|s| s.name)
            .collect();
        assert_eq!(names, ["first_name", "fact.rate"]);
        assert_eq!(slots("Hi {{name"), Err(3));
        assert_eq!(slots("Hi name}}"), Err(7));
    }

    #[test]
    fn fills_or_names_the_missing() {
        assert_eq!(
            fill("{{a}}-{{a}}", |_| Some("{{b}}")),
            Ok("{{b}}-{{b}}".to_owned())
        );
        assert_eq!(fill("x {{b}}", |_| None), Err("b"));
    }
}
