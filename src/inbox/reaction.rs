//! What a reply brings about: a pure table of class and funnel stage.

use serde::Serialize;

use crate::funnel::{LostReason, Stage};
use crate::knowledge::ReplyClass;
use crate::writing::follow_up::leading;

/// How sure the classifier must be for the machine to answer alone.
pub const CONFIDENT: f32 = 0.45;

/// What is written back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FollowUpKind {
    /// Nothing.
    None,
    /// An approved answer: acknowledge, a fact or a clarification, one soft question.
    Answer,
    /// The one confirmation of an opt-out.
    OptOutConfirmation,
}

/// What the product does about a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Reaction {
    /// The stage after it; the same as before when the reply does not move the person.
    pub next_stage: Stage,
    pub lost_reason: Option<LostReason>,
    pub follow_up: FollowUpKind,
    /// Tell the operator.
    pub notify: bool,
    /// From now on a person answers.
    pub hand_over: bool,
    /// The dialog ends here.
    pub close: bool,
}

impl Reaction {
    fn answer(next_stage: Stage) -> Self {
        Self {
            next_stage,
            lost_reason: None,
            follow_up: FollowUpKind::Answer,
            notify: false,
            hand_over: false,
            close: false,
        }
    }

    fn silent(stage: Stage) -> Self {
        Self {
            follow_up: FollowUpKind::None,
            ..Self::answer(stage)
        }
    }

    fn noticed(self) -> Self {
        Self { notify: true, ..self }
    }

    /// A person of the team goes on, and is told so.
    pub(super) fn to_person(self) -> Self {
        Self {
            notify: true,
            hand_over: true,
            ..self
        }
    }
}

/// The reaction to one class at one stage.
pub fn react(class: ReplyClass, stage: Stage) -> Reaction {
    use ReplyClass as C;
    if class == C::OptOut {
        let again = stage == Stage::OptedOut;
        return Reaction {
            next_stage: Stage::OptedOut,
            lost_reason: None,
            // One confirmation, however often it is said.
            follow_up: if again {
                FollowUpKind::None
            } else {
                FollowUpKind::OptOutConfirmation
            },
            notify: !again,
            hand_over: false,
            close: true,
        };
    }
    match stage {
        // The machine never writes to someone who said stop, whatever they write now: a person decides.
        Stage::OptedOut => Reaction {
            close: true,
            ..Reaction::silent(stage).noticed()
        },
        // Applications and customers are a person's business.
        Stage::Applied | Stage::Won => match class {
            C::Other => Reaction::silent(stage),
            _ => Reaction {
                follow_up: FollowUpKind::None,
                ..Reaction::answer(stage).to_person()
            },
        },
        _ => in_dialog(class, stage),
    }
}

fn in_dialog(class: ReplyClass, stage: Stage) -> Reaction {
    use ReplyClass as C;
    let replied = stage.advanced(Stage::Replied);
    match class {
        C::Interest => {
            // Interest after the offer asks for the application itself.
            let next = if matches!(stage, Stage::Interested) {
                Stage::Offered
            } else {
                stage.advanced(Stage::Interested)
            };
            Reaction::answer(next).noticed()
        }
        C::Question | C::PriceRate => Reaction::answer(replied),
        C::AskConsultant => Reaction::answer(replied.advanced(Stage::Interested)).to_person(),
        C::BadExperience => Reaction::answer(replied).noticed(),
        C::NoNeed if matches!(stage, Stage::Replied | Stage::Lost) => Reaction {
            next_stage: Stage::Lost,
            lost_reason: Some(LostReason::NoNeed),
            ..Reaction {
                close: true,
                ..Reaction::silent(stage)
            }
        },
        C::NoNeed | C::AlreadyHave | C::NoTrust | C::FearOfDebt | C::WhoAreYou | C::ThinkLater => {
            Reaction::answer(replied)
        }
        // "ок", a greeting, an emoji: nothing to react to.
        C::Other => Reaction::silent(replied),
        C::OptOut => Reaction::silent(stage),
    }
}

