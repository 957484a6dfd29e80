//! Whether somebody is still silent and may be written to again. Pure.

use alfa_store::UnixMillis;
use alfa_store::types::{AccountState, CampaignState};

/// What a look at a silent person finds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Look {
    /// The sequence is over, for this reason.
    Ends(&'static str),
    /// It cannot be gone on with now.
    Later,
    /// The step may be written.
    Writes,
}

/// What decides whether somebody is still silent and may be reminded.
#[derive(Debug, Clone, Copy)]
pub(super) struct Silence {
    pub campaign: CampaignState,
    pub account: AccountState,
    /// When the first message was sent.
    pub since: Option<UnixMillis>,
    pub last_inbound_at: Option<UnixMillis>,
    /// A person of the team owns the dialog, or has owned it since.
    pub human_since: Option<UnixMillis>,
    pub closed: bool,
    /// Another campaign has written to the person meanwhile.
    pub other_campaign: bool,
}

/// Pure: looks at a silent person.
pub(super) fn look(silence: &Silence) -> Look {
    match silence.campaign {
        CampaignState::Running | CampaignState::Completed => {}
        CampaignState::Paused => return Look::Later,
        _ => return Look::Ends("campaign_cancelled"),
    }
    let Some(since) = silence.since else {
        return Look::Ends("not_sent");
    };
    if silence.last_inbound_at.is_some_and(|at| at >= since) {
        return Look::Ends("replied");
    }
    if silence.human_since.is_some_and(|at| at >= since) {
        return Look::Ends("taken_over");
    }
    if silence.closed {
        return Look::Ends("closed");
    }
    if silence.other_campaign {
        return Look::Ends("other_campaign");
    }
    match silence.account {
        AccountState::Ready | AccountState::FloodWait | AccountState::Connecting => Look::Writes,
        _ => Look::Later,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENT: UnixMillis = UnixMillis(1_000_000);

    fn silent() -> Silence {
        Silence {
            campaign: CampaignState::Running,
            account: AccountState::Ready,
            since: Some(SENT),
            last_inbound_at: Some(UnixMillis(1)),
            human_since: Some(UnixMillis(1)),
            closed: false,
            other_campaign: false,
        }
    }

    fn with(change: impl FnOnce(&mut Silence)) -> Look {
        let mut silence = silent();
        change(&mut silence);
        look(&silence)
    }

    #[test]
    fn only_who_is_silent_is_reminded() {
        assert_eq!(look(&silent()), Look::Writes);
        assert_eq!(with(|s| s.last_inbound_at = Some(SENT)), Look::Ends("replied"));
        assert_eq!(with(|s| s.human_since = Some(SENT)), Look::Ends("taken_over"));
        assert_eq!(with(|s| s.closed = true), Look::Ends("closed"));
        assert_eq!(with(|s| s.other_campaign = true), Look::Ends("other_campaign"));
        assert_eq!(with(|s| s.since = None), Look::Ends("not_sent"));
    }

    #[test]
    fn a_pause_and_a_limited_account_put_it_off() {
        assert_eq!(with(|s| s.campaign = CampaignState::Paused), Look::Later);
        assert_eq!(with(|s| s.account = AccountState::Restricted), Look::Later);
        assert_eq!(
            with(|s| s.campaign = CampaignState::Cancelled),
            Look::Ends("campaign_cancelled")
        );
    }
}
