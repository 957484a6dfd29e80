//! The answer to what a person wrote, by a provider.

use alfa_llm::Provider;

use super::{Person, author};
use crate::app::App;
use crate::knowledge::ReplyClass;
use crate::writing::follow_up::{FollowUp, FollowUpContext, MAX_FOLLOW_UP_CHARS, leading, pieces, promises};
use crate::writing::model::{Brief, Kind};

/// Lets the providers answer. `None`: none is configured or none wrote what may leave; the offline answer is taken. Also
/// for who wants a living person or no more messages: what is said then is not a model's to word.
pub async fn answer(
    app: &App,
    classes: &[ReplyClass],
    context: &FollowUpContext<'_>,
    person: &Person,
) -> Option<(FollowUp, Provider)> {
    let fixed = [
        ReplyClass::OptOut,
        ReplyClass::AskConsultant,
        ReplyClass::WhoAreYou,
    ];
    if !app.ai.outreach().is_configured() || classes.iter().any(|class| fixed.contains(class)) {
        return None;
    }
    let class = leading(classes)?;
    let brief = Brief {
        kb: context.kb,
        product: context.product,
        profile: context.profile,
        language: context.language,
        form: context.form,
        kind: Kind::Answer {
            said: context.said,
            classes,
        },
        pieces: pieces(classes, context, app.today()),
        sent: context.sent,
        on_list: context.on_list,
        max_chars: MAX_FOLLOW_UP_CHARS,
        today: app.today(),
    };
    let written = author::write(app, &brief, person).await?;
    let promises = promises(&written.draft.text);
    let follow_up = FollowUp {
        class,
        draft: written.draft,
        promises,
    };
    Some((follow_up, written.provider))
}