/// The reaction to all classes that hold together: the strongest decides the text, notices and hand-overs add up.
/// `confidence` below [`CONFIDENT`] goes to a person, without a text.
pub fn react_all(classes: &[ReplyClass], confidence: f32, stage: Stage) -> Reaction {
    if classes.contains(&ReplyClass::OptOut) {
        return react(ReplyClass::OptOut, stage);
    }
    let Some(first) = leading(classes) else {
        return Reaction::silent(stage.advanced(Stage::Replied)).noticed();
    };
    let mut reaction = react(first, stage);
    for class in classes.iter().filter(|class| **class != first) {
        let other = react(*class, stage);
        reaction.notify |= other.notify;
        reaction.hand_over |= other.hand_over;
        // "Not needed" beside a question is no farewell.
        reaction.close &= other.close;
        if !reaction.close && reaction.next_stage == Stage::Lost {
            reaction = Reaction {
                notify: reaction.notify,
                hand_over: reaction.hand_over,
                ..Reaction::answer(stage)
            };
        }
        if other.next_stage != Stage::Lost {
            reaction.next_stage = reaction.next_stage.advanced(other.next_stage);
        }
    }
    if confidence < CONFIDENT && reaction.follow_up == FollowUpKind::Answer {
        let next_stage = if reaction.next_stage == Stage::Lost {
            stage
        } else {
            reaction.next_stage
        };
        return Reaction {
            next_stage,
            ..Reaction::silent(stage).to_person()
        };
    }
    reaction
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every cell of the table keeps the rules.
    #[test]
    fn the_whole_table() {
        for stage in Stage::ALL {
            for class in ReplyClass::ALL {
                let reaction = react(class, stage);
                let cell = format!("{class:?} at {stage:?}: {reaction:?}");
                assert!(
                    reaction.next_stage == stage || stage.may_become(reaction.next_stage),
                    "{cell}"
                );
                assert_eq!(
                    reaction.lost_reason.is_some(),
                    reaction.next_stage == Stage::Lost && reaction.close,
                    "{cell}"
                );
                assert!(!reaction.hand_over || reaction.notify, "{cell}");
                if class == ReplyClass::OptOut {
                    assert_eq!(reaction.next_stage, Stage::OptedOut, "{cell}");
                    assert!(reaction.close, "{cell}");
                    assert_ne!(reaction.follow_up, FollowUpKind::Answer, "{cell}");
                } else {
                    assert_ne!(reaction.follow_up, FollowUpKind::OptOutConfirmation, "{cell}");
                }
                if stage == Stage::OptedOut {
                    assert_eq!(
                        (reaction.follow_up, reaction.next_stage),
                        (FollowUpKind::None, stage),
                        "{cell}"
                    );
                }
                if class == ReplyClass::AskConsultant && stage != Stage::OptedOut {
                    assert!(reaction.hand_over, "{cell}");
                }
                if class == ReplyClass::Other {
                    assert_eq!(reaction.follow_up, FollowUpKind::None, "{cell}");
                }
                if stage == Stage::Contacted && class != ReplyClass::OptOut {
                    assert!(
                        matches!(reaction.next_stage, Stage::Replied | Stage::Interested),
                        "{cell}"
                    );
                }
            }
        }
    }

    #[test]
    fn several_classes_together() {
        use ReplyClass as C;
        let both = react_all(&[C::Interest, C::PriceRate], 0.9, Stage::Contacted);
        assert_eq!(
            (both.next_stage, both.follow_up, both.notify),
            (Stage::Interested, FollowUpKind::Answer, true)
        );
        let stop = react_all(&[C::NoNeed, C::OptOut], 0.1, Stage::Replied);
        assert_eq!(
            (stop.next_stage, stop.follow_up),
            (Stage::OptedOut, FollowUpKind::OptOutConfirmation)
        );
        let asked = react_all(&[C::NoNeed, C::Question], 0.9, Stage::Replied);
        assert!(!asked.close && asked.follow_up == FollowUpKind::Answer && asked.lost_reason.is_none());
        let human = react_all(&[C::Interest, C::AskConsultant], 0.9, Stage::Contacted);
        assert!(human.hand_over && human.notify);
    }

    #[test]
    fn low_confidence_goes_to_a_person() {
        let unsure = react_all(&[ReplyClass::Question], 0.2, Stage::Contacted);
        assert!(unsure.hand_over && unsure.notify && unsure.follow_up == FollowUpKind::None);
        let nothing = react_all(&[], 0.0, Stage::Contacted);
        assert!(nothing.notify && nothing.follow_up == FollowUpKind::None);
        let ok = react_all(&[ReplyClass::Other], 0.3, Stage::Contacted);
        assert!(!ok.hand_over);
    }
}
