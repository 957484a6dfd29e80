//! Names of people do not go to providers: each is a word in braces on the way out, and itself again on the way back.

use super::lexis::same_word;

/// The names taken out of one conversation with a provider.
#[derive(Debug, Default)]
pub struct Veil {
    names: Vec<String>,
}

impl Veil {
    /// Learns a name; one that is known stays what it was.
    pub fn learn(&mut self, name: &str) {
        let name = name.trim();
        if !name.is_empty() && !self.names.iter().any(|known| known == name) {
            self.names.push(name.to_owned());
        }
    }

    /// The text without the names: whole ones first, then each of their words by itself, in any case.
    #[must_use]
    pub fn cover(&self, text: &str) -> String {
        let mut order: Vec<usize> = (0..self.names.len()).collect();
        order.sort_by_key(|place| std::cmp::Reverse(self.names[*place].len()));
        let mut covered = text.to_owned();
        for place in &order {
            // A name of one word may be a part of other words.
            if self.names[*place].contains(char::is_whitespace) {
                covered = covered.replace(&self.names[*place], &mark(*place));
            }
        }
        for place in order {
            let parts: Vec<&str> = self.names[place].split_whitespace().collect();
            for part in parts
                .iter()
                .filter(|part| parts.len() == 1 || part.chars().count() > 2)
            {
                covered = cover_word(&covered, part, &mark(place));
            }
        }
        covered
    }

    /// The text with the names back in their places.
    #[must_use]
    pub fn lift(&self, text: &str) -> String {
        let mut lifted = text.to_owned();
        for (place, name) in self.names.iter().enumerate().rev() {
            lifted = lifted.replace(&mark(place), name);
        }
        lifted
    }
}

fn mark(place: usize) -> String {
    format!("{{{{person_{}}}}}", place + 1)
}

/// Replaces every word that is `part` in some inflection, outside of marks.
fn cover_word(text: &str, part: &str, with: &str) -> String {
    let wanted = alfa_store::contacts::fold_name(part);
    let (mut made, mut word, mut inside) = (String::new(), String::new(), false);
    let flush = |word: &mut String, made: &mut String, inside: bool| {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let hit = !inside
            && (capital || *word == part)
            && same_word(&alfa_store::contacts::fold_name(word), &wanted);
        made.push_str(if hit { with } else { word });
        word.clear();
    };
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        flush(&mut word, &mut made, inside);
        inside = match c {
            '{' => true,
            '}' => false,
            _ => inside,
        };
        made.push(c);
    }
    flush(&mut word, &mut made, inside);
    made
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_out_covered_and_come_back() {
        let mut veil = Veil::default();
        veil.learn("Мария Иванова");
        veil.learn("Пётр");
        let covered = veil.cover("Когда запись у Марии Ивановой и Петра? Мария Иванова, 5 визитов");
        assert!(
            !covered.contains("Мари") && !covered.contains("Иванов") && !covered.contains("Петр"),
            "{covered}"
        );
        assert!(covered.contains("5 визитов"));
        assert_eq!(veil.lift("{{person_1}} придёт"), "Мария Иванова придёт");
    }

    #[test]
    fn a_name_of_one_word_is_covered_in_any_case_and_not_within_other_words() {
        let mut veil = Veil::default();
        veil.learn("иванова");
        veil.learn("Ли");
        let covered = veil.cover("когда придёт иванова? А Ли? Лист Ивановой, или нет");
        assert!(!covered.to_lowercase().contains("иванов"), "{covered}");
        assert!(
            covered.contains("А {{person_2}}?") && covered.contains("Лист") && covered.contains("или"),
            "{covered}"
        );
    }
}
