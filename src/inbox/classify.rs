//! The offline classifier of replies: a linear model over words, stems and letter groups, trained at start-up from the
//! project's labelled examples. Opt-out is decided by rule before it.

mod lexicon;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;

use super::opt_out;
use crate::knowledge::ReplyClass;
use crate::writing::{stable_hash, words};

/// Features are hashed into so many weights per class.
const WEIGHTS: usize = 1 << 15;
const EPOCHS: usize = 14;
const RATE: f32 = 0.5;
const DECAY: f32 = 1e-5;
/// A class holds from this probability on.
const HOLDS: f32 = 0.42;
/// A reply is read so far.
const MAX_CHARS: usize = 600;

/// Places among the weights with their values.
type Features = Vec<(usize, f32)>;

/// A labelled reply.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    pub text: String,
    pub classes: Vec<ReplyClass>,
}

/// What a reply means.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Classification {
    /// The classes that hold, the surest first; never empty.
    pub classes: Vec<ReplyClass>,
    /// Probability of the first, 0 to 1.
    pub confidence: f32,
    /// The opt-out rule that decided, if one did.
    pub rule: Option<&'static str>,
}

/// A trained classifier.
#[derive(Debug, Clone)]
pub struct Classifier {
    weights: Vec<[f32; 13]>,
    bias: [f32; 13],
}

/// A file of examples that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ExamplesError {
    #[error("row {row}: {error}")]
    Row { row: usize, error: csv::Error },
    #[error("row {row}: {label:?} is no class")]
    Label { row: usize, label: String },
}

const BUNDLED: [&str; 2] = [
    include_str!("../../data/replies.csv"),
    include_str!("../../data/replies_own.csv"),
];

static CLASSIFIER: LazyLock<Classifier> = LazyLock::new(|| {
    // The embedded files are checked by a test; a row that does not parse would only be missing from the training.
    let examples: Vec<Example> = BUNDLED
        .iter()
        .flat_map(|source| examples(source).unwrap_or_default())
        .collect();
    Classifier::train(&examples)
});

/// Reads examples from CSV: `text,labels`, labels separated by `|`.
pub fn examples(source: &str) -> Result<Vec<Example>, ExamplesError> {
    let mut reader = csv::Reader::from_reader(source.as_bytes());
    let mut found = Vec::new();
    for (index, row) in reader.deserialize::<(String, String)>().enumerate() {
        let row_number = index + 2;
        let (text, labels) = row.map_err(|error| ExamplesError::Row {
            row: row_number,
            error,
        })?;
        let classes = labels.split('|').map(|label| {
            let label = label.trim();
            ReplyClass::parse(label).ok_or_else(|| ExamplesError::Label {
                row: row_number,
                label: label.to_owned(),
            })
        });
        found.push(Example {
            text,
            classes: classes.collect::<Result<_, _>>()?,
        });
    }
    Ok(found)
}

/// Trains the bundled classifier, so that the first reply does not wait for it. Takes a while.
pub fn warm_up() {
    LazyLock::force(&CLASSIFIER);
}

/// Classifies a reply with the bundled classifier, which is trained at its first use.
pub fn classify(text: &str) -> Classification {
    CLASSIFIER.classify(text)
}

impl Classifier {
    /// Trains on examples: the same examples give the same classifier.
    pub fn train(examples: &[Example]) -> Self {
        let mut this = Self {
            weights: vec![[0.0; 13]; WEIGHTS],
            bias: [-2.0; 13],
        };
        let prepared: Vec<(Features, [f32; 13])> = examples
            .iter()
            .map(|example| {
                let mut wanted = [0.0; 13];
                for class in &example.classes {
                    wanted[class.index()] = 1.0;
                }
                (features(&example.text), wanted)
            })
            .collect();
        for epoch in 0..EPOCHS {
            let rate = RATE / (1.0 + epoch as f32 * 0.25);
            // A fixed stride that shares no factor with the count visits all in a mixed order.
            let count = prepared.len();
            let stride = (0..)
                .map(|step| 61 + 2 * (epoch + step))
                .find(|stride| gcd(*stride, count) == 1)
                .unwrap_or(1);
            for step in 0..count {
                let (found, wanted) = &prepared[(step * stride) % count];
                this.learn(found, wanted, rate);
            }
        }
        this
    }

    fn learn(&mut self, found: &[(usize, f32)], wanted: &[f32; 13], rate: f32) {
        let scores = self.scores(found);
        for class in 0..13 {
            let error = wanted[class] - sigmoid(scores[class]);
            // What is already right teaches nothing.
            if error.abs() < 0.04 {
                continue;
            }
            // Classes are rare among thirteen: what is there teaches more than what is not.
            let step = rate * error * if wanted[class] > 0.0 { 1.6 } else { 1.0 };
            self.bias[class] += step * 0.1;
            for (index, value) in found {
                let weight = &mut self.weights[*index][class];
                *weight += step * value - rate * DECAY * *weight;
            }
        }
    }

