//! Numbers in words, in the cases of Russian and as far as Ukrainian, Kazakh, Uzbek and English texts use them.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Values and their words.
const NUMERALS: [(f64, &str); 41] = [
    (0.0, "ноль нуль нуля нулю нулем zero нол nol"),
    (0.5, "пол половина половину половины half"),
    (0.25, "четверть четверти quarter"),
    (1.0, "один одна одно одного одной одним одну one бір bir"),
    (1.5, "полтора полторы полутора півтора"),
    (2.0, "два две двух двум двумя two дві двох екі ikki"),
    (3.0, "три трех трем тремя three трьох үш uch"),
    (4.0, "четыре четырех четырем четырьмя four чотири чотирьох төрт"),
    (5.0, "пять пяти пятью five п'ять п'яти бес besh"),
    (6.0, "шесть шести шестью six шість шести алты olti"),
    (7.0, "семь семи семью seven сім семи жеті yetti"),
    (8.0, "восемь восьми восемью восьмью eight вісім сегіз sakkiz"),
    (9.0, "девять девяти девятью nine дев'ять тоғыз"),
    (10.0, "десять десяти десятью ten десять"),
    (11.0, "одиннадцать одиннадцати eleven одинадцять"),
    (12.0, "двенадцать двенадцати двенадцатью twelve дванадцять"),
    (13.0, "тринадцать тринадцати thirteen"),
    (14.0, "четырнадцать четырнадцати fourteen"),
    (15.0, "пятнадцать пятнадцати fifteen п'ятнадцять"),
    (16.0, "шестнадцать шестнадцати sixteen шістнадцять"),
    (17.0, "семнадцать семнадцати seventeen"),
    (18.0, "восемнадцать восемнадцати eighteen вісімнадцять"),
    (19.0, "девятнадцать девятнадцати nineteen"),
    (20.0, "двадцать двадцати двадцатью twenty двадцять жиырма yigirma"),
    (30.0, "тридцать тридцати тридцатью thirty тридцять отыз ottiz"),
    (40.0, "сорок сорока forty қырық qirq"),
    (50.0, "пятьдесят пятидесяти fifty п'ятдесят елу ellik"),
    (60.0, "шестьдесят шестидесяти sixty шістдесят алпыс oltmish"),
    (70.0, "семьдесят семидесяти seventy жетпіс yetmish"),
    (80.0, "восемьдесят восьмидесяти eighty сексен sakson"),
    (90.0, "девяносто девяноста ninety тоқсан"),
    (100.0, "сто ста hundred жүз yuz"),
    (200.0, "двести двухсот двумстам"),
    (300.0, "триста трехсот тремстам"),
    (400.0, "четыреста четырехсот"),
    (500.0, "пятьсот пятисот п'ятсот"),
    (600.0, "шестьсот шестисот"),
    (700.0, "семьсот семисот"),
    (800.0, "восемьсот восьмисот"),
    (900.0, "девятьсот девятисот"),
    (12.0, "дюжина дюжину dozen"),
];

const MULTIPLIERS: [(f64, &str); 3] = [
    (
        1e3,
        "тыс тысяча тысячи тысяч тысячу тысячей тысячам тыща тыщи тыщ к k thousand thousands тисяч тисяча тисячі мың ming",
    ),
    (
        1e6,
        "млн миллион миллиона миллионов миллиону миллионом миллионы лям ляма лямов mln mn m million millions мільйон мільйона \
         мільйонів million",
    ),
    (
        1e9,
        "млрд миллиард миллиарда миллиардов bn billion billions мільярд",
    ),
];

type Values = HashMap<&'static str, f64>;

/// Each form by itself; of a form that stands twice the first counts.
fn values_of(table: &[(f64, &'static str)]) -> Values {
    let mut found = Values::new();
    for (value, forms) in table {
        for form in forms.split_whitespace() {
            found.entry(form).or_insert(*value);
        }
    }
    found
}

static NUMERAL_OF: LazyLock<Values> = LazyLock::new(|| values_of(&NUMERALS));
static MULTIPLIER_OF: LazyLock<Values> = LazyLock::new(|| values_of(&MULTIPLIERS));

/// The value of one numeral.
pub(super) fn numeral(word: &str) -> Option<f64> {
    NUMERAL_OF.get(word).copied()
}

/// "тысяч", "млн": what the number before it is multiplied by.
pub(super) fn multiplier(word: &str) -> Option<f64> {
    MULTIPLIER_OF.get(word).copied()
}

/// "десятых", "сотых": the part of one that a numeral counts.
pub(super) fn fraction(word: &str) -> Option<f64> {
    if word.starts_with("десят") && word.chars().count() > 6 {
        Some(0.1)
    } else if word.starts_with("сот") && matches!(word, "сотых" | "сотая" | "сотой" | "сотые")
    {
        Some(0.01)
    } else {
        None
    }
}

/// Whether a numeral may follow what was summed so far: "сто двадцать пять" adds up, "пять двадцать" is two numbers.
pub(super) fn adds_up(last: f64, next: f64) -> bool {
    let whole = next.fract() == 0.0 && next > 0.0;
    whole && ((last >= 100.0 && next < 100.0) || ((20.0..100.0).contains(&last) && next < 10.0))
}
