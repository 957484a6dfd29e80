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

#[cfg(test)]
mod tests {
    use super::*;

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
