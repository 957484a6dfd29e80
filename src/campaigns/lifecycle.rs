//! Which state a campaign may go to from which. Pure.

use alfa_store::types::CampaignState;

/// What an operator or the passing of time does to a campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Begin, or go on after a pause.
    Start,
    /// Begin later.
    Schedule,
    /// Stop for now.
    Pause,
    /// Go on.
    Resume,
    /// Stop for good.
    Cancel,
    /// Everybody was written to or skipped.
    Complete,
    /// It cannot go on.
    Fail,
}

/// The state after `action`; none when the action makes no sense in `state`.
pub fn after(state: CampaignState, action: Action) -> Option<CampaignState> {
    use CampaignState::{Cancelled, Completed, Draft, Failed, Paused, Running, Scheduled};
    match (action, state) {
        (Action::Start, Draft | Scheduled | Paused) | (Action::Resume, Paused) => Some(Running),
        (Action::Schedule, Draft | Scheduled | Paused) => Some(Scheduled),
        (Action::Pause, Running | Scheduled) => Some(Paused),
        (Action::Cancel, Draft | Scheduled | Running | Paused) => Some(Cancelled),
        (Action::Complete, Running) => Some(Completed),
        (Action::Fail, Scheduled | Running | Paused) => Some(Failed),
        _ => None,
    }
}

/// What came of a campaign in which nobody is left to write to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Outcome {
    /// People who were written to.
    pub sent: i64,
    /// People who could not be written to.
    pub failed: i64,
    /// Those of them for whom no text could be made.
    pub not_written: i64,
}

/// How a campaign with nobody left ends. It fails when nothing was sent because nothing could be written for anybody;
/// that people may not be written to, or Telegram refused them, is a result, not a failure.
pub fn ending(outcome: Outcome) -> Action {
    let nothing_written =
        outcome.sent == 0 && outcome.not_written > 0 && outcome.not_written == outcome.failed;
    if nothing_written {
        Action::Fail
    } else {
        Action::Complete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_campaign_fails_when_nothing_can_be_written_for_anybody() {
        let ending = |sent, failed, not_written| {
            super::ending(Outcome {
                sent,
                failed,
                not_written,
            })
        };
        assert_eq!(ending(0, 3, 3), Action::Fail);
        assert_eq!(ending(1, 3, 3), Action::Complete, "somebody was written to");
        assert_eq!(ending(0, 3, 2), Action::Complete, "Telegram refused one");
        assert_eq!(ending(0, 0, 0), Action::Complete, "everybody was skipped");
    }

    const ACTIONS: [Action; 7] = [
        Action::Start,
        Action::Schedule,
        Action::Pause,
        Action::Resume,
        Action::Cancel,
        Action::Complete,
        Action::Fail,
    ];

    #[test]
    fn what_has_ended_stays_ended() {
        for state in [
            CampaignState::Completed,
            CampaignState::Cancelled,
            CampaignState::Failed,
        ] {
            assert!(
                ACTIONS.iter().all(|action| after(state, *action).is_none()),
                "{state}"
            );
        }
    }

    #[test]
    fn running_and_paused_alternate() {
        assert_eq!(
            after(CampaignState::Running, Action::Pause),
            Some(CampaignState::Paused)
        );
        assert_eq!(
            after(CampaignState::Paused, Action::Resume),
            Some(CampaignState::Running)
        );
        assert_eq!(
            after(CampaignState::Running, Action::Start),
            None,
            "a running campaign cannot be started"
        );
    }

    #[test]
    fn every_state_is_reached_from_a_draft() {
        let mut reached = vec![CampaignState::Draft];
        let mut index = 0;
        while let Some(state) = reached.get(index).copied() {
            for next in ACTIONS.iter().filter_map(|action| after(state, *action)) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            index += 1;
        }
        assert_eq!(reached.len(), CampaignState::ALL.len());
    }
}
