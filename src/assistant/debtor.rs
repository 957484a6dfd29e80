//! Whose debt a question asks for. Pure. Most ask for everybody's, so that a name is only what stands as one: with a
//! capital letter, or where a name stands ("долг егорова", "does egorov owe").

use super::lexis::Token;
use super::period::Found;

/// Words of a debt.
pub(super) const DEBT: &[&str] = &[
    "долж",
    "долг",
    "задолж",
    "owe$",
    "owes$",
    "owed$",
    "debt",
    "debtor",
];
/// After these a name of a client may follow in small letters.
const BEFORE_NAME: &[&str] = &["у$", "за$", "клиент", "does$", "client", "of$", "customer"];
/// After these a number is the client's and not an amount.
const BEFORE_NUMBER: &[&str] = &[
    "клиент",
    "договор",
    "номер",
    "телефон",
    "client",
    "contract",
    "number",
    "phone",
];
/// What is said of debts and is nobody's name.
const DULL: &[&str] = &[
    "кто$",
    "что$",
    "сколько$",
    "какой$",
    "какая$",
    "какие$",
    "каков",
    "какую$",
    "кого$",
    "кому$",
    "нам$",
    "нас$",
    "мне$",
    "мы$",
    "я$",
    "есть$",
    "ли$",
    "все$",
    "всех$",
    "всего$",
    "всем$",
    "весь$",
    "общ",
    "сумм",
    "итог",
    "клиент",
    "человек",
    "люди$",
    "людей$",
    "посетител",
    "больше$",
    "большой$",
    "большая$",
    "большие$",
    "меньше$",
    "самый$",
    "самая$",
    "самые$",
    "самого$",
    "топ$",
    "покажи$",
    "выведи$",
    "дай$",
    "назови$",
    "список$",
    "списк",
    "за$",
    "на$",
    "в$",
    "по$",
    "с$",
    "со$",
    "от$",
    "до$",
    "и$",
    "а$",
    "у$",
    "из$",
    "не$",
    "сейчас$",
    "пока$",
    "еще$",
    "уже$",
    "сегодня",
    "момент",
    "запис",
    "заняти",
    "абонемент",
    "услуг",
    "трениров",
    "деньг",
    "денег$",
    "рубл",
    "руб$",
    "оплат",
    "заплат",
    "плати",
    "плате",
    "вернуть$",
    "вернули$",
    "размер",
    "имеет",
    "имеют",
    "имеется",
    "остал",
    "пожалуйста$",
    "номер",
    "договор",
    "телефон",
    "более$",
    "свыше$",
    "чем$",
    "сам$",
    "бизнес",
    "студи",
    "карточк",
    "активн",
    "бывш",
    "новых$",
    "новые$",
    "мой$",
    "мои$",
    "наш",
    "их$",
    "его$",
    "ее$",
    "он$",
    "она$",
    "него$",
    "нее$",
    "нему$",
    "ней$",
    "ему$",
    "ей$",
    "he$",
    "she$",
    "him$",
    "her$",
    "his$",
    "торч",
    "who$",
    "what",
    "how$",
    "much$",
    "many$",
    "does$",
    "do$",
    "did$",
    "is$",
    "are$",
    "there$",
    "any$",
    "anything$",
    "us$",
    "we$",
    "i$",
    "me$",
    "our$",
    "the$",
    "a$",
    "of$",
    "to$",
    "for$",
    "in$",
    "on$",
    "by$",
    "all$",
    "total$",
    "most$",
    "money$",
    "have$",
    "has$",
    "client",
    "customer",
    "people$",
    "show$",
    "list$",
    "tell$",
    "give$",
    "please$",
    "now$",
    "today",
    "currently$",
    "still$",
    "biggest$",
    "largest$",
    "top$",
    "sum$",
    "amount$",
    "and$",
    "booking",
    "subscription",
    "service",
    "more$",
    "than$",
    "over$",
    "contract",
    "number",
    "phone",
    "s$",
    "with$",
    "somebody$",
    "anybody$",
    "anyone$",
    "someone$",
    "everybody$",
    "everyone$",
    "they$",
];
/// Most words of a name.
const MOST_WORDS: usize = 4;