    fn scores(&self, found: &[(usize, f32)]) -> [f32; 13] {
        let mut scores = self.bias;
        for (index, value) in found {
            for (score, weight) in scores.iter_mut().zip(&self.weights[*index]) {
                *score += weight * value;
            }
        }
        scores
    }

    /// What the reply means. An opt-out by rule is one whatever the model says, and never one by the model alone.
    pub fn classify(&self, text: &str) -> Classification {
        let rule = opt_out::rule(text);
        let scores = self.scores(&features(text));
        let mut ranked: Vec<(ReplyClass, f32)> = ReplyClass::ALL
            .into_iter()
            .zip(scores)
            .filter(|(class, _)| *class != ReplyClass::OptOut)
            .map(|(class, score)| (class, sigmoid(score)))
            .collect();
        ranked.sort_by(|left, right| right.1.total_cmp(&left.1));
        let mut classes: Vec<ReplyClass> = Vec::new();
        if rule.is_some() {
            classes.push(ReplyClass::OptOut);
        }
        classes.extend(
            ranked
                .iter()
                .filter(|(_, share)| *share >= HOLDS)
                .take(2)
                .map(|(class, _)| *class),
        );
        let best = ranked.first().map_or((ReplyClass::Other, 0.0), |first| *first);
        if classes.is_empty() {
            classes.push(best.0);
        }
        // "Other" is what is left when nothing else holds.
        if classes.len() > 1 {
            classes.retain(|class| *class != ReplyClass::Other);
        }
        let confidence = if rule.is_some() { 1.0 } else { best.1 };
        Classification {
            classes,
            confidence,
            rule,
        }
    }
}

fn gcd(left: usize, right: usize) -> usize {
    if right == 0 {
        left
    } else {
        gcd(right, left % right)
    }
}

fn sigmoid(score: f32) -> f32 {
    1.0 / (1.0 + (-score).exp())
}

/// Hashed features with weights: stems, pairs of stems, letter groups, shape.
fn features(text: &str) -> Features {
    let cut: String = text.chars().take(MAX_CHARS).collect();
    let folded = words::fold(&cut);
    let tokens: Vec<String> = words::tokens(&folded)
        .iter()
        .map(|token| words::unstretch(token))
        .collect();
    let stems: Vec<String> = tokens.iter().map(|token| words::stem(token)).collect();
    let mut found: BTreeMap<usize, f32> = BTreeMap::new();
    let mut add = |kind: &str, value: &str, weight: f32| {
        let hash = stable_hash(&[kind.as_bytes(), value.as_bytes()]);
        let index = usize::try_from(hash % WEIGHTS as u64).unwrap_or_default();
        let known = found.entry(index).or_insert(0.0);
        *known = known.max(weight);
    };
    for stem in &stems {
        add("stem", stem, 1.0);
    }
    let mut padded: Vec<&str> = vec!["^"];
    padded.extend(stems.iter().map(String::as_str));
    padded.push("$");
    for pair in padded.windows(2) {
        add("pair", &pair.join(" "), 0.8);
    }
    for three in padded.windows(3) {
        add("three", &three.join(" "), 0.5);
    }
    for token in &tokens {
        let letters: Vec<char> = std::iter::once('<')
            .chain(token.chars())
            .chain(std::iter::once('>'))
            .collect();
        for size in 3..=5 {
            for group in letters.windows(size) {
                add("letters", &group.iter().collect::<String>(), 0.3);
            }
        }
    }
    for (class, beginnings) in lexicon::LEXICON {
        let hits = tokens.iter().filter(|token| {
            beginnings.split_whitespace().any(|start| {
                token.as_str() == start || (start.chars().count() >= 3 && token.starts_with(start))
            })
        });
        match hits.count() {
            0 => {}
            1 => add("lexicon", class.name(), 1.0),
            _ => add("lexicon", class.name(), 1.4),
        }
    }
    // A reply of a word or two is known whole, signs and all.
    if tokens.len() <= 2 {
        add("whole", folded.trim(), 1.6);
        add("whole-words", &stems.join(" "), 1.2);
    }
    // Signs and emoji carry meaning where there are few words.
    for sign in folded
        .chars()
        .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
    {
        add("sign", &sign.to_string(), 0.4);
    }
    let asks = folded.contains('?');
    add("asks", if asks { "yes" } else { "no" }, 0.6);
    if let Some(first) = stems.first() {
        add("first", first, 0.6);
        if asks {
            add("asks-first", first, 0.6);
        }
    }
    let length = match tokens.len() {
        0 => "none",
        1 => "one",
        2 => "two",
        3..=5 => "few",
        6..=12 => "some",
        _ => "many",
    };
    add("length", length, 0.5);
    let norm = found
        .values()
        .map(|weight| weight * weight)
        .sum::<f32>()
        .sqrt()
        .max(1.0);
    found
        .into_iter()
        .map(|(index, weight)| (index, weight * 2.2 / norm))
        .collect()
}

#[cfg(test)]
mod tests;
