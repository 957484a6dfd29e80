//! The first message to a person, by a provider.

use super::Person;
use super::author::{self, Authored};
use crate::app::App;
use crate::knowledge::Product;
use crate::writing::Profile;
use crate::writing::compose::{FirstMessageOptions, MAX_FIRST_MESSAGE_CHARS, ending, pieces};
use crate::writing::model::{Brief, Kind};

/// Lets the providers write a first message. That an AI writes and how to stop is put after what they wrote. `None`:
/// none is configured or none wrote what may leave; the offline composer writes.
pub async fn first_message(
    app: &App,
    profile: &Profile,
    product: &Product,
    options: &FirstMessageOptions<'_>,
    person: &Person,
) -> Option<Authored> {
    let kb = &*app.knowledge();
    if !app.ai.outreach().is_configured() {
        return None;
    }
    let (last, blocks) = ending(
        kb,
        options.language,
        options.form,
        options.seed,
        options.disclosure,
    );
    let brief = Brief {
        kb,
        product: Some(product),
        profile,
        language: options.language,
        form: options.form,
        kind: Kind::First,
        pieces: pieces(profile, product, kb, options),
        sent: &[],
        on_list: false,
        max_chars: MAX_FIRST_MESSAGE_CHARS.saturating_sub(last.chars().count() + 1),
        today: options.today,
    };
    let mut written = author::write(app, &brief, person).await?;
    written.draft.text = format!("{}\n{last}", written.draft.text);
    written.draft.blocks.extend(blocks);
    Some(written)
}