/// The client whose debt is asked for; `None`: everybody's.
#[must_use]
pub fn named(words: &[Token], found: &[Found]) -> Option<String> {
    let start = (0..words.len()).find(|at| begins(words, *at, found))?;
    let name: Vec<&str> = (start..words.len())
        .take_while(|at| *at == start || telling(words, *at, found))
        .take(MOST_WORDS)
        .map(|at| words[at].raw.trim_end_matches("'s").trim_end_matches("’s"))
        .collect();
    Some(name.join(" "))
}

/// Neither of debts, nor of a period, nor a word that says nothing.
fn telling(words: &[Token], at: usize, found: &[Found]) -> bool {
    let word = &words[at];
    let dated = found.iter().any(|one| (one.words.0..=one.words.1).contains(&at));
    // «Долгов» and «Большаков» are names when they are written as names.
    let proper = !word.first && word.is_capital() && word.raw.chars().any(char::is_lowercase);
    !dated && word.word != "-" && (proper || !(word.is(DEBT) || word.is(DULL)))
}

fn begins(words: &[Token], at: usize, found: &[Found]) -> bool {
    if !telling(words, at, found) {
        return false;
    }
    let word = &words[at];
    let before = at.checked_sub(1).map(|place| &words[place]);
    if word.word.chars().any(|c| c.is_ascii_digit()) {
        return before.is_some_and(|before| before.is(BEFORE_NUMBER));
    }
    let next = words.get(at + 1);
    let of_debt = next.is_some_and(|next| next.is(DEBT) || next.is(&["нам$"]));
    let capital = word.is_capital() && (!word.first || of_debt || next.is_some_and(Token::is_capital));
    let possessive = word.word.ends_with("'s") || word.word.ends_with("’s");
    let place = before.is_some_and(|before| before.is(DEBT) || before.is(BEFORE_NAME));
    capital || place || (possessive && of_debt)
}

#[cfg(test)]
mod tests {
    use super::super::lexis::tokens;
    use super::*;

    fn of(question: &str) -> Option<String> {
        named(&tokens(question), &[])
    }

    #[test]
    fn a_name_is_taken_where_one_stands() {
        for (question, name) in [
            ("Сколько должен Егоров?", "Егоров"),
            ("Долг Юлии Морозовой", "Юлии Морозовой"),
            ("долг юлии морозовой", "юлии морозовой"),
            ("сколько должна ольга ковалёва?", "ольга ковалёва"),
            ("Егоров нам должен?", "Егоров"),
            ("Сколько должен Долгов?", "Долгов"),
            (
                "Сколько должна Людмила Большакова за ноябрь",
                "Людмила Большакова",
            ),
            ("Юлия Морозова что-то должна?", "Юлия Морозова"),
            ("Какой долг у Егорова?", "Егорова"),
            ("у егорова есть долг?", "егорова"),
            ("Есть ли задолженность у клиента 0000001?", "0000001"),
            ("How much does Egorov owe?", "Egorov"),
            ("how much does egorov owe us", "egorov"),
            ("Egorov's debt", "Egorov"),
            ("What is the debt of Yulia Morozova?", "Yulia Morozova"),
        ] {
            assert_eq!(of(question).as_deref(), Some(name), "{question}");
        }
    }

    #[test]
    fn questions_about_everybody_have_none() {
        for question in [
            "Кто нам должен?",
            "Какие долги у клиентов?",
            "Сколько нам должны всего?",
            "Кто должен больше всех?",
            "Кто должен больше 10000 рублей?",
            "Топ-5 должников",
            "Покажи список должников",
            "Общая сумма долга",
            "У кого самый большой долг?",
            "Есть ли должники?",
            "долги клиентов на сегодня",
            "Должники",
            "КТО НАМ ДОЛЖЕН?",
            "Who owes us money?",
            "Show the top 5 debtors",
            "How much are we owed?",
            "Total debt of all clients",
        ] {
            assert_eq!(of(question), None, "{question}");
        }
    }
}
