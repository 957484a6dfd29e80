//! Server-sent events, as far as chat streams use them: the `data` of each event.

use std::collections::VecDeque;

/// The bytes are no text in UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotText;

/// Takes bytes in any portions and gives the data of whole events. What it keeps is bounded by what it is fed, and the
/// caller bounds that.
#[derive(Debug, Default)]
pub(crate) struct SseParser {
    line: Vec<u8>,
    /// The last byte was CR: a LF that follows belongs to the same end of line.
    after_cr: bool,
    data: Option<String>,
    ready: VecDeque<String>,
    started: bool,
}

impl SseParser {
    /// Takes the next bytes.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<(), NotText> {
        for &byte in bytes {
            match byte {
                b'\n' if self.after_cr => self.after_cr = false,
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    self.end_of_line()?;
                }
                _ => {
                    self.after_cr = false;
                    self.line.push(byte);
                }
            }
        }
        Ok(())
    }

    /// The next event that is complete.
    pub fn next(&mut self) -> Option<String> {
        self.ready.pop_front()
    }

    /// The stream is over. Not every vendor ends its last event with an empty line.
    pub fn finish(&mut self) -> Result<(), NotText> {
        if !self.line.is_empty() {
            self.end_of_line()?;
        }
        self.dispatch();
        Ok(())
    }

    /// Lines are decoded whole, so a character that came in two portions is whole again.
    fn end_of_line(&mut self) -> Result<(), NotText> {
        let bytes = std::mem::take(&mut self.line);
        let text = String::from_utf8(bytes).map_err(|_| NotText)?;
        let text = if self.started {
            text.as_str()
        } else {
            text.trim_start_matches('\u{feff}')
        };
        self.started = true;
        if text.is_empty() {
            self.dispatch();
        } else if let Some(value) = field(text, "data") {
            match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            }
        }
        // Comments (`: ping`), `event`, `id` and `retry` carry nothing that is needed here.
        Ok(())
    }

    fn dispatch(&mut self) {
        if let Some(data) = self.data.take() {
            self.ready.push_back(data);
        }
    }
}

fn field<'a>(line: &'a str, name: &str) -> Option<&'a str> {
    let rest = line.strip_prefix(name)?;
    let value = rest.strip_prefix(':')?;
    Some(value.strip_prefix(' ').unwrap_or(value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(portions: &[&[u8]]) -> Vec<String> {
        let mut parser = SseParser::default();
        for portion in portions {
            parser.feed(portion).unwrap();
        }
        parser.finish().unwrap();
        std::iter::from_fn(|| parser.next()).collect()
    }

    #[test]
    fn every_end_of_line_and_comments() {
        let expected = vec!["one".to_owned(), "two\nmore".to_owned(), "[DONE]".to_owned()];
        for end in ["\n", "\r\n", "\r"] {
            let text = [
                "\u{feff}: ping",
                "data: one",
                "",
                "event: x",
                "data:two",
                "data: more",
                "",
                "",
                "data: [DONE]",
                "",
            ]
            .join(end);
            assert_eq!(events(&[text.as_bytes()]), expected, "{end:?}");
        }
    }

    #[test]
    fn a_last_event_without_an_empty_line_counts() {
        assert_eq!(events(&[b"data: x"]), vec!["x".to_owned()]);
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        assert_eq!(SseParser::default().feed(b"data: \xff\n"), Err(NotText));
    }

    proptest! {
        #[test]
        fn hostile_bytes_are_survived(portions in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..60), 0..8)) {
            let mut parser = SseParser::default();
            let fed = portions.iter().try_for_each(|portion| parser.feed(portion));
            let ended = fed.and_then(|()| parser.finish());
            let kept: usize = std::iter::from_fn(|| parser.next()).map(|event| event.len()).sum();
            let given: usize = portions.iter().map(Vec::len).sum();
            prop_assert!(kept <= given, "{:?}: {} of {}", ended, kept, given);
        }

        #[test]
        fn portions_do_not_matter(
            texts in prop::collection::vec("[а-яa-z😀 ]{0,9}", 0..6),
            cuts in prop::collection::vec(0usize..200, 0..6),
        ) {
            let stream: String = texts.iter().map(|text| format!("data: {text}\r\n\r\n")).collect();
            let mut places: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
            places.extend([0, stream.len()]);
            places.sort_unstable();
            let portions: Vec<&[u8]> =
                places.windows(2).map(|pair| &stream.as_bytes()[pair[0]..pair[1]]).collect();
            prop_assert_eq!(events(&portions), texts);
        }
    }
}
